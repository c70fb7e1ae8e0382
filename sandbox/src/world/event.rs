//! What WxPusher tells an app's callback URL.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::pay::Order;
use super::people::PersonId;
use super::{App, Target, World};
use crate::Error;

/// How somebody came to follow an app.
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

/// A callback about to be posted.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) app_id: i64,
    pub(crate) url: Option<String>,
    pub(crate) body: Value,
}

impl Event {
    fn new(app: &App, action: &str, data: Value) -> Self {
        Self { app_id: app.id, url: app.callback_url.clone(), body: json!({"action": action, "data": data}) }
    }
}

impl World {
    pub(crate) fn subscribed(&self, app: &App, person: PersonId, source: Source, extra: Option<&str>) -> Event {
        let mut data = json!({
            "appId": app.id,
            "appKey": format!("AK_sandbox{}", app.id),
            "appName": app.name,
            "source": source,
            "userName": "",
            "userHeadImg": "",
            "time": self.now(),
            "uid": &*self.people.get(person).uid,
        });
        // A QR code always carries `extra`, be it empty; other ways of following leave it out.
        if source == Source::Scan {
            data["extra"] = extra.unwrap_or_default().into();
        }
        Event::new(app, "app_subscribe", data)
    }

    pub(crate) fn order_changed(&self, app: &App, order: &Order, refunded: bool) -> Event {
        let sign = if refunded { -1 } else { 1 };
        let data = json!({
            "addTime": sign * order.add_ms,
            "amount": sign * order.amount,
            "appId": app.id,
            "createTime": self.now(),
            "prodId": order.prod_id,
            "tradeNo": order.trade_no,
            "type": if refunded { 2 } else { 1 },
            "uid": &*self.people.get(order.person).uid,
        });
        Event::new(app, "order_pay", data)
    }

    /// What happens when a user sends this text to the WxPusher account: `#97 text` is a command
    /// to app 97, a bare `#97` follows it.
    pub(crate) fn command(&mut self, uid: &str, text: &str) -> Result<Event, Error> {
        let person = self.person(uid)?;
        let (app_id, content) = parse_command(text)?;
        self.app(app_id)?;
        if content.is_empty() {
            return self.subscribe_app(person, app_id, Source::Command, None);
        }
        self.refuse_blocked(person, Target::App(app_id))?;
        let app = self.app(app_id)?;
        let data = json!({
            "uid": uid,
            "appId": app.id,
            "appKey": null,
            "appName": app.name,
            "userName": "",
            "userHeadImg": "",
            "time": self.now(),
            "content": content,
        });
        Ok(Event::new(app, "send_up_cmd", data))
    }
}

fn parse_command(text: &str) -> Result<(i64, &str), Error> {
    let not_a_command = || {
        Error::invalid(
            "text",
            "a command is `#` and an app id, then a space and some text: `#97 hello`; or `#97` alone to follow the app",
        )
    };
    let rest = text.trim().strip_prefix('#').ok_or_else(not_a_command)?;
    let (id, content) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let id = id.parse().map_err(|_| not_a_command())?;
    Ok((id, content.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::parse_command;

    #[test]
    fn commands_need_a_number_and_a_space() {
        assert_eq!(parse_command("#97 测试 两").unwrap(), (97, "测试 两"));
        assert_eq!(parse_command("#97").unwrap(), (97, ""));
        assert_eq!(parse_command(" #97 \n").unwrap(), (97, ""));
        for wrong in ["97 测试", "#97测试", "#", "", "# 97 测试"] {
            assert!(parse_command(wrong).is_err(), "{wrong:?}");
        }
    }
}
