//! The verbs.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use wxpusher::{
    Client, ContentType, EntryLinkVerifier, Error, FollowType, ManualClock, Message, Qrcode, SimplePush, UserQuery,
    VerifyPayType, parse_callback,
};

use crate::report;

/// A field is missing from a line of the runner, or has the wrong type.
pub(crate) type Broken = Box<dyn std::error::Error>;

/// Makes the call; `None` when the verb is not known.
pub(crate) fn make(verb: &str, args: Args<'_>, client: &Client) -> Result<Option<Result<Value, Error>>, Broken> {
    Ok(Some(match verb {
        "send" => {
            let all = args.flag("ensure_all")?.unwrap_or_default();
            let sent = client.send(&message(args)?);
            let sent = if all { sent.and_then(|outcome| outcome.ensure_all().map(|()| outcome)) } else { sent };
            sent.map(report::outcome)
        }
        "send_by_get" => client.send_by_get(&message(args)?).map(report::outcome),
        "simple_push" => client.simple_push(&push(args)?).map(report::outcome),
        "simple_push_by_get" => {
            client.simple_push_by_get(args.text("spt")?, args.text("content")?).map(report::outcome)
        }
        "query_status" => client.query_status(args.integer("send_record_id")?).map(report::status),
        "query_message_status" => client.query_message_status(args.integer("message_id")?).map(report::status),
        "delete_message" => client.delete_message(args.integer("message_content_id")?).map(|()| json!({})),
        "create_qrcode" => client.create_qrcode(args.text("extra")?, args.small("valid_time")?).map(report::qrcode),
        "query_scan_uid" => client.query_scan_uid(args.text("code")?).map(|uid| json!({"uid": uid})),
        "wait_for_scan" => {
            let timeout = Duration::from_millis(args.needed("timeout_ms")?.as_u64().ok_or("timeout_ms")?);
            let code = args.text("code")?;
            let uid = match args.flag("as_qrcode")? {
                Some(true) => client.wait_for_scan(expired_qrcode(code), timeout),
                _ => client.wait_for_scan(code, timeout),
            };
            uid.map(|uid| json!({"uid": uid}))
        }
        "list_users" => client.list_users(&user_query(args)?).map(report::user_page),
        "users" => {
            let users: Result<Vec<_>, _> = client.users(user_query(args)?).map(|user| user.map(report::user)).collect();
            users.map(|users| json!({"users": users}))
        }
        "list_users_v1" => client
            .list_users_v1(
                args.small("page")?.ok_or("page")?,
                args.small("page_size")?.ok_or("page_size")?,
                args.maybe_text("uid")?,
            )
            .map(report::user_page_v1),
        "delete_user" => client.delete_user(args.integer("id")?).map(|()| json!({})),
        "block_user" => client.block_user(args.integer("id")?).map(|()| json!({})),
        "unblock_user" => client.unblock_user(args.integer("id")?).map(|()| json!({})),
        "query_pay_end_time" => client
            .query_pay_end_time(args.text("uid")?, args.integer("prod_id")?)
            .map(|items| json!({"items": items.into_iter().map(report::pay_end_time).collect::<Vec<_>>()})),
        "broadcast" => {
            let uids = texts(args.needed("uids")?)?;
            let batches = client.broadcast(text_of_message(args)?, uids);
            batches.map(|batches| json!({"batches": batches.map(report::batch).collect::<Vec<_>>()}))
        }
        "parse_callback" => {
            let body = match args.maybe_text("body_base64")? {
                Some(base64) => BASE64_STANDARD.decode(base64)?,
                None => args.text("body")?.as_bytes().to_vec(),
            };
            parse_callback(&body).map(report::callback)
        }
        "verify_entry_link" => verify_entry_link(args)?,
        _ => return Ok(None),
    }))
}

fn expired_qrcode(code: &str) -> Qrcode {
    Qrcode { code: code.to_owned(), url: String::new(), short_url: None, extra: None, expires: 1000 }
}

fn verify_entry_link(args: Args<'_>) -> Result<Result<Value, Error>, Broken> {
    let clock = ManualClock::at_unix_ms(args.integer("now_ms")?);
    let verifier = EntryLinkVerifier::new(args.text("key")?).clock(Arc::new(clock));
    let query = args.text("query")?;
    for _ in 1..args.small("repeat")?.unwrap_or(1) {
        // Only the last answer counts; this is what makes it a repetition.
        drop(verifier.verify(query));
    }
    Ok(verifier.verify(query).map(|uid| json!({"uid": uid})))
}

