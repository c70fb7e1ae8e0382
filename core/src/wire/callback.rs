//! Reading callbacks (protocol §3).

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::json;
use crate::model::callback::{Callback, UnknownCallback};
use crate::model::error::{Error, ErrorKind, Result, Sent};

/// Reads the body of a callback (protocol §3).
///
/// Unknown actions and sources are kept, unknown fields are ignored, optional fields may be `null` or absent.
///
/// # Errors
/// [`ErrorKind::InvalidCallback`], naming the place, if the body is not JSON or does not have the form of a callback.
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
    let text = json::object_text(body).map_err(invalid)?;
    match json::read_once(&text) {
        Ok(InOrder(Some(callback))) => Ok(callback),
        _ => read_any_order(&text).map_err(invalid),
    }
}

/// A known callback whose `action` comes before its `data`, as WxPusher writes it: read in one pass. `None` for any other.
struct InOrder(Option<Callback>);

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrderVisitor;

        impl<'de> Visitor<'de> for InOrderVisitor {
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
                // More keys than these two end here with an error, and are read in any order.
                Ok(InOrder(callback))
            }
        }

        deserializer.deserialize_map(InOrderVisitor)
    }
}

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(borrow)]
    action: Cow<'a, str>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

/// Accepts any order of keys and unknown keys, and names the place of an error.
fn read_any_order(text: &str) -> Result<Callback, String> {
    let Wire { action, data } = json::read(text, "")?;
    let data = || data.map(RawValue::get).ok_or("`data` is missing or null");
    Ok(match &*action {
        "app_subscribe" => Callback::AppSubscribe(json::read(data()?, "data")?),
        "order_pay" => Callback::OrderPay(json::read(data()?, "data")?),
        "send_up_cmd" => Callback::SendUpCmd(json::read(data()?, "data")?),
        _ => Callback::Unknown(UnknownCallback { action: action.into_owned(), raw: text.to_owned() }),
    })
}

fn invalid(reason: String) -> Error {
    Error::new(ErrorKind::InvalidCallback { reason }, Sent::No)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::callback::{OrderType, SubscribeSource};

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
    fn reads_keys_in_any_order_and_ignores_unknown_keys() {
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
    fn keeps_unknown_actions_and_sources() {
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
    fn reads_a_refund_and_keeps_an_unknown_order_type() {
        let body = r#"{"action":"order_pay","data":{"addTime":-86400000,"amount":-50,"appId":1,"createTime":2,"prodId":3,
            "tradeNo":"4","type":TYPE,"uid":"UID_x"}}"#;
        let Callback::OrderPay(refund) = parsed(&body.replace("TYPE", "2")) else { panic!() };
        assert_eq!((refund.add_time, refund.amount, refund.order_type), (-86_400_000, -50, OrderType::Refunded));
        let Callback::OrderPay(other) = parsed(&body.replace("TYPE", "9")) else { panic!() };
        assert_eq!(other.order_type, OrderType::Other(9));
    }

    #[test]
    fn names_the_place_of_an_error() {
        assert_eq!(refused(b" \n"), "the body is empty");
        assert_eq!(refused(b"{\"action\":\"\xff\"}"), "not UTF-8: byte 12 is invalid");
        assert_eq!(refused(b"[]"), "the body is not a JSON object");
        assert_eq!(refused(br#"{"action":"order_pay"}"#), "`data` is missing or null");
        assert!(refused(br#"{"data":{}}"#).starts_with("missing field `action`"));
        let wrong = br#"{"action":"order_pay","data":{"addTime":1,"amount":"half"}}"#;
        assert!(refused(wrong).starts_with("`data.amount`: "), "{}", refused(wrong));
        let deep = format!(r#"{{"action":"x","data":{}"#, "[".repeat(100_000));
        assert!(refused(deep.as_bytes()).contains("the JSON ends too early"), "{}", refused(deep.as_bytes()));
    }

    #[test]
    fn command_strips_only_this_apps_id() {
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
