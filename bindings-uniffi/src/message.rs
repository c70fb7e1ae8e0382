//! What is sent.

use std::fmt;

use wxpusher::Error;

use crate::error::{Result, WxPusherError};

/// How `content` is to be shown.
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
    /// Everyone who follows.
    Everyone,
    /// Only those whose subscription is paid up.
    Paid,
    /// Only those whose subscription is not.
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

/// A message and its targets: users, topics or both.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Message {
    /// What to say: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
    pub content: String,
    /// The users to reach, at most 2 000.
    #[uniffi(default = [])]
    pub uids: Vec<String>,
    /// The topics to reach, at most 5. A user who is among `uids` and follows a topic gets the message twice.
    #[uniffi(default = [])]
    pub topic_ids: Vec<i64>,
    /// How `content` is to be shown; plain text when left out.
    #[uniffi(default = None)]
    pub content_type: Option<ContentType>,
    /// What the chat list shows, at most 100 characters; the beginning of `content` when left out.
    #[uniffi(default = None)]
    pub summary: Option<String>,
    /// A link to the original, at most 1 000 characters.
    #[uniffi(default = None)]
    pub url: Option<String>,
    /// Which users of a paid product receive it; the server decides when left out (everyone).
    #[uniffi(default = None)]
    pub verify_pay_type: Option<VerifyPayType>,
    /// The yes-or-no form of `verifyPayType`: yes only reaches those who have paid.
    #[uniffi(default = None)]
    pub verify_pay: Option<bool>,
}

impl TryFrom<Message> for wxpusher::Message {
    type Error = WxPusherError;

    fn try_from(message: Message) -> Result<Self> {
        let Message { content, uids, topic_ids, content_type, summary, url, verify_pay_type, verify_pay } = message;
        let verify_pay_type = match (verify_pay_type, verify_pay) {
            (Some(_), Some(_)) => {
                return Err(Error::invalid_argument("verify_pay", "give either verify_pay or verify_pay_type").into());
            }
            (Some(verify_pay_type), None) => Some(verify_pay_type.into()),
            (None, verify_pay) => verify_pay.map(Into::into),
        };
        let content_type = content_type.map(Into::into).unwrap_or_default();
        Ok(Self { content, content_type, summary, uids, topic_ids, url, verify_pay_type })
    }
}

/// A message to people who are known by their simple push tokens only. Its text shows no token.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct SimplePush {
    /// What to say: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
    pub content: String,
    /// Whom to reach: 1 to 10 tokens.
    #[uniffi(default = [])]
    pub spts: Vec<String>,
    /// How `content` is to be shown; plain text when left out.
    #[uniffi(default = None)]
    pub content_type: Option<ContentType>,
    /// What the chat list shows, at most 100 characters; the beginning of `content` when left out.
    #[uniffi(default = None)]
    pub summary: Option<String>,
    /// A link to the original, at most 1 000 characters.
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

/// A number that cannot be negative, from a language that has only signed ones.
pub(crate) fn unsigned(field: &'static str, number: i32) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::invalid_argument(field, format!("{number}, a negative number")).into())
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
