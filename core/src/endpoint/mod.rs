//! The endpoints of WxPusher (protocol §2), one small file per family: what each is, and nothing else.

use std::borrow::Cow;
use std::fmt::{Display, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::model::error::{ErrorKind, Result};
use crate::model::limits::Limits;
use crate::wire::envelope::Envelope;

pub(crate) mod delete_message;
pub(crate) mod pay_end_time;
pub(crate) mod qrcode;
pub(crate) mod send;
pub(crate) mod send_by_get;
pub(crate) mod simple_push;
pub(crate) mod status;
pub(crate) mod users;

pub(crate) trait Endpoint {
    const METHOD: &'static str;
    /// The path with its placeholders, as in the documentation; used in logs.
    const PATH: &'static str;
    /// Whether carrying the request out twice has the same effect as carrying it out once.
    const IDEMPOTENT: bool;
    /// Whether the request counts towards WxPusher's rate limit of sends.
    const RATE_LIMITED: bool = false;
    type Output;

    fn validate(&self, _: &Limits) -> Result<()> {
        Ok(())
    }

    fn path(&self) -> Cow<'static, str> {
        Cow::Borrowed(Self::PATH)
    }

    fn query(&self) -> Query {
        Query::default()
    }

    fn body(&self) -> Option<Vec<u8>> {
        None
    }

    /// The secrets of this request, besides the client's own token.
    fn secrets(&self) -> Vec<&str> {
        Vec::new()
    }

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<Self::Output, ErrorKind>;
}

/// Everything but RFC 3986's unreserved characters is encoded, so that a value has only one reading.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(crate) fn encode(text: &str) -> impl Display + '_ {
    utf8_percent_encode(text, RESERVED)
}

/// A query string under construction.
#[derive(Default)]
pub(crate) struct Query(String);

impl Query {
    pub(crate) fn with(mut self, name: &str, value: impl Display) -> Self {
        let separator = if self.0.is_empty() { '?' } else { '&' };
        let value = value.to_string();
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{separator}{name}={}", encode(&value));
        self
    }

    pub(crate) fn with_some(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes a request body as JSON. Bodies are plain structs of strings and numbers, which can always be written.
pub(crate) fn json(body: &impl serde::Serialize) -> Option<Vec<u8>> {
    Some(serde_json::to_vec(body).expect("a struct of strings and numbers is writable as JSON"))
}
