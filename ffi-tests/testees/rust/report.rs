//! What came of a call, in the vocabulary of the suite. Every field is named, so that a new one cannot be forgotten.

use serde_json::{Value, json};
use wxpusher::{
    AppSubscribe, Batch, Callback, Error, ErrorKind, OrderPay, PayEndTime, Qrcode, SendOutcome, SendStatus, SendUpCmd,
    TargetResult, UnknownCallback, User, UserPage, UserPageV1, UserV1,
};

fn text(number: i64) -> String {
    number.to_string()
}

pub(crate) fn outcome(outcome: SendOutcome) -> Value {
    outcome_ref(&outcome)
}

fn outcome_ref(outcome: &SendOutcome) -> Value {
    let SendOutcome { message_content_id, targets } = outcome;
    json!({
        "message_content_id": message_content_id.map(text),
        "targets": targets.iter().map(target).collect::<Vec<_>>(),
        "succeeded": outcome.succeeded().count().to_string(),
        "failed": outcome.failed().count().to_string(),
        "all_ok": outcome.all_ok(),
    })
}

fn target(target: &TargetResult) -> Value {
    let TargetResult { uid, topic_id, message_id, send_record_id, code, status } = target;
    json!({
        "uid": uid,
        "topic_id": topic_id.map(text),
        "message_id": message_id.map(text),
        "send_record_id": send_record_id.map(text),
        "code": text(*code),
        "status": status,
    })
}

pub(crate) fn status(status: SendStatus) -> Value {
    let SendStatus { code, text: words } = status;
    json!({"code": code.map(text), "text": words})
}

pub(crate) fn qrcode(qrcode: Qrcode) -> Value {
    let Qrcode { code, url, short_url, extra, expires } = qrcode;
    json!({"code": code, "url": url, "short_url": short_url, "extra": extra, "expires": text(expires)})
}

pub(crate) fn user_page(page: UserPage) -> Value {
    let UserPage { total, page, page_size, users } = page;
    let users: Vec<Value> = users.into_iter().map(user).collect();
    json!({"total": text(total), "page": page, "page_size": page_size, "users": users})
}

pub(crate) fn user(user: User) -> Value {
    let User {
        uid,
        id,
        app_or_topic_id,
        head_img,
        create_time,
        nick_name,
        is_blocked,
        follow_type,
        target,
        pay_end_time,
    } = user;
    json!({
        "uid": uid,
        "id": text(id),
        "app_or_topic_id": app_or_topic_id.map(text),
        "head_img": head_img,
        "create_time": text(create_time),
        "nick_name": nick_name,
        "is_blocked": is_blocked,
        "type": text(follow_type.number()),
        "target": target,
        "pay_end_time": text(pay_end_time),
    })
}

pub(crate) fn user_page_v1(page: UserPageV1) -> Value {
    let UserPageV1 { total, page, page_size, users } = page;
    let users: Vec<Value> = users.into_iter().map(user_v1).collect();
    json!({"total": text(total), "page": page, "page_size": page_size, "users": users})
}

fn user_v1(user: UserV1) -> Value {
    let UserV1 { uid, create_time, enable, head_img, nick_name } = user;
    json!({
        "uid": uid,
        "create_time": text(create_time),
        "enable": enable,
        "head_img": head_img,
        "nick_name": nick_name,
    })
}

pub(crate) fn pay_end_time(item: PayEndTime) -> Value {
    let PayEndTime { resource_type, resource_id, pay_end_time } = item;
    json!({
        "resource_type": text(resource_type.number()),
        "resource_id": text(resource_id),
        "pay_end_time": text(pay_end_time),
    })
}

pub(crate) fn batch(batch: Batch) -> Value {
    let Batch { number, uids, done, duplicates, result } = batch;
    let (outcome, err) = match &result {
        Ok(outcome) => (outcome_ref(outcome), Value::Null),
        Err(problem) => (Value::Null, error(problem)),
    };
    json!({
        "number": number.to_string(),
        "uids": uids,
        "done": done.to_string(),
        "duplicates": duplicates.to_string(),
        "outcome": outcome,
        "err": err,
    })
}

pub(crate) fn callback(callback: Callback) -> Value {
    match callback {
        Callback::AppSubscribe(subscribe) => {
            let AppSubscribe { app_id, app_key, app_name, source, user_name, user_head_img, time, uid, extra } =
                subscribe;
            json!({
                "action": "app_subscribe",
                "app_id": text(app_id),
                "app_key": app_key,
                "app_name": app_name,
                "source": source.as_str(),
                "user_name": user_name,
                "user_head_img": user_head_img,
                "time": text(time),
                "uid": uid,
                "extra": extra,
            })
        }
        Callback::OrderPay(order) => {
            let OrderPay { add_time, amount, app_id, create_time, prod_id, trade_no, order_type, uid } = order;
            json!({
                "action": "order_pay",
                "add_time": text(add_time),
                "amount": text(amount),
                "app_id": text(app_id),
                "create_time": text(create_time),
                "prod_id": text(prod_id),
                "trade_no": trade_no,
                "type": text(order_type.number()),
                "uid": uid,
            })
        }
        Callback::SendUpCmd(cmd) => {
            let command = cmd.command().to_owned();
            let SendUpCmd { uid, app_id, app_key, app_name, user_name, user_head_img, time, content } = cmd;
            json!({
                "action": "send_up_cmd",
                "uid": uid,
                "app_id": text(app_id),
                "app_key": app_key,
                "app_name": app_name,
                "user_name": user_name,
                "user_head_img": user_head_img,
                "time": text(time),
                "content": content,
                "command": command,
            })
        }
        Callback::Unknown(UnknownCallback { action, raw }) => json!({"action": "unknown", "name": action, "raw": raw}),
    }
}

pub(crate) fn error(error: &Error) -> Value {
    let mut err = json!({
        "kind": error.name(),
        "number": error.number(),
        "sent": error.sent().as_str(),
        "retry_is_safe": error.retry_is_safe(),
        "is_rate_limited": error.is_rate_limited(),
        "field": null,
        "reason": null,
        "phase": null,
        "status": null,
        "code": null,
        "msg": null,
        "outcome": null,
        "text": error.to_string(),
    });
    match error.kind() {
        ErrorKind::InvalidArgument { field, reason } => {
            err["field"] = (*field).into();
            err["reason"] = reason.as_str().into();
        }
        ErrorKind::Connect { reason }
        | ErrorKind::Tls { reason }
        | ErrorKind::Transport { reason }
        | ErrorKind::InvalidResponse { reason }
        | ErrorKind::InvalidCallback { reason }
        | ErrorKind::Internal { reason }
        | ErrorKind::RateLimiter { reason } => err["reason"] = reason.as_str().into(),
        ErrorKind::Timeout { phase } => err["phase"] = phase.as_str().into(),
        ErrorKind::HttpStatus { status, code, msg } => {
            err["status"] = (*status).into();
            err["code"] = code.map(text).into();
            err["msg"] = msg.raw().into();
        }
        ErrorKind::Api { code, msg } => {
            err["code"] = text(*code).into();
            err["msg"] = msg.raw().into();
        }
        ErrorKind::Rejected { outcome } => err["outcome"] = outcome_ref(outcome),
        ErrorKind::InvalidSignature { reason } => err["reason"] = reason.to_string().into(),
        ErrorKind::Cancelled => {}
    }
    err
}
