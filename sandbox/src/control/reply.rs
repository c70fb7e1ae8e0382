//! How wishes are read and answered: plain JSON, with an HTTP status that means what it says.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::Error;

pub(super) type Answer = Result<Pretty, Error>;

/// JSON laid out for reading in a terminal.
pub(super) struct Pretty(String);

pub(super) fn answer(body: impl Serialize) -> Answer {
    match serde_json::to_string_pretty(&body) {
        Ok(text) => Ok(Pretty(text + "\n")),
        Err(error) => Err(Error::invalid("answer", error.to_string())),
    }
}

impl IntoResponse for Pretty {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Unknown { .. } => StatusCode::NOT_FOUND,
            Self::Invalid { .. } => StatusCode::BAD_REQUEST,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Stopped => StatusCode::SERVICE_UNAVAILABLE,
        };
        let body = format!("{}\n", json!({"error": self.to_string()}));
        (status, [(CONTENT_TYPE, "application/json")], body).into_response()
    }
}

/// A JSON body, whatever its content type says: `curl -d` should just work.
pub(super) struct Wish<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Wish<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let body =
            Bytes::from_request(request, state).await.map_err(|error| Error::invalid("body", error.to_string()))?;
        // Serde would read a list as the fields in order, and an empty one as nothing at all.
        if body.trim_ascii_start().first() != Some(&b'{') {
            return Err(Error::invalid("body", "must be a JSON object"));
        }
        serde_json::from_slice(&body).map(Self).map_err(|error| Error::invalid("body", error.to_string()))
    }
}
