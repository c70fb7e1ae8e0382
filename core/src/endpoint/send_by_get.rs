//! `GET /api/send/message/` (wire.md §2, row 2): plain text to one target, everything in the query.

use super::send::outcome;
use super::{Endpoint, Query};
use crate::error::{ErrorKind, Result};
use crate::http::envelope::Answer;
use crate::limits::Limits;
use crate::message::Message;
use crate::outcome::SendOutcome;
use crate::secret::AppToken;

pub(crate) struct SendByGet<'a> {
    pub(crate) token: &'a AppToken,
    pub(crate) message: &'a Message,
}

impl Endpoint for SendByGet<'_> {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/api/send/message/";
    const IDEMPOTENT: bool = false;
    const PACED: bool = true;
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

    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<SendOutcome, ErrorKind> {
        outcome(answer, secrets, &self.message.uids, &self.message.topic_ids)
    }
}
