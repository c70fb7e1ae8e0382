//! Messages to users and topics, and simple pushes (protocol §2.1, §2.5).

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::Hash;

use super::error::{Error, Result};
use super::limits::{Limits, check_chars, check_ids, check_size};
use super::secret::Spt;

/// The format of `content`.
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
    /// Returns the number in the protocol.
    pub fn number(self) -> i32 {
        match self {
            ContentType::Text => 1,
            ContentType::Html => 2,
            ContentType::Markdown => 3,
        }
    }

    /// Returns the type with this number in the protocol.
    pub fn from_number(number: i32) -> Option<Self> {
        match number {
            1 => Some(ContentType::Text),
            2 => Some(ContentType::Html),
            3 => Some(ContentType::Markdown),
            _ => None,
        }
    }
}

/// Which users of a paid product receive a message (protocol §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VerifyPayType {
    /// 0 · all subscribers.
    Everyone,
    /// 1 · only users whose paid subscription is valid.
    Paid,
    /// 2 · only users without a valid paid subscription.
    Unpaid,
}

impl VerifyPayType {
    /// Returns the number in the protocol.
    pub fn number(self) -> i32 {
        match self {
            VerifyPayType::Everyone => 0,
            VerifyPayType::Paid => 1,
            VerifyPayType::Unpaid => 2,
        }
    }

    /// Returns the type with this number in the protocol.
    pub fn from_number(number: i32) -> Option<Self> {
        match number {
            0 => Some(VerifyPayType::Everyone),
            1 => Some(VerifyPayType::Paid),
            2 => Some(VerifyPayType::Unpaid),
            _ => None,
        }
    }

    /// Returns the type that two optional arguments mean: `verify_pay` of the 2022 document and `verify_pay_type`.
    ///
    /// # Errors
    /// `invalid_argument` if both are given: the server would ignore `verify_pay`.
    pub fn resolve(verify_pay: Option<bool>, verify_pay_type: Option<Self>) -> Result<Option<Self>> {
        match (verify_pay, verify_pay_type) {
            (Some(_), Some(_)) => Err(Error::invalid_argument(
                "verify_pay",
                "must not be combined with verify_pay_type: pass one of the two",
            )),
            (Some(verify_pay), None) => Ok(Some(verify_pay.into())),
            (None, verify_pay_type) => Ok(verify_pay_type),
        }
    }
}

impl From<bool> for VerifyPayType {
    /// Converts `verifyPay` of the 2022 document: `true` is [`Paid`](Self::Paid), `false` is
    /// [`Everyone`](Self::Everyone).
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

/// A message to users and topics (protocol §2.1).
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
    /// The text of the message: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
    pub content: String,
    /// The format of `content`.
    pub content_type: ContentType,
    /// The text shown in the chat list, at most 100 characters. If `None`, WxPusher uses the beginning of `content`.
    pub summary: Option<String>,
    /// The UIDs of the recipients, at most 2 000. Duplicates are dropped before the limit is checked.
    pub uids: Vec<String>,
    /// The ids of the topics to send to, at most 5. Duplicates are dropped before the limit is checked. A user who is in
    /// `uids` and also subscribes to one of the topics receives the message twice.
    pub topic_ids: Vec<i64>,
    /// The URL that the message's page links to, at most 1 000 characters.
    pub url: Option<String>,
    /// Which users of a paid product receive the message. If `None`, the server's default applies (all subscribers).
    pub verify_pay_type: Option<VerifyPayType>,
}

impl Message {
    /// A plain text message.
    pub fn text(content: impl Into<String>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// An HTML message; `content` is the inside of `<body>`.
    pub fn html(content: impl Into<String>) -> Self {
        Self { content_type: ContentType::Html, ..Self::text(content) }
    }

    /// A Markdown message.
    pub fn markdown(content: impl Into<String>) -> Self {
        Self { content_type: ContentType::Markdown, ..Self::text(content) }
    }

    /// Adds a recipient by UID.
    pub fn uid(mut self, uid: impl Into<String>) -> Self {
        self.uids.push(uid.into());
        self
    }

    /// Adds recipients by UID.
    pub fn uids<S: Into<String>>(mut self, uids: impl IntoIterator<Item = S>) -> Self {
        self.uids.extend(uids.into_iter().map(Into::into));
        self
    }

    /// Adds a topic to send to.
    pub fn topic(mut self, topic_id: i64) -> Self {
        self.topic_ids.push(topic_id);
        self
    }

    /// Adds topics to send to.
    pub fn topics(mut self, topic_ids: impl IntoIterator<Item = i64>) -> Self {
        self.topic_ids.extend(topic_ids);
        self
    }

    /// Sets the text shown in the chat list.
    pub fn summary(mut self, summary: impl Into<String>) -> Self {
        self.summary = Some(summary.into());
        self
    }

    /// Sets the URL that the message's page links to.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets which users of a paid product receive the message.
    pub fn verify_pay_type(mut self, verify_pay_type: VerifyPayType) -> Self {
        self.verify_pay_type = Some(verify_pay_type);
        self
    }

    /// Sets `verify_pay_type` by the boolean of the 2022 document: `true` is [`VerifyPayType::Paid`], `false` is
    /// [`VerifyPayType::Everyone`].
    pub fn verify_pay(self, verify_pay: bool) -> Self {
        self.verify_pay_type(verify_pay.into())
    }

    /// Trims UIDs, and drops duplicates among the recipients: the server would count them and send once.
    pub(crate) fn normalized(&self) -> Cow<'_, Message> {
        let is_trimmed = |uid: &String| uid.trim().len() == uid.len();
        let is_normal = self.uids.iter().all(is_trimmed) && is_unique(&self.uids) && is_unique(&self.topic_ids);
        if is_normal {
            return Cow::Borrowed(self);
        }
        let mut message = self.clone();
        for uid in message.uids.iter_mut().filter(|uid| !is_trimmed(uid)) {
            *uid = uid.trim().to_owned();
        }
        drop_duplicates(&mut message.uids);
        drop_duplicates(&mut message.topic_ids);
        Cow::Owned(message)
    }

