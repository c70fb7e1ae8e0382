//! Reads requests to `/sandbox/…` and writes the responses: plain JSON, with a meaningful status.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use hyper::http::request::Parts;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::Error;

pub(super) type JsonResult = Result<Pretty, Error>;

/// JSON laid out for reading in a terminal.
pub(super) struct Pretty(String);

pub(super) fn pretty(body: impl Serialize) -> JsonResult {
    match serde_json::to_string_pretty(&body) {
        Ok(text) => Ok(Pretty(text + "\n")),
        Err(error) => Err(Error::invalid("response", error.to_string())),
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
        failure(status, &self.to_string())
    }
}

pub(super) fn failure(status: StatusCode, text: &str) -> Response {
    let body = format!("{}\n", json!({"error": text}));
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}

/// A JSON object as body, with any content type, so that `curl -d` works without a header.
pub(super) struct JsonObject<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonObject<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let body =
            Bytes::from_request(request, state).await.map_err(|error| Error::invalid("body", error.to_string()))?;
        // Serde would also read a list, as the fields in order.
        if body.trim_ascii_start().first() != Some(&b'{') {
            return Err(Error::invalid("body", "must be a JSON object"));
        }
        serde_json::from_slice(&body).map(Self).map_err(|error| Error::invalid("body", error.to_string()))
    }
}

/// The parameters of a query.
pub(super) struct Parameters<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Query::try_from_uri(&parts.uri)
            .map(|Query(parameters)| Self(parameters))
            .map_err(|error| Error::invalid("query", error.body_text()))
    }
}
