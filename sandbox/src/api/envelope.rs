//! The envelope of every response: HTTP 200 and a business code.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use hyper::header::CONTENT_TYPE;
use serde::Serialize;

use crate::world::Refusal;

pub(super) const OK: i32 = 1000;

/// The business code of a response, left in its extensions for the log of calls.
#[derive(Clone, Copy, Debug)]
pub(super) struct BusinessCode(pub(super) i32);

/// A remark for the log of calls about a request that clients should not make.
#[derive(Clone, Copy, Debug)]
pub(super) struct Note(pub(super) &'static str);

pub(super) struct Reply {
    code: i32,
    note: Option<&'static str>,
    body: String,
}

#[derive(Serialize)]
struct Envelope<'a, T> {
    code: i32,
    msg: &'a str,
    data: T,
    success: bool,
}

impl Reply {
    pub(super) fn ok(data: impl Serialize) -> Self {
        Self::ok_saying("处理成功", data)
    }

    /// Success with another `msg`.
    pub(super) fn ok_saying(msg: &str, data: impl Serialize) -> Self {
        Self::new(OK, &Envelope { code: OK, msg, data, success: true })
    }

    pub(super) fn failure(code: i32, msg: &str) -> Self {
        Self::new(code, &Envelope { code, msg, data: (), success: code == OK })
    }

    pub(super) fn with_note(self, note: &'static str) -> Self {
        Self { note: Some(note), ..self }
    }

    fn new(code: i32, body: &impl Serialize) -> Self {
        // Fails only for types that have no JSON form; no response has one.
        Self { code, note: None, body: serde_json::to_string(body).unwrap_or_default() }
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        Self::failure(refusal.code, &refusal.msg)
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = ([(CONTENT_TYPE, "application/json")], Body::from(self.body)).into_response();
        response.extensions_mut().insert(BusinessCode(self.code));
        if let Some(note) = self.note {
            response.extensions_mut().insert(Note(note));
        }
        response
    }
}