    /// Checks all fields but the recipients.
    pub(crate) fn validate_text(&self, limits: &Limits) -> Result<()> {
        validate_text(&self.content, self.summary.as_deref(), self.url.as_deref(), limits)
    }

    pub(crate) fn validate(&self, limits: &Limits) -> Result<()> {
        self.validate_text(limits)?;
        if self.uids.is_empty() && self.topic_ids.is_empty() {
            return Err(Error::invalid_argument(
                "uids",
                "no recipient: pass at least one UID or topic id, or set WXPUSHER_UIDS",
            ));
        }
        check_size("uids", self.uids.len(), 0, limits.uids, "UIDs")?;
        check_ids("uids", self.uids.iter().map(String::as_str))?;
        check_size("topic_ids", self.topic_ids.len(), 0, limits.topic_ids, "topic ids")
    }

    /// Checks the restrictions of the GET interface: plain text, one recipient.
    pub(crate) fn validate_for_get(&self, limits: &Limits) -> Result<()> {
        self.validate(limits)?;
        if self.content_type != ContentType::Text {
            return Err(Error::invalid_argument(
                "content_type",
                "must be text: the GET interface sends plain text only",
            ));
        }
        let targets = self.uids.len() + self.topic_ids.len();
        if targets != 1 {
            let field = if self.uids.is_empty() { "topic_ids" } else { "uids" };
            return Err(Error::invalid_argument(
                field,
                format!("must name 1 recipient: the GET interface takes no more (got {targets})"),
            ));
        }
        Ok(())
    }
}

/// A message to people known only by their simple push tokens; it needs no app (protocol §2.5).
///
/// ```
/// use wxpusher::SimplePush;
/// let push = SimplePush::text("备份完成").spt("SPT_test");
/// # assert_eq!(push.spts.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "a push does nothing until it is sent"]
pub struct SimplePush {
    /// The text of the message: 1 to 40 000 characters, at most 65 535 UTF-8 bytes.
    pub content: String,
    /// The format of `content`.
    pub content_type: ContentType,
    /// The text shown in the chat list, at most 100 characters.
    pub summary: Option<String>,
    /// The URL that the message's page links to, at most 1 000 characters.
    pub url: Option<String>,
    /// The simple push tokens of the recipients, at least 1. Duplicates are dropped. More than 10 are sent in several
    /// calls.
    pub spts: Vec<Spt>,
}

impl SimplePush {
    /// A plain text message.
    pub fn text(content: impl Into<String>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// An HTML message; `content` is the inside of `<body>`.
    pub fn html(content: impl Into<String>) -> Self {
        Self { content_type: ContentType::Html, ..Self::text(content) }
    }

    /// A Markdown message.
    pub fn markdown(content: impl Into<String>) -> Self {
        Self { content_type: ContentType::Markdown, ..Self::text(content) }
    }

    /// Adds a recipient by simple push token.
    pub fn spt(mut self, spt: impl Into<Spt>) -> Self {
        self.spts.push(spt.into());
        self
    }

    /// Sets the text shown in the chat list.
    pub fn summary(mut self, summary: impl Into<String>) -> Self {
        self.summary = Some(summary.into());
        self
    }

    /// Sets the URL that the message's page links to.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Drops duplicates among the recipients.
    pub(crate) fn normalized(&self) -> Cow<'_, SimplePush> {
        if is_unique(&self.spts) {
            return Cow::Borrowed(self);
        }
        let mut push = self.clone();
        drop_duplicates(&mut push.spts);
        Cow::Owned(push)
    }

    pub(crate) fn validate(&self, limits: &Limits) -> Result<()> {
        validate_text(&self.content, self.summary.as_deref(), self.url.as_deref(), limits)?;
        if self.spts.is_empty() {
            return Err(Error::invalid_argument("spts", "no recipient: pass at least one SPT, or set WXPUSHER_SPT"));
        }
        check_ids("spts", self.spts.iter().map(Spt::expose))
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

fn is_unique<T: Eq + Hash>(items: &[T]) -> bool {
    if items.len() < 2 {
        return true;
    }
    let mut seen = HashSet::with_capacity(items.len());
    items.iter().all(|item| seen.insert(item))
}

/// Keeps the first occurrence of each item.
fn drop_duplicates<T: Eq + Hash + Clone>(items: &mut Vec<T>) {
    let mut seen = HashSet::with_capacity(items.len());
    items.retain(|item| seen.insert(item.clone()));
}
