//! QR codes with a parameter, and the last user who scanned them.

use axum::extract::State;
use serde::Deserialize;
use serde_json::json;

use super::envelope::Reply;
use super::params::{JsonBody, Params};
use super::{lenient, limits};
use crate::shared;
use crate::world::Refusal;

const DEFAULT_VALID_SECONDS: i64 = 30 * 60;

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct CreateRequest {
    #[serde(deserialize_with = "lenient::optional")]
    app_token: Option<String>,
    #[serde(deserialize_with = "lenient::optional")]
    extra: Option<String>,
    #[serde(deserialize_with = "lenient::optional")]
    valid_time: Option<i64>,
}

pub(super) async fn create(
    State(shared): State<shared::State>,
    JsonBody(request): JsonBody<CreateRequest>,
) -> Result<Reply, Reply> {
    let mut world = shared.world();
    let app_id = world.authenticate(&request.app_token.unwrap_or_default())?;
    let extra = request.extra.unwrap_or_default();
    limits::check_extra(&extra)?;
    let valid_seconds = request.valid_time.unwrap_or(DEFAULT_VALID_SECONDS);
    if !(1..=limits::VALID_SECONDS).contains(&valid_seconds) {
        return Err(Refusal::business("validTime不正确，单位是秒，最长30天").into());
    }
    let qrcode = world.create_qrcode(app_id, extra, valid_seconds * 1000);
    Ok(Reply::ok(json!({
        "expires": qrcode.expires,
        "code": qrcode.code,
        "shortUrl": shared.scan_url(&qrcode.code),
        "url": format!("{}/api/qrcode/{}.jpg", shared.url, qrcode.code),
        "extra": qrcode.extra,
    })))
}

pub(super) async fn scan_uid(State(shared): State<shared::State>, params: Params) -> Result<Reply, Reply> {
    let code = params.require("code")?;
    let mut world = shared.world();
    let too_fast = world.scan_polled_too_fast(code);
    let reply = match world.last_scanner(code) {
        Ok(uid) => Reply::ok(uid),
        Err(refusal) => refusal.into(),
    };
    Ok(if too_fast { reply.with_note("polled again within 10 s: WxPusher bans accounts that do this") } else { reply })
}
