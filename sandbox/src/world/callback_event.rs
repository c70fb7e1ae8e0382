//! The callbacks that WxPusher posts to an app's URL.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::App;
use super::payments::Order;
use crate::Error;

/// How a user subscribed to an app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// By scanning a QR code, the app's own or one with a parameter.
    Scan,
    /// By opening the app's link.
    #[default]
    Link,
    /// By sending a bare `#{appId}`.
    Command,
    /// By buying a product of the app.
    Order,
}

/// A callback that is to be posted.
#[derive(Debug)]
pub(crate) struct CallbackEvent {
    pub(crate) app_id: i64,
    pub(crate) url: Option<String>,
    pub(crate) body: Value,
}

impl CallbackEvent {
    fn new(app: &App, action: &str, data: Value) -> Self {
        Self { app_id: app.id, url: app.callback_url.clone(), body: json!({"action": action, "data": data}) }
    }
}

impl CallbackEvent {
    pub(crate) fn subscribed(app: &App, uid: &str, source: Source, extra: Option<&str>, now: i64) -> Self {
        let mut data = json!({
            "appId": app.id,
            "appKey": format!("AK_sandbox{}", app.id),
            "appName": app.name,
            "source": source,
            "userName": "",
            "userHeadImg": "",
            "time": now,
            "uid": uid,
        });
        // A scan always has `extra`, which may be empty; other sources do not have it.
        if source == Source::Scan {
            data["extra"] = extra.unwrap_or_default().into();
        }
        Self::new(app, "app_subscribe", data)
    }

    pub(crate) fn paid(app: &App, order: &Order, now: i64) -> Self {
        Self::order(app, order, now, 1, 1)
    }

    pub(crate) fn refunded(app: &App, order: &Order, now: i64) -> Self {
        Self::order(app, order, now, 2, -1)
    }

    fn order(app: &App, order: &Order, now: i64, kind: i64, sign: i64) -> Self {
        let data = json!({
            "addTime": sign * order.add_ms,
            "amount": sign * order.amount,
            "appId": app.id,
            "createTime": now,
            "prodId": order.prod_id,
            "tradeNo": order.trade_no,
            "type": kind,
            "uid": order.uid,
        });
        Self::new(app, "order_pay", data)
    }

    pub(crate) fn command(app: &App, uid: &str, content: &str, now: i64) -> Self {
        let data = json!({
            "uid": uid,
            "appId": app.id,
            "appName": app.name,
            "time": now,
            "content": content,
        });
        Self::new(app, "send_up_cmd", data)
    }
}

/// The app id, if the text begins with `#` and a number, and the rest.
pub(super) fn parse_command(text: &str) -> Result<(Option<i64>, &str), Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("text", "must not be empty"));
    }
    let addressed = text.strip_prefix('#').and_then(|rest| {
        let (id, content) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        Some((Some(id.parse().ok()?), content.trim_start()))
    });
    Ok(addressed.unwrap_or((None, text)))
}

#[cfg(test)]
mod tests {
    use super::parse_command;

    #[test]
    fn a_command_with_a_number_is_for_that_app_and_any_other_text_for_the_only_app() {
        assert_eq!(parse_command("#97 测试 两").unwrap(), (Some(97), "测试 两"));
        assert_eq!(parse_command("#97").unwrap(), (Some(97), ""));
        assert_eq!(parse_command(" #97 \n").unwrap(), (Some(97), ""));
        for plain in ["97 测试", "#97测试", "#", "# 97 测试", "hello"] {
            assert_eq!(parse_command(plain).unwrap(), (None, plain));
        }
        assert!(parse_command(" ").is_err());
    }
}
