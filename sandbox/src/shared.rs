//! What the routes, the control and the handle have in common.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::callback::{self, CallbackLog, CallbackReport};
use crate::calls::CallLog;
use crate::faults::Faults;
use crate::world::{Event, World};

#[derive(Debug)]
pub(crate) struct Shared {
    world: Mutex<World>,
    faults: Mutex<Faults>,
    callbacks: Mutex<CallbackLog>,
    pub(crate) calls: CallLog,
    /// The address people reach this sandbox by, without a trailing slash.
    pub(crate) url: String,
}

pub(crate) type State = Arc<Shared>;

impl Shared {
    pub(crate) fn new(world: World, url: String) -> Self {
        Self {
            world: Mutex::new(world),
            faults: Mutex::default(),
            callbacks: Mutex::default(),
            calls: CallLog::default(),
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

    /// The URL of a QR code's page, which is also what its picture holds.
    pub(crate) fn scan_url(&self, code: &str) -> String {
        format!("{}/sandbox/qrcodes/{code}", self.url)
    }

    /// Posts a callback, and remembers what came of it.
    pub(crate) async fn tell(&self, event: Event) -> CallbackReport {
        let report = callback::deliver(event).await;
        self.callbacks().add(report.clone());
        report
    }
}
