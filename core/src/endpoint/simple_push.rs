//! Simple push, by POST and by GET (protocol §2.5).

use std::borrow::Cow;

use serde::Serialize;

use super::send::outcome;
use super::{Endpoint, encode, json};
use crate::model::error::{ErrorKind, Result};
use crate::model::limits::Limits;
use crate::model::message::SimplePush as Push;
use crate::model::outcome::SendOutcome;
use crate::model::secret::Spt;
use crate::wire::envelope::Envelope;

/// `POST /api/send/message/simple-push`.
pub(crate) struct SimplePush<'a>(pub(crate) &'a Push);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    content: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    content_type: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    spt: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    spt_list: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

impl Endpoint for SimplePush<'_> {
    const METHOD: &'static str = "POST";
    const PATH: &'static str = "/api/send/message/simple-push";
    const IDEMPOTENT: bool = false;
    type Output = SendOutcome;

    fn validate(&self, limits: &Limits) -> Result<()> {
        self.0.validate(limits)
    }

    fn body(&self) -> Option<Vec<u8>> {
        let Push { content, content_type, summary, url, spts } = self.0;
        let (spt, spt_list) = match spts.as_slice() {
            [one] => (Some(one.expose()), Vec::new()),
            many => (None, many.iter().map(Spt::expose).collect()),
        };
        json(&Body {
            content,
            summary: summary.as_deref(),
            content_type: content_type.number(),
            spt,
            spt_list,
            url: url.as_deref(),
        })
    }

    fn secrets(&self) -> Vec<&str> {
        self.0.spts.iter().map(Spt::expose).collect()
    }

    /// A response never contains an SPT, so its rows cannot be matched to recipients.
    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<SendOutcome, ErrorKind> {
        outcome(response, secrets, &[], &[])
    }
}

/// `GET /api/send/message/{spt}/{content}`.
pub(crate) struct SimplePushByGet<'a>(pub(crate) &'a Push);

impl Endpoint for SimplePushByGet<'_> {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/api/send/message/{spt}/{content}";
    const IDEMPOTENT: bool = false;
    type Output = SendOutcome;

    fn validate(&self, limits: &Limits) -> Result<()> {
        self.0.validate(limits)
    }

    fn path(&self) -> Cow<'static, str> {
        let spt = self.0.spts.first().map_or("", Spt::expose);
        Cow::Owned(format!("/api/send/message/{}/{}", encode(spt), encode(&self.0.content)))
    }

    fn secrets(&self) -> Vec<&str> {
        self.0.spts.iter().map(Spt::expose).collect()
    }

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<SendOutcome, ErrorKind> {
        outcome(response, secrets, &[], &[])
    }
}
