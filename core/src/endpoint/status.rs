//! What became of a message (wire.md §2.2, the seed's "查询状态").

use std::borrow::Cow;

use super::{Endpoint, Query};
use crate::error::ErrorKind;
use crate::http::envelope::Answer;

/// The status of a delivery. Kept by WxPusher for 7 days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendStatus {
    /// The server's number. Only 1, waiting to be sent, is known for certain; read [`text`](Self::text) for the others.
    pub code: i64,
    /// The server's text, for example "等待发送".
    pub text: String,
}

impl SendStatus {
    /// Whether the message still waits to be sent.
    pub fn is_waiting(&self) -> bool {
        self.code == 1
    }
}

/// `GET /api/send/query/status`.
pub(crate) struct QueryStatus {
    pub(crate) send_record_id: i64,
}

impl Endpoint for QueryStatus {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/api/send/query/status";
    const IDEMPOTENT: bool = true;
    type Output = SendStatus;

    fn query(&self) -> Query {
        Query::default().with("sendRecordId", self.send_record_id)
    }

    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<SendStatus, ErrorKind> {
        status(answer, secrets)
    }
}

/// `GET /api/send/query/{messageId}`, as of 2022.
pub(crate) struct QueryMessageStatus {
    pub(crate) message_id: i64,
}

impl Endpoint for QueryMessageStatus {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/api/send/query/{messageId}";
    const IDEMPOTENT: bool = true;
    type Output = SendStatus;

    fn path(&self) -> Cow<'static, str> {
        Cow::Owned(format!("/api/send/query/{}", self.message_id))
    }

    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<SendStatus, ErrorKind> {
        status(answer, secrets)
    }
}

fn status(answer: Answer<'_>, secrets: &[&str]) -> Result<SendStatus, ErrorKind> {
    let data = answer.success(secrets)?;
    Ok(SendStatus { code: data.read()?, text: data.msg })
}
