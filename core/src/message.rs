//! What is sent: messages to users and topics, and simple pushes.

use crate::error::{Error, Result};
use crate::limits::{Limits, check_chars, check_no_empty, check_size};
use crate::secret::Spt;

/// How `content` is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ContentType {
    /// 1 · plain text.
    #[default]
    Text,
    /// 2 · HTML: what goes inside `<body>`. `<copy data-clipboard-text="…">label</copy>` makes a copy button.
    Html,
    /// 3 · Markdown.
    Markdown,
}

impl ContentType {
    /// The number on the wire.
    pub fn number(self) -> i32 {
        match self {
            ContentType::Text => 1,
            ContentType::Html => 2,
            ContentType::Markdown => 3,
        }
    }

    /// The type with this number on the wire.
    pub fn from_number(number: i32) -> Option<Self> {
        match number {
            1 => Some(ContentType::Text),
            2 => Some(ContentType::Html),
            3 => Some(ContentType::Markdown),
            _ => None,
        }
    }
}

/// Which users of a paid product receive a message (wire.md §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VerifyPayType {
    /// 0 · everyone who follows.
    Everyone,
    /// 1 · only those whose subscription is paid up.
    Paid,
    /// 2 · only those whose subscription is not.
    Unpaid,
}

impl VerifyPayType {
    /// The number on the wire.
    pub fn number(self) -> i32 {
        match self {
            VerifyPayType::Everyone => 0,
            VerifyPayType::Paid => 1,
            VerifyPayType::Unpaid => 2,
        }
    }

    /// The type with this number on the wire.
    pub fn from_number(number: i32) -> Option<Self> {
        match number {
            0 => Some(VerifyPayType::Everyone),
            1 => Some(VerifyPayType::Paid),
            2 => Some(VerifyPayType::Unpaid),
            _ => None,
        }
    }
}

impl From<bool> for VerifyPayType {
    /// The `verifyPay` of the 2022 document: `true` only reaches those who have paid, `false` everyone.
    ///
    /// ```
    /// use wxpusher::{Message, VerifyPayType};
    /// let message = Message::text("仅付费用户").topic(123).verify_pay(true);
    /// assert_eq!(message.verify_pay_type, Some(VerifyPayType::Paid));
    /// ```
    fn from(verify_pay: bool) -> Self {
        if verify_pay { VerifyPayType::Paid } else { VerifyPayType::Everyone }
    }
}

/// A message to users and topics (wire.md §2.1, the seed's "发送消息").
///
/// ```
/// use wxpusher::Message;
///
/// let message = Message::markdown("# 磁盘已满\n`/dev/sda1` 100 %")
///     .summary("磁盘已满")
///     .uid("UID_test")
///     .topic(123)
///     .url("https://example.com/alarm/7");
/// # assert_eq!(message.topic_ids, [123]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "a message does nothing until it is sent"]
pub struct Message {
    /// What to say: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
    pub content: String,
    /// How `content` is to be shown.
    pub content_type: ContentType,
    /// What the chat list shows, at most 100 characters; without it WxPusher takes the beginning of `content`.
    pub summary: Option<String>,
    /// The users to reach, at most 2 000.
    pub uids: Vec<String>,
    /// The topics to reach, at most 5. A user who is among `uids` and follows a topic gets the message twice.
    pub topic_ids: Vec<i64>,
    /// A link to the original, at most 1 000 characters.
    pub url: Option<String>,
    /// Which users of a paid product receive it; without it the server decides (everyone).
    pub verify_pay_type: Option<VerifyPayType>,
}

