//! Inboxes. They may be huge, so they are sent in pieces and the world is unlocked in between.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use hyper::header::CONTENT_TYPE;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::json::{JsonResult, Parameters, pretty};
use super::stream::{ArrayWriter, channel};
use super::wait::WaitParameters;
use crate::world::{InboxFilter, World};
use crate::{Error, InboxMessage, shared};

/// How much of an inbox is read at once.
const PIECE_MESSAGES: usize = 100;
const PIECE_BYTES: usize = 64 * 1024;

#[derive(Deserialize)]
pub(super) struct InboxParameters {
    after: Option<i64>,
    contains: Option<String>,
    limit: Option<usize>,
    wait: Option<String>,
    count: Option<usize>,
}

impl InboxParameters {
    fn split(self, only_spt: bool) -> (InboxFilter, Option<usize>, WaitParameters) {
        let filter = InboxFilter { only_spt, after: self.after.unwrap_or(0), contains: self.contains };
        (filter, self.limit, WaitParameters { wait: self.wait, count: self.count })
    }
}

/// All messages, the oldest first. With `after` and `limit` the first ones after that
/// `sendRecordId`; with `limit` alone the newest ones.
pub(super) async fn list(
    State(shared): State<shared::State>,
    Path(uid): Path<String>,
    Parameters(parameters): Parameters<InboxParameters>,
) -> Result<Response, Error> {
    let (person, only_spt) = shared.world().inbox_owner(&uid)?;
    let newest = parameters.after.is_none();
    let (mut filter, limit, wait) = parameters.split(only_spt);
    wait.until(&shared, || Ok(shared.world().inbox_count(person, &filter))).await?;
    let mut left = limit.unwrap_or(usize::MAX);
    if let (true, Some(limit)) = (newest, limit) {
        filter.after = shared.world().inbox_start_of_newest(person, &filter, limit);
    }
    let (sender, body): (_, Body) = channel();
    tokio::spawn(async move {
        let mut array = ArrayWriter::default();
        while left > 0 {
            let page = shared.world().inbox_page(person, &filter, PIECE_MESSAGES.min(left), PIECE_BYTES);
            let Some(last) = page.last() else { break };
            filter.after = last.send_record_id;
            left -= page.len();
            // Fails if the reader is gone.
            if sender.send(array.items(&page)).await.is_err() {
                return;
            }
            tokio::task::yield_now().await;
        }
        let _ = sender.send(array.end()).await;
    });
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}

pub(super) async fn latest(
    State(shared): State<shared::State>,
    Path(uid): Path<String>,
    Parameters(parameters): Parameters<InboxParameters>,
) -> JsonResult {
    let (person, only_spt) = shared.world().inbox_owner(&uid)?;
    let (filter, _, wait) = parameters.split(only_spt);
    wait.until(&shared, || Ok(shared.world().inbox_count(person, &filter))).await?;
    let latest = shared.world().inbox_latest(person, &filter);
    pretty(latest.ok_or_else(|| Error::unknown("message", format!("for {uid}")))?)
}

#[derive(Serialize)]
struct MessageWithStatus {
    #[serde(flatten)]
    message: InboxMessage,
    status: Value,
}

pub(super) async fn message(
    State(shared): State<shared::State>,
    Path((uid, id)): Path<(String, String)>,
) -> JsonResult {
    let mut world = shared.world();
    let message = find(&mut world, &uid, &id)?;
    let status = world.status_of_record(message.send_record_id);
    drop(world);
    let status = status.map_or(Value::Null, |status| json!({"code": status.number, "text": status.text}));
    pretty(MessageWithStatus { message, status })
}

/// The message with this `sendRecordId` in the inbox of a UID or SPT.
pub(super) fn find(world: &mut World, uid: &str, id: &str) -> Result<InboxMessage, Error> {
    let id: i64 = id.parse().map_err(|_| Error::invalid("id", format!("must be a sendRecordId (got {id:?})")))?;
    let (person, only_spt) = world.inbox_owner(uid)?;
    let filter = InboxFilter { only_spt, after: id.saturating_sub(1), contains: None };
    let message = world.inbox_page(person, &filter, 1, usize::MAX).pop();
    message.filter(|message| message.send_record_id == id).ok_or_else(|| Error::unknown("message", id))
}

pub(super) async fn clear(State(shared): State<shared::State>, Path(uid): Path<String>) -> JsonResult {
    let (person, only_spt) = shared.world().inbox_owner(&uid)?;
    if only_spt {
        return Err(Error::invalid("uid", "must be a UID: the inbox belongs to the user"));
    }
    shared.world().clear_inbox(person);
    shared.world_changed();
    pretty(json!({"cleared": uid}))
}
