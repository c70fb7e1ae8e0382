//! A message as its recipient reads it, as an HTML page that can do nothing.
//!
//! HTML messages are shown as they were sent. The page is served with a content security policy that
//! sandboxes it: no scripts, no origin, no forms, and no remote content unless `?remote=true`.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use hyper::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use serde::Deserialize;

use super::inbox::find;
use super::json::Parameters;
use crate::api::as_html;
use crate::{Error, shared};

#[derive(Deserialize)]
pub(super) struct PageParameters {
    #[serde(default)]
    remote: bool,
}

const STYLE: &str = "<style>body{font:16px/1.6 system-ui,sans-serif;margin:16px;overflow-wrap:anywhere;\
background:#fff;color:#1a1a1a}img{max-width:100%}pre{overflow:auto;background:#f4f4f4;padding:8px}\
table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:4px 8px}\
@media(prefers-color-scheme:dark){body.plain{background:#1b1d1f;color:#e6e6e6}\
body.plain pre{background:#2a2d30}body.plain a{color:#7ab7ff}}</style>";

pub(super) async fn page(
    State(shared): State<shared::State>,
    Path((uid, id)): Path<(String, String)>,
    Parameters(parameters): Parameters<PageParameters>,
) -> Result<Response, Error> {
    let message = find(&mut shared.world(), &uid, &id)?;
    let content = message.content.unwrap_or_else(|| "内容已被发送方删除 · deleted by the sender".to_owned());
    let html = as_html(&content, message.content_type);
    // HTML messages bring their own colours and are written for a white page.
    let class = if message.content_type == 2 { "html" } else { "plain" };
    let page = format!(
        "<!doctype html><meta charset=utf-8><meta name=viewport content=\"width=device-width\">{STYLE}\
         <body class={class}>{html}</body>"
    );
    let remote = if parameters.remote { " https: http:" } else { "" };
    let policy = format!(
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:{remote}; media-src data:{remote}; \
         font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (REFERRER_POLICY, "no-referrer".to_owned()),
    ];
    Ok((headers, page).into_response())
}
