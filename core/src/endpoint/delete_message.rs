//! `DELETE /api/send/message` (wire.md §2, row 5): takes a message's landing page away.

use super::{Endpoint, Query};
use crate::error::ErrorKind;
use crate::http::envelope::Answer;
use crate::secret::AppToken;

pub(crate) struct DeleteMessage<'a> {
    pub(crate) token: &'a AppToken,
    pub(crate) message_content_id: i64,
}

impl Endpoint for DeleteMessage<'_> {
    const METHOD: &'static str = "DELETE";
    const PATH: &'static str = "/api/send/message";
    const IDEMPOTENT: bool = true;
    type Output = ();

    fn query(&self) -> Query {
        Query::default().with("messageContentId", self.message_content_id).with("appToken", self.token.expose())
    }

    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<(), ErrorKind> {
        answer.success(secrets).map(drop)
    }
}
