//! Messages: what is sent, and how recipients see it.

use serde::{Deserialize, Serialize};

use super::Refusal;

/// The content of a send.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) content: String,
    pub(crate) summary: Option<String>,
    pub(crate) content_type: i64,
    pub(crate) url: Option<String>,
}

/// Which recipients get the message if the target is sold as a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    Everyone,
    PaidUp,
    NotPaidUp,
}

/// The result for one target of a send.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) uid: Option<String>,
    pub(crate) topic_id: Option<i64>,
    pub(crate) task: Result<Task, Refusal>,
}

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) message_id: i64,
    pub(crate) message_content_id: i64,
    pub(crate) send_record_id: i64,
}

#[derive(Debug)]
pub(crate) struct Status {
    pub(crate) number: i64,
    pub(crate) text: &'static str,
}

/// How a message was addressed to its recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Via {
    /// Sent to the recipient's UID.
    Uid,
    /// Sent to the topic with this id, to which the recipient is subscribed.
    Topic(i64),
    /// Sent to one of the recipient's simple push tokens.
    Spt,
}

/// A message in the inbox of a recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InboxMessage {
    /// The content's id, shared by all targets of one send.
    pub message_content_id: i64,
    /// The id of the send task, one per target.
    pub send_record_id: i64,
    /// The app that sent it; none for a simple push.
    pub app_id: Option<i64>,
    /// How it was addressed.
    pub via: Via,
    /// When it was sent, in ms since the epoch.
    pub time: i64,
    /// 1 text, 2 HTML, 3 Markdown.
    pub content_type: i64,
    /// The summary that was sent, or else the first 100 characters of the content.
    pub summary: String,
    /// The content as it was sent; none after the sender deleted it.
    pub content: Option<String>,
    /// The link to the original, if one was given.
    pub url: Option<String>,
}
