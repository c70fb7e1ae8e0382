//! `POST /api/send/message` (protocol §2.1).

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{Endpoint, json};
use crate::model::error::{ErrorKind, Result};
use crate::model::limits::Limits;
use crate::model::message::Message;
use crate::model::outcome::{SendOutcome, TargetResult};
use crate::model::secret::AppToken;
use crate::wire::envelope::Envelope;

pub(crate) struct Send<'a> {
    pub(crate) token: &'a AppToken,
    pub(crate) message: &'a Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    app_token: &'a str,
    content: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    content_type: i32,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    topic_ids: &'a [i64],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    uids: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verify_pay_type: Option<i32>,
}

impl Endpoint for Send<'_> {
    const METHOD: &'static str = "POST";
    const PATH: &'static str = "/api/send/message";
    const IDEMPOTENT: bool = false;
    const RATE_LIMITED: bool = true;
    type Output = SendOutcome;

    fn validate(&self, limits: &Limits) -> Result<()> {
        self.message.validate(limits)
    }

    fn body(&self) -> Option<Vec<u8>> {
        let Message { content, content_type, summary, uids, topic_ids, url, verify_pay_type } = self.message;
        json(&Body {
            app_token: self.token.expose(),
            content,
            summary: summary.as_deref(),
            content_type: content_type.number(),
            topic_ids,
            uids,
            url: url.as_deref(),
            verify_pay_type: verify_pay_type.map(|kind| kind.number()),
        })
    }

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<SendOutcome, ErrorKind> {
        outcome(response, secrets, &self.message.uids, &self.message.topic_ids)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(default)]
    uid: Option<String>,
    #[serde(default)]
    topic_id: Option<i64>,
    #[serde(default)]
    message_id: Option<i64>,
    #[serde(default)]
    message_content_id: Option<i64>,
    #[serde(default)]
    send_record_id: Option<i64>,
    #[serde(default)]
    code: Option<i64>,
    #[serde(default)]
    status: Option<String>,
}

impl From<Row> for TargetResult {
    fn from(row: Row) -> Self {
        let Row { uid, topic_id, message_id, message_content_id: _, send_record_id, code, status } = row;
        TargetResult {
            uid,
            topic_id,
            message_id,
            send_record_id,
            code: code.unwrap_or(TargetResult::NO_ANSWER),
            status: status.unwrap_or_default(),
        }
    }
}

/// Reads the rows of a send, and matches them to the recipients of the request by uid and topicId.
///
/// The server keeps UIDs in a set, so the order of the rows has no meaning.
pub(super) fn outcome(
    response: Envelope<'_>,
    secrets: &[&str],
    uids: &[String],
    topic_ids: &[i64],
) -> Result<SendOutcome, ErrorKind> {
    let rows: Vec<Row> = response.success(secrets)?.read()?;
    let message_content_id = rows.iter().find_map(|row| row.message_content_id);

    let mut rows: Vec<Option<TargetResult>> = rows.into_iter().map(|row| Some(row.into())).collect();
    let mut by_uid: HashMap<String, usize> = HashMap::with_capacity(uids.len());
    let mut by_topic: HashMap<i64, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate().rev() {
        match row {
            Some(TargetResult { uid: Some(uid), .. }) => by_uid.insert(uid.clone(), at),
            Some(TargetResult { topic_id: Some(topic_id), .. }) => by_topic.insert(*topic_id, at),
            _ => None,
        };
    }
    let mut take = |at: Option<&usize>| at.and_then(|at| rows[*at].take());

    let mut targets = Vec::with_capacity(uids.len() + topic_ids.len());
    let mut seen = HashSet::new();
    for uid in uids.iter().filter(|uid| seen.insert(uid.as_str())) {
        targets.push(take(by_uid.get(uid)).unwrap_or_else(|| TargetResult::unanswered(Some(uid.clone()), None)));
    }
    let mut seen = HashSet::new();
    for topic_id in topic_ids.iter().copied().filter(|topic_id| seen.insert(*topic_id)) {
        targets.push(take(by_topic.get(&topic_id)).unwrap_or_else(|| TargetResult::unanswered(None, Some(topic_id))));
    }
    targets.extend(rows.into_iter().flatten());

    let outcome = SendOutcome { message_content_id, targets };
    if outcome.any_ok() { Ok(outcome) } else { Err(ErrorKind::Rejected { outcome }) }
}
