//! `DELETE /api/send/message` (protocol §2, row 5): deletes the page of a message.

use super::{Endpoint, Query};
use crate::model::error::ErrorKind;
use crate::model::secret::AppToken;
use crate::wire::envelope::Envelope;

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

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<(), ErrorKind> {
        response.success(secrets).map(drop)
    }
}
