//! The state that the routes, the control API and the handle share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::json;

use crate::allowed_hosts::AllowedHosts;
use crate::call_log::CallLog;
use crate::callback::{self, CallbackLog, CallbackReport};
use crate::change_log::ChangeLog;
use crate::faults::Faults;
use crate::world::{CallbackEvent, World};
use crate::{Error, Export};

#[derive(Debug)]
pub(crate) struct Shared {
    world: Mutex<World>,
    faults: Mutex<Faults>,
    callbacks: Mutex<CallbackLog>,
    pub(crate) calls: CallLog,
    pub(crate) changes: ChangeLog,
    pub(crate) hosts: AllowedHosts,
    /// The base URL of this sandbox, without a slash at the end.
    pub(crate) url: String,
}

pub(crate) type State = Arc<Shared>;

impl Shared {
    pub(crate) fn new(world: World, hosts: AllowedHosts, url: String) -> Self {
        Self {
            world: Mutex::new(world),
            faults: Mutex::default(),
            callbacks: Mutex::default(),
            calls: CallLog::default(),
            changes: ChangeLog::default(),
            hosts,
            url,
        }
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn callbacks(&self) -> MutexGuard<'_, CallbackLog> {
        self.callbacks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The URL of a QR code's page, which is also the text of its picture.
    pub(crate) fn scan_url(&self, code: &str) -> String {
        format!("{}/sandbox/qrcodes/{code}", self.url)
    }

    /// Reports that people, apps, QR codes or settings changed.
    pub(crate) fn world_changed(&self) {
        self.changes.add("world", json!({}).to_string());
    }

    /// Posts a callback and records its outcome.
    pub(crate) async fn post_callback(&self, event: CallbackEvent) -> CallbackReport {
        self.world_changed();
        let id = self.callbacks().add(CallbackReport::pending(&event), self.world().now());
        let report = callback::post(event).await;
        self.callbacks().complete(id, report.clone());
        self.changes.add("callback", json!({"id": id}).to_string());
        report
    }

    /// Replaces the world and the messages by exported ones.
    pub(crate) fn import(&self, export: Export) -> Result<(), Error> {
        self.world().import(export)?;
        self.changes.add("reset", json!({"keepWorld": false}).to_string());
        Ok(())
    }

    /// Drops messages, calls, callbacks, QR codes and faults; the world too unless it is kept.
    pub(crate) fn reset(&self, keep_world: bool) -> Result<(), Error> {
        if keep_world {
            self.world().clear_activity();
        } else {
            self.world().reset()?;
        }
        self.calls.clear();
        self.callbacks().clear();
        self.faults().clear();
        self.changes.add("reset", json!({"keepWorld": keep_world}).to_string());
        Ok(())
    }
}