impl Message {
    /// A plain text.
    pub fn text(content: impl Into<String>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// HTML: what goes inside `<body>`.
    pub fn html(content: impl Into<String>) -> Self {
        Self { content_type: ContentType::Html, ..Self::text(content) }
    }

    /// Markdown.
    pub fn markdown(content: impl Into<String>) -> Self {
        Self { content_type: ContentType::Markdown, ..Self::text(content) }
    }

    /// Adds a user to reach.
    pub fn uid(mut self, uid: impl Into<String>) -> Self {
        self.uids.push(uid.into());
        self
    }

    /// Adds users to reach.
    pub fn uids<S: Into<String>>(mut self, uids: impl IntoIterator<Item = S>) -> Self {
        self.uids.extend(uids.into_iter().map(Into::into));
        self
    }

    /// Adds a topic to reach.
    pub fn topic(mut self, topic_id: i64) -> Self {
        self.topic_ids.push(topic_id);
        self
    }

    /// Adds topics to reach.
    pub fn topics(mut self, topic_ids: impl IntoIterator<Item = i64>) -> Self {
        self.topic_ids.extend(topic_ids);
        self
    }

    /// Sets what the chat list shows.
    pub fn summary(mut self, summary: impl Into<String>) -> Self {
        self.summary = Some(summary.into());
        self
    }

    /// Sets the link to the original.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets which users of a paid product receive it.
    pub fn verify_pay_type(mut self, verify_pay_type: VerifyPayType) -> Self {
        self.verify_pay_type = Some(verify_pay_type);
        self
    }

    /// The yes-or-no form of 2022: `true` is [`VerifyPayType::Paid`], `false` [`VerifyPayType::Everyone`].
    pub fn verify_pay(self, verify_pay: bool) -> Self {
        self.verify_pay_type(verify_pay.into())
    }

    /// Everything but the targets.
    pub(crate) fn validate_text(&self, limits: &Limits) -> Result<()> {
        validate_text(&self.content, self.summary.as_deref(), self.url.as_deref(), limits)
    }

    pub(crate) fn validate(&self, limits: &Limits) -> Result<()> {
        self.validate_text(limits)?;
        if self.uids.is_empty() && self.topic_ids.is_empty() {
            return Err(Error::invalid_argument("uids", "no target: give at least one uid or topic id"));
        }
        check_size("uids", self.uids.len(), 0, limits.uids, "uids")?;
        check_no_empty("uids", self.uids.iter().map(String::as_str))?;
        check_size("topic_ids", self.topic_ids.len(), 0, limits.topic_ids, "topics")
    }

    /// The GET interface takes text and one target only.
    pub(crate) fn validate_for_get(&self, limits: &Limits) -> Result<()> {
        self.validate(limits)?;
        if self.content_type != ContentType::Text {
            return Err(Error::invalid_argument("content_type", "the GET interface sends plain text only"));
        }
        let targets = self.uids.len() + self.topic_ids.len();
        if targets != 1 {
            let field = if self.uids.is_empty() { "topic_ids" } else { "uids" };
            return Err(Error::invalid_argument(field, format!("{targets} targets, the GET interface takes 1")));
        }
        Ok(())
    }
}

/// A message to people known only by their simple push tokens; it needs no app (wire.md §2.5).
///
/// ```
/// use wxpusher::SimplePush;
/// let push = SimplePush::text("备份完成").spt("SPT_test");
/// # assert_eq!(push.spts.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "a push does nothing until it is sent"]
pub struct SimplePush {
    /// What to say: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
    pub content: String,
    /// How `content` is to be shown.
    pub content_type: ContentType,
    /// What the chat list shows, at most 100 characters.
    pub summary: Option<String>,
    /// A link to the original, at most 1 000 characters.
    pub url: Option<String>,
    /// Whom to reach: 1 to 10 tokens.
    pub spts: Vec<Spt>,
}

impl SimplePush {
    /// A plain text.
    pub fn text(content: impl Into<String>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// HTML: what goes inside `<body>`.
    pub fn html(content: impl Into<String>) -> Self {
        Self { content_type: ContentType::Html, ..Self::text(content) }
    }

    /// Markdown.
    pub fn markdown(content: impl Into<String>) -> Self {
        Self { content_type: ContentType::Markdown, ..Self::text(content) }
    }

    /// Adds somebody to reach.
    pub fn spt(mut self, spt: impl Into<Spt>) -> Self {
        self.spts.push(spt.into());
        self
    }

    /// Sets what the chat list shows.
    pub fn summary(mut self, summary: impl Into<String>) -> Self {
        self.summary = Some(summary.into());
        self
    }

    /// Sets the link to the original.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    pub(crate) fn validate(&self, limits: &Limits) -> Result<()> {
        validate_text(&self.content, self.summary.as_deref(), self.url.as_deref(), limits)?;
        check_size("spts", self.spts.len(), 1, limits.spts, "SPTs")?;
        check_no_empty("spts", self.spts.iter().map(Spt::expose))
    }
}

fn validate_text(content: &str, summary: Option<&str>, url: Option<&str>, limits: &Limits) -> Result<()> {
    check_chars("content", content, 1, limits.content_chars)?;
    check_size("content", content.len(), 1, limits.content_bytes, "UTF-8 bytes")?;
    if let Some(summary) = summary {
        check_chars("summary", summary, 0, limits.summary_chars)?;
    }
    if let Some(url) = url {
        check_chars("url", url, 0, limits.url_chars)?;
    }
    Ok(())
}
