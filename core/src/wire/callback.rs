//! What WxPusher POSTs to an app's callback URL (wire.md §3, the seed's "回调说明").

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::error::{Error, ErrorKind, Result, Sent};

/// One callback.
///
/// Callbacks carry no signature: keep the callback URL hard to guess, and read facts that matter back by API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Callback {
    /// `app_subscribe` · somebody followed the app.
    AppSubscribe(AppSubscribe),
    /// `order_pay` · somebody paid for a product, or was paid back.
    OrderPay(OrderPay),
    /// `send_up_cmd` · somebody sent a command to the app.
    SendUpCmd(SendUpCmd),
    /// An action that this version does not know; more will come, the document says.
    Unknown(UnknownCallback),
}

/// Somebody followed the app; this is how an app learns a uid.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppSubscribe {
    /// The app.
    pub app_id: i64,
    /// Deprecated, may vanish.
    #[serde(default)]
    pub app_key: Option<String>,
    /// The app's name.
    #[serde(default)]
    pub app_name: Option<String>,
    /// How they came to follow it.
    #[serde(default)]
    pub source: SubscribeSource,
    /// Now always empty.
    #[serde(default)]
    pub user_name: Option<String>,
    /// Now always empty.
    #[serde(default)]
    pub user_head_img: Option<String>,
    /// When, in milliseconds since the epoch.
    pub time: i64,
    /// Who.
    pub uid: String,
    /// What the parameterised QR code carried; absent or empty otherwise.
    #[serde(default)]
    pub extra: Option<String>,
}

/// How somebody came to follow an app.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SubscribeSource {
    /// `scan` · a QR code.
    Scan,
    /// `link` · the follow link.
    Link,
    /// `command` · a message `#{appId}`.
    Command,
    /// `order` · buying a product.
    Order,
    /// A source that this version does not know, as the server wrote it; empty when it wrote none.
    Other(String),
}

impl SubscribeSource {
    /// The word on the wire.
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
        struct Word;

        impl Visitor<'_> for Word {
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

        deserializer.deserialize_any(Word)
    }
}

/// Somebody paid for a product, or was paid back.
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
    /// Milliseconds added to the subscription; negative on a refund.
    pub add_time: i64,
    /// The amount in fen; negative on a refund.
    pub amount: i64,
    /// The app.
    pub app_id: i64,
    /// When, in milliseconds since the epoch.
    pub create_time: i64,
    /// The product.
    pub prod_id: i64,
    /// The trade number, as in the user's WeChat bill.
    pub trade_no: String,
    /// Paid or refunded.
    #[serde(rename = "type")]
    pub order_type: OrderType,
    /// Who.
    pub uid: String,
}

/// Paid or refunded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "i64")]
pub enum OrderType {
    /// 1 · paid.
    Paid,
    /// 2 · refunded.
    Refunded,
    /// A type that this version does not know.
    Other(i64),
}

impl OrderType {
    /// The number on the wire.
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

/// Somebody sent a command: `#{appId} text`. A bare `#{appId}` follows the app instead and is not called back as one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SendUpCmd {
    /// Who.
    pub uid: String,
    /// The app.
    pub app_id: i64,
    /// Deprecated, null.
    #[serde(default)]
    pub app_key: Option<String>,
    /// The app's name.
    #[serde(default)]
    pub app_name: Option<String>,
    /// Now always empty.
    #[serde(default)]
    pub user_name: Option<String>,
    /// Now always empty.
    #[serde(default)]
    pub user_head_img: Option<String>,
    /// When, in milliseconds since the epoch.
    pub time: i64,
    /// What they typed.
    pub content: String,
}