fn message(args: Args<'_>) -> Result<Message, Broken> {
    let mut message = text_of_message(args)?;
    message.uids = args.get("uids").map_or(Ok(Vec::new()), texts)?;
    message.topic_ids = args.get("topic_ids").map_or(Ok(Vec::new()), integers)?;
    if let Some(uid) = args.maybe_text("uid")? {
        message = message.uid(uid);
    }
    if let Some(topic_id) = args.get("topic_id") {
        message = message.topic(integer(topic_id)?);
    }
    Ok(message)
}

/// A message without its targets.
fn text_of_message(args: Args<'_>) -> Result<Message, Broken> {
    let mut message = Message::text(args.text("content")?);
    message.content_type = content_type(args)?;
    message.summary = args.maybe_text("summary")?.map(str::to_owned);
    message.url = args.maybe_text("url")?.map(str::to_owned);
    if let Some(number) = args.get("verify_pay_type") {
        let number = i32::try_from(number.as_i64().ok_or("verify_pay_type")?)?;
        message = message.verify_pay_type(VerifyPayType::from_number(number).ok_or("verify_pay_type")?);
    }
    if let Some(verify_pay) = args.flag("verify_pay")? {
        message = message.verify_pay(verify_pay);
    }
    Ok(message)
}

fn push(args: Args<'_>) -> Result<SimplePush, Broken> {
    let mut push = SimplePush::text(args.text("content")?);
    push.content_type = content_type(args)?;
    push.summary = args.maybe_text("summary")?.map(str::to_owned);
    push.url = args.maybe_text("url")?.map(str::to_owned);
    for spt in texts(args.needed("spts")?)? {
        push = push.spt(spt);
    }
    Ok(push)
}

fn content_type(args: Args<'_>) -> Result<ContentType, Broken> {
    Ok(match args.maybe_text("content_type")? {
        None | Some("text") => ContentType::Text,
        Some("html") => ContentType::Html,
        Some("markdown") => ContentType::Markdown,
        Some(other) => return Err(format!("no content type {other}").into()),
    })
}

fn user_query(args: Args<'_>) -> Result<UserQuery, Broken> {
    Ok(UserQuery {
        page: args.small("page")?.unwrap_or(1),
        page_size: args.small("page_size")?.ok_or("page_size")?,
        uid: args.maybe_text("uid")?.map(str::to_owned),
        is_blocked: args.flag("is_blocked")?,
        follow_type: args.small("type")?.map(|number| FollowType::from(i64::from(number))),
    })
}

/// The arguments of a call.
#[derive(Clone, Copy)]
pub(crate) struct Args<'a>(pub(crate) &'a Map<String, Value>);

impl<'a> Args<'a> {
    fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }

    fn needed(self, name: &str) -> Result<&'a Value, Broken> {
        Ok(self.get(name).ok_or(name)?)
    }

    fn text(self, name: &str) -> Result<&'a str, Broken> {
        Ok(self.needed(name)?.as_str().ok_or(name)?)
    }

    fn maybe_text(self, name: &str) -> Result<Option<&'a str>, Broken> {
        self.get(name).map(|value| Ok(value.as_str().ok_or(name)?)).transpose()
    }

    fn flag(self, name: &str) -> Result<Option<bool>, Broken> {
        self.get(name).map(|value| Ok(value.as_bool().ok_or(name)?)).transpose()
    }

    fn small(self, name: &str) -> Result<Option<u32>, Broken> {
        self.get(name).map(|value| Ok(u32::try_from(value.as_u64().ok_or(name)?)?)).transpose()
    }

    fn integer(self, name: &str) -> Result<i64, Broken> {
        integer(self.needed(name)?)
    }
}

/// A 64-bit integer, which travels as text.
fn integer(value: &Value) -> Result<i64, Broken> {
    Ok(value.as_str().ok_or("an integer travels as text")?.parse()?)
}

pub(crate) fn integers(value: &Value) -> Result<Vec<i64>, Broken> {
    value.as_array().ok_or("a list")?.iter().map(integer).collect()
}

pub(crate) fn texts(value: &Value) -> Result<Vec<String>, Broken> {
    value.as_array().ok_or("a list")?.iter().map(|item| Ok(item.as_str().ok_or("a text")?.to_owned())).collect()
}
