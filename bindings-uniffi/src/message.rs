//! Messages to users and topics, and simple pushes.

use std::fmt;

use wxpusher::Error;

use crate::error::{Result, WxPusherError};

/// The format of `content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ContentType {
    /// Plain text.
    Text,
    /// HTML: what goes inside `<body>`.
    Html,
    /// Markdown.
    Markdown,
}

impl From<ContentType> for wxpusher::ContentType {
    fn from(content_type: ContentType) -> Self {
        match content_type {
            ContentType::Text => wxpusher::ContentType::Text,
            ContentType::Html => wxpusher::ContentType::Html,
            ContentType::Markdown => wxpusher::ContentType::Markdown,
        }
    }
}

/// Which users of a paid product receive a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum VerifyPayType {
    /// All subscribers.
    Everyone,
    /// Only users whose paid subscription is valid.
    Paid,
    /// Only users without a valid paid subscription.
    Unpaid,
}

impl From<VerifyPayType> for wxpusher::VerifyPayType {
    fn from(verify_pay_type: VerifyPayType) -> Self {
        match verify_pay_type {
            VerifyPayType::Everyone => wxpusher::VerifyPayType::Everyone,
            VerifyPayType::Paid => wxpusher::VerifyPayType::Paid,
            VerifyPayType::Unpaid => wxpusher::VerifyPayType::Unpaid,
        }
    }
}

/// A message and its recipients: users, topics or both.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Message {
    /// The text: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
    pub content: String,
    /// The UIDs of the recipients, at most 2 000. Duplicates are dropped.
    #[uniffi(default = [])]
    pub uids: Vec<String>,
    /// The topics, at most 5. A user in `uids` who subscribes to one of them receives the message twice.
    #[uniffi(default = [])]
    pub topic_ids: Vec<i64>,
    /// The format of `content`; plain text by default.
    #[uniffi(default = None)]
    pub content_type: Option<ContentType>,
    /// The text in the chat list, at most 100 characters; the beginning of `content` by default.
    #[uniffi(default = None)]
    pub summary: Option<String>,
    /// A link that the message page shows, at most 1 000 characters.
    #[uniffi(default = None)]
    pub url: Option<String>,
    /// Which users of a paid product receive the message; all subscribers by default.
    #[uniffi(default = None)]
    pub verify_pay_type: Option<VerifyPayType>,
    /// The older form of `verifyPayType`: `true` means paid users only. Pass one of the two.
    #[uniffi(default = None)]
    pub verify_pay: Option<bool>,
}

impl TryFrom<Message> for wxpusher::Message {
    type Error = WxPusherError;

    fn try_from(message: Message) -> Result<Self> {
        let Message { content, uids, topic_ids, content_type, summary, url, verify_pay_type, verify_pay } = message;
        let verify_pay_type = wxpusher::VerifyPayType::resolve(verify_pay, verify_pay_type.map(Into::into))?;
        let content_type = content_type.map(Into::into).unwrap_or_default();
        Ok(Self { content, content_type, summary, uids, topic_ids, url, verify_pay_type })
    }
}

/// A message to simple push tokens (SPTs). The text of this value shows no token.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct SimplePush {
    /// The text: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
    pub content: String,
    /// The SPTs of the recipients. More than 10 are sent in several calls.
    #[uniffi(default = [])]
    pub spts: Vec<String>,
    /// The format of `content`; plain text by default.
    #[uniffi(default = None)]
    pub content_type: Option<ContentType>,
    /// The text in the chat list, at most 100 characters; the beginning of `content` by default.
    #[uniffi(default = None)]
    pub summary: Option<String>,
    /// A link that the message page shows, at most 1 000 characters.
    #[uniffi(default = None)]
    pub url: Option<String>,
}

impl From<SimplePush> for wxpusher::SimplePush {
    fn from(push: SimplePush) -> Self {
        let SimplePush { content, spts, content_type, summary, url } = push;
        let content_type = content_type.map(Into::into).unwrap_or_default();
        Self { content, content_type, summary, url, spts: spts.into_iter().map(Into::into).collect() }
    }
}

impl fmt::Display for SimplePush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&wxpusher::SimplePush::from(self.clone()), f)
    }
}

/// Converts a number that must not be negative, from languages without unsigned numbers.
pub(crate) fn unsigned(field: &'static str, number: i32) -> Result<u32> {
    u32::try_from(number)
        .map_err(|_| Error::invalid_argument(field, format!("must not be negative (got {number})")).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_simple_push_shows_no_token() {
        let push = SimplePush {
            content: "x".to_owned(),
            spts: vec!["SPT_testsecret".to_owned()],
            content_type: None,
            summary: None,
            url: None,
        };
        let text = push.to_string();
        assert!(text.contains("SimplePush") && !text.contains("secret"), "{text}");
    }
}
