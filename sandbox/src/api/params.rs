//! Reads requests as the service does: what it cannot read is a 1005 with the Java exception.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use hyper::header::CONTENT_TYPE;
use hyper::http::request::Parts;
use serde::de::DeserializeOwned;

use super::envelope::Reply;
use super::lenient::FromScalar;
use crate::world::Refusal;

/// The query of a request, percent-decoded.
pub(super) struct Params {
    path: String,
    pairs: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let pairs = Query::try_from_uri(&parts.uri).map_or_else(|_| Vec::new(), |Query(pairs)| pairs);
        Ok(Self { path: parts.uri.path().to_owned(), pairs })
    }
}

impl Params {
    /// The first value of this name; an empty one counts as absent.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    pub(super) fn require(&self, name: &str) -> Result<&str, Refusal> {
        self.text(name).ok_or_else(|| {
            Refusal::server_error(
                &self.path,
                "org.springframework.web.bind.MissingServletRequestParameterException",
                &format!("Required request parameter '{name}' is not present"),
            )
        })
    }

    pub(super) fn parsed<T: Parameter>(&self, name: &str) -> Result<Option<T>, Refusal> {
        self.text(name)
            .map(|value| {
                T::from_text(value).ok_or_else(|| {
                    Refusal::server_error(
                        &self.path,
                        "org.springframework.web.method.annotation.MethodArgumentTypeMismatchException",
                        &format!(
                            "Failed to convert value of type 'java.lang.String' to required type '{}'; nested exception is java.lang.IllegalArgumentException: For input string: \"{value}\"",
                            T::JAVA_TYPE
                        ),
                    )
                })
            })
            .transpose()
    }

    pub(super) fn require_parsed<T: Parameter>(&self, name: &str) -> Result<T, Refusal> {
        self.require(name)?;
        self.parsed(name)?.ok_or_else(|| Refusal::business(format!("{name}不能为空")))
    }
}

pub(super) trait Parameter: FromScalar {
    const JAVA_TYPE: &'static str;
}

impl Parameter for i64 {
    const JAVA_TYPE: &'static str = "java.lang.Long";
}

impl Parameter for bool {
    const JAVA_TYPE: &'static str = "java.lang.Boolean";
}

/// The values in a path, percent-decoded.
pub(super) struct PathValues<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for PathValues<T> {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Reply> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(values)) => Ok(Self(values)),
            Err(rejection) => Err(Refusal::server_error(
                parts.uri.path(),
                "java.lang.IllegalArgumentException",
                &rejection.body_text(),
            )
            .into()),
        }
    }
}

/// A JSON body with the content type `application/json`.
pub(super) struct JsonBody<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = Reply;

    async fn from_request(request: Request, state: &S) -> Result<Self, Reply> {
        let path = request.uri().path().to_owned();
        let content_type = request
            .headers()
            .get(CONTENT_TYPE)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(Refusal::server_error(
                &path,
                "org.springframework.web.HttpMediaTypeNotSupportedException",
                &format!("Content type '{content_type}' not supported"),
            )
            .into());
        }
        let unreadable = |detail: String| {
            Reply::from(Refusal::server_error(
                &path,
                "org.springframework.http.converter.HttpMessageNotReadableException",
                &detail,
            ))
        };
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|_| unreadable("I/O error while reading input message".to_owned()))?;
        if body.is_empty() {
            return Err(unreadable("Required request body is missing".to_owned()));
        }
        serde_json::from_slice(&body).map(Self).map_err(|error| {
            unreadable(format!(
                "JSON parse error: Cannot deserialize value; nested exception is com.fasterxml.jackson.databind.exc.MismatchedInputException: {error} at [Source: (PushbackInputStream); line: {}, column: {}]",
                error.line(),
                error.column()
            ))
        })
    }
}
