//! The callbacks that WxPusher POSTs to an app's callback URL (protocol §3).

use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};

/// One callback.
///
/// Callbacks carry no signature: keep the callback URL hard to guess, and confirm important facts by an API call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Callback {
    /// `app_subscribe` · a user subscribed to the app.
    AppSubscribe(AppSubscribe),
    /// `order_pay` · a user paid for a product, or received a refund.
    OrderPay(OrderPay),
    /// `send_up_cmd` · a user sent a command to the app.
    SendUpCmd(SendUpCmd),
    /// An action that this version does not know.
    Unknown(UnknownCallback),
}

/// A user subscribed to the app. An app learns UIDs by this callback.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppSubscribe {
    /// The app's id.
    pub app_id: i64,
    /// Deprecated by WxPusher.
    #[serde(default)]
    pub app_key: Option<String>,
    /// The app's name.
    #[serde(default)]
    pub app_name: Option<String>,
    /// The way in which the user subscribed.
    #[serde(default)]
    pub source: SubscribeSource,
    /// No longer filled by WxPusher: empty.
    #[serde(default)]
    pub user_name: Option<String>,
    /// No longer filled by WxPusher: empty.
    #[serde(default)]
    pub user_head_img: Option<String>,
    /// The time of the subscription, in milliseconds since the epoch.
    pub time: i64,
    /// The user's UID.
    pub uid: String,
    /// The `extra` of the QR code that was scanned; absent or empty otherwise.
    #[serde(default)]
    pub extra: Option<String>,
}

/// The way in which a user subscribed to an app.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SubscribeSource {
    /// `scan` · scanned a QR code.
    Scan,
    /// `link` · opened the subscription link.
    Link,
    /// `command` · sent the message `#{appId}`.
    Command,
    /// `order` · bought a product.
    Order,
    /// A source that this version does not know, as the server wrote it; empty if it wrote none.
    Other(String),
}

impl SubscribeSource {
    /// Returns the word in the protocol.
    pub fn as_str(&self) -> &str {
        match self {
            SubscribeSource::Scan => "scan",
            SubscribeSource::Link => "link",
            SubscribeSource::Command => "command",
            SubscribeSource::Order => "order",
            SubscribeSource::Other(word) => word,
        }
    }
}

impl Default for SubscribeSource {
    fn default() -> Self {
        SubscribeSource::Other(String::new())
    }
}

impl From<&str> for SubscribeSource {
    fn from(word: &str) -> Self {
        match word {
            "scan" => SubscribeSource::Scan,
            "link" => SubscribeSource::Link,
            "command" => SubscribeSource::Command,
            "order" => SubscribeSource::Order,
            other => SubscribeSource::Other(other.to_owned()),
        }
    }
}

impl<'de> Deserialize<'de> for SubscribeSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SourceVisitor;

        impl Visitor<'_> for SourceVisitor {
            type Value = SubscribeSource;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or null")
            }

            fn visit_str<E>(self, word: &str) -> Result<SubscribeSource, E> {
                Ok(word.into())
            }

            fn visit_unit<E>(self) -> Result<SubscribeSource, E> {
                Ok(SubscribeSource::default())
            }
        }

        deserializer.deserialize_any(SourceVisitor)
    }
}

/// A user paid for a product, or received a refund.
///
/// ```
/// use wxpusher::{Callback, OrderType, parse_callback};
///
/// let body = r#"{"action":"order_pay","data":{"addTime":-86400000,"amount":-50,"appId":30630,"prodId":12,
///     "createTime":1664118481675,"tradeNo":"202209252308016755383125546","type":2,"uid":"UID_test"}}"#;
/// let Callback::OrderPay(order) = parse_callback(body.as_bytes())? else { panic!() };
/// assert_eq!((order.order_type, order.amount), (OrderType::Refunded, -50)); // fen
/// # Ok::<(), wxpusher::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderPay {
    /// The time added to the user's paid period, in milliseconds; negative for a refund.
    pub add_time: i64,
    /// The amount in fen (0.01 yuan); negative for a refund.
    pub amount: i64,
    /// The app's id.
    pub app_id: i64,
    /// The time of the order, in milliseconds since the epoch.
    pub create_time: i64,
    /// The product's id.
    pub prod_id: i64,
    /// The trade number, as shown in the user's WeChat bill.
    pub trade_no: String,
    /// Payment or refund.
    #[serde(rename = "type")]
    pub order_type: OrderType,
    /// The user's UID.
    pub uid: String,
}

/// Payment or refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "i64")]
pub enum OrderType {
    /// 1 · payment.
    Paid,
    /// 2 · refund.
    Refunded,
    /// A type that this version does not know.
    Other(i64),
}

impl OrderType {
    /// Returns the number in the protocol.
    pub fn number(self) -> i64 {
        match self {
            OrderType::Paid => 1,
            OrderType::Refunded => 2,
            OrderType::Other(number) => number,
        }
    }
}

impl From<i64> for OrderType {
    fn from(number: i64) -> Self {
        match number {
            1 => OrderType::Paid,
            2 => OrderType::Refunded,
            other => OrderType::Other(other),
        }
    }
}

/// A user sent a command: `#{appId} text`. The message `#{appId}` without a text subscribes to the app instead, and causes
/// [`AppSubscribe`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SendUpCmd {
    /// The user's UID.
    pub uid: String,
    /// The app's id.
    pub app_id: i64,
    /// Deprecated by WxPusher.
    #[serde(default)]
    pub app_key: Option<String>,
    /// The app's name.
    #[serde(default)]
    pub app_name: Option<String>,
    /// No longer filled by WxPusher: empty.
    #[serde(default)]
    pub user_name: Option<String>,
    /// No longer filled by WxPusher: empty.
    #[serde(default)]
    pub user_head_img: Option<String>,
    /// The time of the command, in milliseconds since the epoch.
    pub time: i64,
    /// The text of the command.
    pub content: String,
}

impl SendUpCmd {
    /// Returns the command without a leading `#{appId} `, which some servers keep in `content`.
    ///
    /// ```
    /// use wxpusher::{Callback, parse_callback};
    ///
    /// let body = r##"{"action":"send_up_cmd","data":{"uid":"UID_x","appId":97,"time":1,"content":"#97 重启"}}"##;
    /// let Callback::SendUpCmd(cmd) = parse_callback(body.as_bytes())? else { panic!() };
    /// assert_eq!(cmd.command(), "重启");
    /// # Ok::<(), wxpusher::Error>(())
    /// ```
    pub fn command(&self) -> &str {
        let after_app_id = |rest: &str| {
            let digits = rest.find(|c: char| !c.is_ascii_digit())?;
            let is_this_app = rest[..digits].parse() == Ok(self.app_id) && rest[digits..].starts_with(' ');
            is_this_app.then_some(digits + 1)
        };
        match self.content.strip_prefix('#').and_then(|rest| after_app_id(rest).map(|at| &rest[at..])) {
            Some(command) => command,
            None => &self.content,
        }
    }
}

/// A callback whose action this version does not know.
///
/// ```
/// use wxpusher::{Callback, parse_callback};
///
/// let Callback::Unknown(new) = parse_callback(br#"{"action":"app_unsubscribe","data":{}}"#)? else { panic!() };
/// assert_eq!(new.action, "app_unsubscribe");
/// assert!(new.raw.contains("data"));
/// # Ok::<(), wxpusher::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCallback {
    /// The action, as the server wrote it.
    pub action: String,
    /// The whole body, as the server wrote it.
    pub raw: String,
}
