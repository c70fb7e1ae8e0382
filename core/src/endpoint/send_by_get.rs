//! `GET /api/send/message/` (protocol §2, row 2): plain text to one target, everything in the query.

use super::send::outcome;
use super::{Endpoint, Query};
use crate::model::error::{ErrorKind, Result};
use crate::model::limits::Limits;
use crate::model::message::Message;
use crate::model::outcome::SendOutcome;
use crate::model::secret::AppToken;
use crate::wire::envelope::Envelope;

pub(crate) struct SendByGet<'a> {
    pub(crate) token: &'a AppToken,
    pub(crate) message: &'a Message,
}

impl Endpoint for SendByGet<'_> {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/api/send/message/";
    const IDEMPOTENT: bool = false;
    const RATE_LIMITED: bool = true;
    type Output = SendOutcome;

    fn validate(&self, limits: &Limits) -> Result<()> {
        self.message.validate_for_get(limits)
    }

    fn query(&self) -> Query {
        let Message { content, content_type: _, summary, uids, topic_ids, url, verify_pay_type } = self.message;
        Query::default()
            .with("appToken", self.token.expose())
            .with("content", content)
            .with_some("uid", uids.first())
            .with_some("topicId", topic_ids.first())
            .with_some("summary", summary.as_deref())
            .with_some("url", url.as_deref())
            .with_some("verifyPayType", verify_pay_type.map(|kind| kind.number()))
    }

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<SendOutcome, ErrorKind> {
        outcome(response, secrets, &self.message.uids, &self.message.topic_ids)
    }
}