impl SendUpCmd {
    /// The command without a leading `#{appId} `, which the server has been seen to leave in.
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
        let own = |rest: &str| {
            let digits = rest.find(|c: char| !c.is_ascii_digit())?;
            let is_own = rest[..digits].parse() == Ok(self.app_id) && rest[digits..].starts_with(' ');
            is_own.then_some(digits + 1)
        };
        match self.content.strip_prefix('#').and_then(|rest| own(rest).map(|at| &rest[at..])) {
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

/// Reads the body of a callback.
///
/// Unknown actions and sources survive; unknown fields are ignored; optional fields may be `null` or missing.
///
/// # Errors
/// [`ErrorKind::InvalidCallback`], saying where, when the body is not JSON or not of a callback's form.
///
/// ```
/// use wxpusher::{Callback, SubscribeSource, parse_callback};
///
/// let body = r#"{"action":"app_subscribe","data":{"appId":97,"source":"scan","time":1569416451573,
///                "uid":"UID_test","extra":"user-7"}}"#;
/// let Callback::AppSubscribe(subscribe) = parse_callback(body.as_bytes())? else { panic!() };
/// assert_eq!(subscribe.source, SubscribeSource::Scan);
/// assert_eq!(subscribe.extra.as_deref(), Some("user-7"));
/// # Ok::<(), wxpusher::Error>(())
/// ```
pub fn parse_callback(body: &[u8]) -> Result<Callback> {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(invalid("the body is empty".to_owned()));
    }
    let text = std::str::from_utf8(body)
        .map_err(|error| invalid(format!("not UTF-8: the first wrong byte is number {}", error.valid_up_to() + 1)))?;
    if !text.trim_start().starts_with('{') {
        return Err(invalid("the body is not a JSON object".to_owned()));
    }
    match serde_json::from_str(text) {
        Ok(InOrder(Some(callback))) => Ok(callback),
        _ => read_carefully(text),
    }
}

/// A known callback whose `action` comes before its `data`, as WxPusher writes it: read in one go. `None` for any other.
struct InOrder(Option<Callback>);

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;

        impl<'de> Visitor<'de> for Parts {
            type Value = InOrder;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InOrder, A::Error> {
                let mut callback = None;
                if map.next_key::<&str>()? == Some("action") {
                    let action: &str = map.next_value()?;
                    if map.next_key::<&str>()? == Some("data") {
                        callback = match action {
                            "app_subscribe" => Some(Callback::AppSubscribe(map.next_value()?)),
                            "order_pay" => Some(Callback::OrderPay(map.next_value()?)),
                            "send_up_cmd" => Some(Callback::SendUpCmd(map.next_value()?)),
                            _ => None,
                        };
                    }
                }
                // More keys than these two end here with an error, and so go the careful way.
                Ok(InOrder(callback))
            }
        }

