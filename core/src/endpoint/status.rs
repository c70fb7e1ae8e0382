//! Delivery status (protocol §2.2).

use std::borrow::Cow;

use super::{Endpoint, Query};
use crate::model::error::ErrorKind;
use crate::model::status::SendStatus;
use crate::wire::envelope::Envelope;

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

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<SendStatus, ErrorKind> {
        status(response, secrets)
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

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<SendStatus, ErrorKind> {
        status(response, secrets)
    }
}

fn status(response: Envelope<'_>, secrets: &[&str]) -> Result<SendStatus, ErrorKind> {
    let data = response.success(secrets)?;
    Ok(SendStatus { code: data.read_optional()?, text: data.msg })
}
