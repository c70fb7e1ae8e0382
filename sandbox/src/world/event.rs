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

    /// What happens when a user sends this text to the WxPusher account. `#97 text` is a command
    /// to app 97; a bare `#97` subscribes to it; any other text is a command to the only app that
    /// the user is subscribed to.
    pub(crate) fn command(&mut self, uid: &str, text: &str) -> Result<Event, Error> {
        let person = self.person(uid)?;
        let (app_id, content) = match parse_command(text)? {
            (Some(app_id), "") => return self.subscribe_app(person, app_id, Source::Command, None),
            (Some(app_id), content) => (app_id, content),
            (None, content) => (self.only_app_of(person)?, content),
        };
        self.app(app_id)?;
        self.refuse_blocked(person, Target::App(app_id))?;
        let app = self.app(app_id)?;
        let data = json!({
            "uid": uid,
            "appId": app.id,
            "appName": app.name,
            "time": self.now(),
            "content": content,
        });
        Ok(Event::new(app, "send_up_cmd", data))
    }

    /// The app that receives plain text: the only one this person is subscribed to.
    fn only_app_of(&self, person: PersonId) -> Result<i64, Error> {
        let uid = &self.people.get(person).uid;
        let mut apps = self.apps.keys().filter(|id| self.follows.find(person, Target::App(**id)).is_some());
        match (apps.next(), apps.next()) {
            (Some(id), None) => Ok(*id),
            (None, _) => {
                Err(Error::Refused(format!("{uid} is not subscribed to any app, so no app receives this text")))
            }
            (Some(_), Some(_)) => Err(Error::Refused(format!(
                "{uid} is subscribed to several apps, and WxPusher asks which one is meant: write `#97 text`"
            ))),
        }
    }
}

/// The app id, if the text begins with `#` and a number, and the rest.
fn parse_command(text: &str) -> Result<(Option<i64>, &str), Error> {
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