        deserializer.deserialize_map(Parts)
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    action: Cow<'a, str>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

/// Takes any order and further keys, and says where it goes wrong.
fn read_carefully(text: &str) -> Result<Callback> {
    let envelope: Envelope<'_> = read(text, "")?;
    let known = matches!(&*envelope.action, "app_subscribe" | "order_pay" | "send_up_cmd");
    if !known {
        let action = envelope.action.into_owned();
        return Ok(Callback::Unknown(UnknownCallback { action, raw: text.to_owned() }));
    }
    let data = envelope.data.map(RawValue::get).ok_or_else(|| invalid("`data` is missing or null".to_owned()))?;
    Ok(match &*envelope.action {
        "app_subscribe" => Callback::AppSubscribe(read(data, "data")?),
        "order_pay" => Callback::OrderPay(read(data, "data")?),
        _ => Callback::SendUpCmd(read(data, "data")?),
    })
}

fn invalid(reason: String) -> Error {
    Error::new(ErrorKind::InvalidCallback { reason }, Sent::No)
}

/// Reads quickly, and only when that fails once more with the path of what is wrong.
fn read<'a, T: Deserialize<'a>>(text: &'a str, at: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let path = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
            Err(located) if located.path().iter().len() > 0 => located.path().to_string(),
            _ => String::new(),
        };
        let place = [at, &path].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
        match place.as_str() {
            "" => invalid(error.to_string()),
            place => invalid(format!("`{place}`: {error}")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: &str = r#"{"appId":97,"source":"scan","time":1,"uid":"UID_x"}"#;

    fn parsed(body: &str) -> Callback {
        parse_callback(body.as_bytes()).unwrap()
    }

    fn refused(body: &[u8]) -> String {
        let error = parse_callback(body).unwrap_err();
        assert_eq!((error.name(), error.sent()), ("invalid_callback", Sent::No));
        error.to_string().strip_prefix("not a WxPusher callback: ").unwrap().to_owned()
    }

    #[test]
    fn any_order_of_keys_and_further_ones_are_read_alike() {
        let plain = parsed(&format!(r#"{{"action":"app_subscribe","data":{DATA}}}"#));
        for body in [
            format!(r#"{{"data":{DATA},"action":"app_subscribe"}}"#),
            format!(r#"{{"action":"app_subscribe","data":{DATA},"new":[1]}}"#),
            format!(r#"{{"new":{{}},"action":"app\u005fsubscribe","data":{DATA}}}"#),
            format!("\u{feff} {{\"action\":\"app_subscribe\",\n\"data\":{DATA}}} "),
        ] {
            assert_eq!(parsed(&body), plain, "{body}");
        }
    }

    #[test]
    fn unknown_actions_and_sources_survive() {
        let body = r#"{"action":"app_unsubscribe","data":{"uid":7},"x":null}"#;
        let raw = body.to_owned();
        assert_eq!(parsed(body), Callback::Unknown(UnknownCallback { action: "app_unsubscribe".into(), raw }));
        for (source, expected) in [("\"moon\"", "moon"), ("null", "")] {
            let body = r#"{"action":"app_subscribe","data":{"appId":97,"source":S,"time":1,"uid":"UID_x"}}"#;
            let Callback::AppSubscribe(subscribe) = parsed(&body.replace('S', source)) else { panic!() };
            assert_eq!(subscribe.source, SubscribeSource::Other(expected.into()));
        }
    }

    #[test]
    fn a_refund_is_negative_and_a_new_type_survives() {
        let body = r#"{"action":"order_pay","data":{"addTime":-86400000,"amount":-50,"appId":1,"createTime":2,"prodId":3,
            "tradeNo":"4","type":TYPE,"uid":"UID_x"}}"#;
        let Callback::OrderPay(refund) = parsed(&body.replace("TYPE", "2")) else { panic!() };
        assert_eq!((refund.add_time, refund.amount, refund.order_type), (-86_400_000, -50, OrderType::Refunded));
        let Callback::OrderPay(other) = parsed(&body.replace("TYPE", "9")) else { panic!() };
        assert_eq!(other.order_type, OrderType::Other(9));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        assert_eq!(refused(b" \n"), "the body is empty");
        assert_eq!(refused(b"{\"action\":\"\xff\"}"), "not UTF-8: the first wrong byte is number 12");
        assert_eq!(refused(b"[]"), "the body is not a JSON object");
        assert_eq!(refused(br#"{"action":"order_pay"}"#), "`data` is missing or null");
        assert!(refused(br#"{"data":{}}"#).starts_with("missing field `action`"));
        let wrong = br#"{"action":"order_pay","data":{"addTime":1,"amount":"50"}}"#;
        assert!(refused(wrong).starts_with("`data.amount`: "), "{}", refused(wrong));
        let deep = format!(r#"{{"action":"x","data":{}"#, "[".repeat(100_000));
        assert!(refused(deep.as_bytes()).contains("EOF while parsing"), "{}", refused(deep.as_bytes()));
    }

    #[test]
    fn only_its_own_number_is_taken_off_a_command() {
        let command = |content: &str| {
            let body = format!(
                r#"{{"action":"send_up_cmd","data":{{"uid":"U","appId":97,"appKey":null,"time":1,"content":"{content}"}}}}"#
            );
            let Callback::SendUpCmd(command) = parsed(&body) else { panic!() };
            command.command().to_owned()
        };
        for (content, expected) in [
            ("#97 重启", "重启"),
            ("#97  x", " x"),
            ("#98 重启", "#98 重启"),
            ("#97重启", "#97重启"),
            ("重启", "重启"),
            ("#", "#"),
            ("#97", "#97"),
            ("", ""),
        ] {
            assert_eq!(command(content), expected);
        }
    }
}
