//! The envelope of every response: `{"code", "msg", "data", "success"}` (protocol §1).

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::json;
use crate::model::error::ErrorKind;
use crate::model::secret::{ServerText, printable, redact};

/// The code of success. `success` is optional and never used for a decision.
const SUCCESS: i64 = 1000;

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(default)]
    code: Option<i64>,
    #[serde(borrow, default)]
    msg: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

/// A response whose `data` has not been read yet.
pub(crate) struct Envelope<'a> {
    text: &'a str,
    pub(crate) code: Option<i64>,
    pub(crate) msg: String,
    data: Option<&'a RawValue>,
}

/// Returns the text of a response's body.
pub(crate) fn text_of(body: &[u8]) -> Result<Cow<'_, str>, ErrorKind> {
    json::object_text(body).map_err(invalid)
}

impl<'a> Envelope<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, ErrorKind> {
        let Wire { code, msg, data } = json::read(text, "").map_err(invalid)?;
        // A `data` that is missing and one that is null mean the same.
        let data = data.filter(|data| data.get() != "null");
        Ok(Self { text, code, msg: msg.unwrap_or_default().into_owned(), data })
    }

    /// Returns `data` if the code is 1000; otherwise the error with the server's text.
    pub(crate) fn success(self, secrets: &[&str]) -> Result<Data<'a>, ErrorKind> {
        match self.code {
            Some(SUCCESS) => Ok(Data { data: self.data, msg: self.msg }),
            Some(code) => Err(ErrorKind::Api { code, msg: ServerText::new(self.msg, secrets) }),
            None => Err(invalid("`code` is missing".to_owned())),
        }
    }

    /// Reads the whole body as `T`, for the one endpoint that is documented without an envelope.
    pub(crate) fn bare<T: Deserialize<'a>>(&self) -> Result<T, ErrorKind> {
        json::read(self.text, "").map_err(invalid)
    }
}

/// The payload of a successful response.
pub(crate) struct Data<'a> {
    data: Option<&'a RawValue>,
    pub(crate) msg: String,
}

impl<'a> Data<'a> {
    pub(crate) fn read<T: Deserialize<'a>>(&self) -> Result<T, ErrorKind> {
        match self.data {
            Some(data) => json::read(data.get(), "data").map_err(invalid),
            None => Err(invalid("`data` is missing or null".to_owned())),
        }
    }

    /// Returns `None` if `data` is null or missing.
    pub(crate) fn read_optional<T: Deserialize<'a>>(&self) -> Result<Option<T>, ErrorKind> {
        self.data.map(|data| json::read(data.get(), "data").map_err(invalid)).transpose()
    }
}

fn invalid(reason: String) -> ErrorKind {
    ErrorKind::InvalidResponse { reason }
}

/// Reads what the server says about an error status: an envelope's code and msg, or the start of the body.
pub(crate) fn read_failure(body: &[u8], secrets: &[&str]) -> (Option<i64>, ServerText) {
    const MAX_CHARS: usize = 500;
    let envelope = json::object_text(body).ok();
    let envelope = envelope.as_deref().and_then(|text| Envelope::parse(text).ok());
    match envelope {
        Some(Envelope { code, msg, .. }) if code.is_some() || !msg.is_empty() => (code, ServerText::new(msg, secrets)),
        _ => {
            // Masked and escaped permanently: the raw bytes of an HTML page have no use.
            let text = String::from_utf8_lossy(body);
            let start: String = text.trim().chars().take(MAX_CHARS).collect();
            (None, ServerText::new(printable(&redact(&start, secrets)).into_owned(), &[]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_carries_the_code_and_the_text() {
        let (code, msg) = read_failure(r#"{"code":1001,"msg":"请求太频繁"}"#.as_bytes(), &[]);
        assert_eq!((code, msg.raw()), (Some(1001), "请求太频繁"));
    }

    #[test]
    fn a_failure_without_json_carries_the_start_of_the_body() {
        let body = format!(" <html>\u{1b}AT_test1 secret {}", "x".repeat(600));
        let (code, msg) = read_failure(body.as_bytes(), &["secret"]);
        assert_eq!(code, None);
        assert!(msg.raw().starts_with(r"<html>\x1bAT_*** *** xxx"), "{msg}");
        assert!(msg.raw().chars().count() <= 510);
        assert!(read_failure(b"", &[]).1.is_empty());
    }
}
