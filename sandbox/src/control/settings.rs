//! Clock, rate limit and faults.

use std::time::Duration;

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::json::{JsonObject, JsonResult, pretty};
use crate::{Fault, shared};

pub(super) async fn clock(State(shared): State<shared::State>) -> JsonResult {
    pretty(json!({"now": shared.world().now()}))
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Advance {
    days: u32,
    seconds: u64,
    ms: u64,
}

pub(super) async fn advance(
    State(shared): State<shared::State>,
    JsonObject(request): JsonObject<Advance>,
) -> JsonResult {
    let by = Duration::from_secs(u64::from(request.days) * 24 * 60 * 60)
        .saturating_add(Duration::from_secs(request.seconds))
        .saturating_add(Duration::from_millis(request.ms));
    let now = {
        let mut world = shared.world();
        world.advance(by);
        world.now()
    };
    shared.world_changed();
    pretty(json!({"now": now}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateLimit {
    enabled: bool,
}

pub(super) async fn rate_limit(State(shared): State<shared::State>) -> JsonResult {
    pretty(json!({"enabled": shared.world().rate_limit()}))
}

pub(super) async fn set_rate_limit(
    State(shared): State<shared::State>,
    JsonObject(request): JsonObject<RateLimit>,
) -> JsonResult {
    shared.world().set_rate_limit(request.enabled);
    shared.world_changed();
    pretty(json!({"enabled": request.enabled}))
}

pub(super) async fn faults(State(shared): State<shared::State>) -> JsonResult {
    pretty(shared.faults().waiting())
}

pub(super) async fn inject_fault(
    State(shared): State<shared::State>,
    JsonObject(fault): JsonObject<Fault>,
) -> JsonResult {
    let waiting = {
        let mut faults = shared.faults();
        faults.inject(fault)?;
        faults.waiting()
    };
    shared.world_changed();
    pretty(waiting)
}

pub(super) async fn clear_faults(State(shared): State<shared::State>) -> JsonResult {
    shared.faults().clear();
    shared.world_changed();
    pretty(Value::Array(Vec::new()))
}
