//! What users do: scan, subscribe, send commands, open entry links, pay.

use std::time::Duration;

use axum::extract::State;
use serde::Deserialize;
use serde_json::json;

use super::json::{JsonObject, JsonResult, Parameters, pretty};
use crate::actions::Wait;
use crate::world::{Source, Target};
use crate::{Error, shared};

/// `?wait=false` posts the callback in the background.
#[derive(Deserialize)]
pub(super) struct ActionParameters {
    #[serde(default = "always")]
    wait: bool,
}

fn always() -> bool {
    true
}

impl ActionParameters {
    fn wait(&self) -> Wait {
        if self.wait { Wait::ForResponse } else { Wait::No }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scan {
    code: String,
    uid: String,
}

pub(super) async fn scan(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<ActionParameters>,
    JsonObject(request): JsonObject<Scan>,
) -> JsonResult {
    pretty(shared.scan(&request.code, &request.uid, parameters.wait()).await?)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Subscribe {
    uid: String,
    app_id: Option<i64>,
    topic_id: Option<i64>,
    #[serde(default)]
    source: Source,
}

pub(super) async fn subscribe(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<ActionParameters>,
    JsonObject(request): JsonObject<Subscribe>,
) -> JsonResult {
    let target = one_target(request.app_id, request.topic_id)?;
    let report = shared.subscribe(&request.uid, target, request.source, parameters.wait()).await?;
    pretty(json!({"follows": target, "callback": report}))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Unsubscribe {
    uid: String,
    app_id: Option<i64>,
    topic_id: Option<i64>,
}

pub(super) async fn unsubscribe(
    State(shared): State<shared::State>,
    JsonObject(request): JsonObject<Unsubscribe>,
) -> JsonResult {
    let target = one_target(request.app_id, request.topic_id)?;
    shared.world().unsubscribe(&request.uid, target)?;
    shared.world_changed();
    pretty(json!({"unsubscribed": target}))
}

fn one_target(app_id: Option<i64>, topic_id: Option<i64>) -> Result<Target, Error> {
    match (app_id, topic_id) {
        (Some(id), None) => Ok(Target::App(id)),
        (None, Some(id)) => Ok(Target::Topic(id)),
        _ => Err(Error::invalid("appId, topicId", "exactly one of them must be given")),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Command {
    uid: String,
    text: String,
}

pub(super) async fn command(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<ActionParameters>,
    JsonObject(request): JsonObject<Command>,
) -> JsonResult {
    pretty(shared.command(&request.uid, &request.text, parameters.wait()).await?)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct EntryLink {
    uid: String,
    app_id: i64,
}

pub(super) async fn entry_link(
    State(shared): State<shared::State>,
    JsonObject(request): JsonObject<EntryLink>,
) -> JsonResult {
    let url = shared.world().entry_link(&request.uid, request.app_id)?;
    pretty(json!({"url": url}))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Pay {
    uid: String,
    prod_id: i64,
    /// In fen.
    amount: i64,
    days: u32,
}

pub(super) async fn pay(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<ActionParameters>,
    JsonObject(request): JsonObject<Pay>,
) -> JsonResult {
    let add_time = Duration::from_secs(u64::from(request.days) * 24 * 60 * 60);
    pretty(shared.pay(&request.uid, request.prod_id, request.amount, add_time, parameters.wait()).await?)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Refund {
    trade_no: String,
}

pub(super) async fn refund(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<ActionParameters>,
    JsonObject(request): JsonObject<Refund>,
) -> JsonResult {
    pretty(shared.refund(&request.trade_no, parameters.wait()).await?)
}
