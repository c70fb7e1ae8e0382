//! Callbacks as JSON, with the names of the protocol.

use serde_json::{Value, json};
use wxpusher::{AppSubscribe, Callback, OrderPay, SendUpCmd, UnknownCallback};

/// What a command does with a callback.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    /// The name of the kind on the command line: `subscribe`, `pay`, `command`, or the action if it is unknown.
    pub(crate) kind: String,
    pub(crate) action: String,
    pub(crate) uid: Option<String>,
    pub(crate) app_id: Option<i64>,
    /// `{"action": …, "data": …}`.
    pub(crate) document: Value,
}

pub(crate) fn event(callback: &Callback) -> Event {
    match callback {
        Callback::AppSubscribe(subscribe) => {
            let AppSubscribe { app_id, app_key, app_name, source, user_name, user_head_img, time, uid, extra } =
                subscribe;
            let data = json!({
                "appId": app_id, "appKey": app_key, "appName": app_name, "source": source.as_str(),
                "userName": user_name, "userHeadImg": user_head_img, "time": time, "uid": uid, "extra": extra,
            });
            known("subscribe", "app_subscribe", uid, *app_id, data)
        }
        Callback::OrderPay(order) => {
            let OrderPay { add_time, amount, app_id, create_time, prod_id, trade_no, order_type, uid } = order;
            let data = json!({
                "addTime": add_time, "amount": amount, "appId": app_id, "createTime": create_time, "prodId": prod_id,
                "tradeNo": trade_no, "type": order_type.number(), "uid": uid,
            });
            known("pay", "order_pay", uid, *app_id, data)
        }
        Callback::SendUpCmd(command) => {
            let SendUpCmd { uid, app_id, app_key, app_name, user_name, user_head_img, time, content } = command;
            let data = json!({
                "uid": uid, "appId": app_id, "appKey": app_key, "appName": app_name, "userName": user_name,
                "userHeadImg": user_head_img, "time": time, "content": content, "command": command.command(),
            });
            known("command", "send_up_cmd", uid, *app_id, data)
        }
        Callback::Unknown(UnknownCallback { action, raw }) => {
            let document: Value = serde_json::from_str(raw).unwrap_or_default();
            let data = document.get("data").cloned().unwrap_or_default();
            Event {
                kind: action.clone(),
                action: action.clone(),
                uid: data.get("uid").and_then(Value::as_str).map(str::to_owned),
                app_id: data.get("appId").and_then(Value::as_i64),
                document: json!({"action": action, "data": data}),
            }
        }
    }
}

fn known(kind: &str, action: &str, uid: &str, app_id: i64, data: Value) -> Event {
    Event {
        kind: kind.to_owned(),
        action: action.to_owned(),
        uid: Some(uid.to_owned()),
        app_id: Some(app_id),
        document: json!({"action": action, "data": data}),
    }
}
