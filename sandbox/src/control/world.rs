//! The world: seed, export, import, reset, people, QR codes, callback URLs.

use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::json;

use super::json::{JsonObject, JsonResult, Parameters, pretty};
use crate::world::Export;
use crate::{Seed, shared};

#[derive(Deserialize)]
pub(super) struct WorldParameters {
    users: Option<bool>,
}

/// With `?users=false` without the users, of whom there may be very many.
pub(super) async fn world(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<WorldParameters>,
) -> JsonResult {
    let with_users = parameters.users.unwrap_or(true);
    let snapshot = if with_users { shared.world().snapshot() } else { shared.world().snapshot_without_users() };
    pretty(snapshot)
}

pub(super) async fn seed(State(shared): State<shared::State>, JsonObject(seed): JsonObject<Seed>) -> JsonResult {
    let snapshot = {
        let mut world = shared.world();
        world.seed(seed)?;
        world.snapshot()
    };
    shared.world_changed();
    pretty(snapshot)
}

pub(super) async fn export(State(shared): State<shared::State>) -> JsonResult {
    let export = shared.world().export();
    pretty(export)
}

pub(super) async fn import(State(shared): State<shared::State>, JsonObject(export): JsonObject<Export>) -> JsonResult {
    let messages = export.messages.len();
    shared.import(export)?;
    pretty(json!({"messages": messages}))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Reset {
    #[serde(default)]
    keep_world: bool,
}

pub(super) async fn reset(State(shared): State<shared::State>, body: axum::body::Bytes) -> JsonResult {
    let reset = if body.trim_ascii().is_empty() {
        Reset { keep_world: false }
    } else {
        serde_json::from_slice(&body).map_err(|error| crate::Error::invalid("body", error.to_string()))?
    };
    shared.reset(reset.keep_world)?;
    pretty(json!({"keepWorld": reset.keep_world}))
}

#[derive(Deserialize)]
pub(super) struct PeopleParameters {
    contains: Option<String>,
    limit: Option<usize>,
}

pub(super) async fn people(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<PeopleParameters>,
) -> JsonResult {
    let people = shared.world().people(parameters.contains.as_deref(), parameters.limit.unwrap_or(usize::MAX));
    pretty(people)
}

pub(super) async fn remove_person(State(shared): State<shared::State>, Path(uid): Path<String>) -> JsonResult {
    shared.world().remove_person(&uid)?;
    shared.world_changed();
    pretty(json!({"removed": uid}))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CallbackUrl {
    app_id: i64,
    url: Option<String>,
}

pub(super) async fn callback_url(
    State(shared): State<shared::State>,
    JsonObject(request): JsonObject<CallbackUrl>,
) -> JsonResult {
    shared.world().set_callback_url(request.app_id, request.url.clone())?;
    shared.world_changed();
    pretty(json!({"appId": request.app_id, "url": request.url}))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CallbackTest {
    app_id: i64,
}

pub(super) async fn callback_test(
    State(shared): State<shared::State>,
    JsonObject(request): JsonObject<CallbackTest>,
) -> JsonResult {
    pretty(shared.test_callback(request.app_id).await?)
}

#[derive(Deserialize)]
pub(super) struct QrcodesParameters {
    limit: Option<usize>,
}

/// With `limit` the newest ones.
pub(super) async fn qrcodes(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<QrcodesParameters>,
) -> JsonResult {
    let codes = shared.world().qrcodes(parameters.limit.unwrap_or(usize::MAX));
    pretty(codes)
}

pub(super) async fn qrcode(State(shared): State<shared::State>, Path(code): Path<String>) -> JsonResult {
    let qrcode = shared.world().qrcode(&code)?;
    let how = format!("curl {}/sandbox/scan -d '{{\"code\": \"{code}\", \"uid\": \"UID_testbob\"}}'", shared.url);
    pretty(json!({"qrcode": qrcode, "scanItLikeThis": how}))
}

pub(super) async fn orders(State(shared): State<shared::State>) -> JsonResult {
    let orders = shared.world().orders();
    pretty(orders)
}
