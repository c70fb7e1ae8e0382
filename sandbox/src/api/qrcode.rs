//! QR codes with a parameter, and who scanned them.

use axum::extract::State;
use serde::Deserialize;
use serde_json::json;

use super::envelope::Reply;
use super::limits;
use super::params::{JsonBody, Params};
use crate::shared;
use crate::world::Refusal;

const DEFAULT_VALID_SECONDS: i64 = 30 * 60;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreateRequest {
    app_token: Option<String>,
    extra: Option<String>,
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
    // Not a picture, but opened in a browser it says how this code is scanned here.
    let url = format!("{}/sandbox/qrcodes/{}", shared.url, qrcode.code);
    Ok(Reply::ok(json!({
        "expires": qrcode.expires,
        "code": qrcode.code,
        "shortUrl": url,
        "url": url,
        "extra": qrcode.extra,
    })))
}

pub(super) async fn scan_uid(State(shared): State<shared::State>, params: Params) -> Result<Reply, Reply> {
    let code = params.require("code")?;
    Ok(Reply::ok(shared.world().last_scanner(code)?))
}
