//! What is sent.

use wxpusher::{Error, Message};

use crate::error::Result;

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

/// A message without targets, from the arguments that the sending verbs share.
pub(crate) fn message(
    content: String,
    content_type: Option<ContentType>,
    summary: Option<String>,
    url: Option<String>,
    verify_pay_type: Option<VerifyPayType>,
    verify_pay: Option<bool>,
) -> Result<Message> {
    let verify_pay_type = match (verify_pay_type, verify_pay) {
        (Some(_), Some(_)) => {
            return Err(Error::invalid_argument("verify_pay", "give either verify_pay or verify_pay_type").into());
        }
        (Some(verify_pay_type), None) => Some(verify_pay_type.into()),
        (None, verify_pay) => verify_pay.map(Into::into),
    };
    Ok(Message {
        content,
        content_type: content_type.map(Into::into).unwrap_or_default(),
        summary,
        uids: Vec::new(),
        topic_ids: Vec::new(),
        url,
        verify_pay_type,
    })
}

/// A number that cannot be negative, from a language that has only signed ones.
pub(crate) fn unsigned(field: &'static str, number: i32) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::invalid_argument(field, format!("{number}, a negative number")).into())
}
