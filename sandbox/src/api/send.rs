//! Sending to UIDs and topics: by POST with all fields, by GET with one target and text only.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::envelope::{OK, Reply};
use super::params::{JsonBody, Params};
use super::{lenient, limits};
use crate::shared;
use crate::world::{Audience, Draft, Refusal, Row, as_java_set};

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct SendRequest {
    #[serde(deserialize_with = "lenient::optional")]
    app_token: Option<String>,
    #[serde(deserialize_with = "lenient::optional")]
    content: Option<String>,
    #[serde(deserialize_with = "lenient::optional")]
    summary: Option<String>,
    #[serde(deserialize_with = "lenient::optional")]
    content_type: Option<i64>,
    #[serde(deserialize_with = "lenient::list")]
    uids: Option<Vec<String>>,
    #[serde(deserialize_with = "lenient::list")]
    topic_ids: Option<Vec<i64>>,
    #[serde(deserialize_with = "lenient::optional")]
    url: Option<String>,
    #[serde(deserialize_with = "lenient::optional")]
    verify_pay: Option<bool>,
    #[serde(deserialize_with = "lenient::optional")]
    verify_pay_type: Option<i64>,
}

pub(super) async fn send(
    State(shared): State<shared::State>,
    JsonBody(request): JsonBody<SendRequest>,
) -> Result<Reply, Reply> {
    Ok(submit(&shared, request)?)
}

pub(super) async fn send_by_get(State(shared): State<shared::State>, params: Params) -> Result<Reply, Reply> {
    let text = |name| params.text(name).map(str::to_owned);
    let uid = text("uid");
    // Documented as one target: with both, the UID is it.
    let topic_id = if uid.is_none() { params.parsed("topicId")? } else { None };
    let request = SendRequest {
        app_token: text("appToken"),
        content: text("content"),
        summary: text("summary"),
        content_type: None,
        uids: uid.map(|uid| vec![uid]),
        topic_ids: topic_id.map(|id| vec![id]),
        url: text("url"),
        verify_pay: params.parsed("verifyPay")?,
        verify_pay_type: params.parsed("verifyPayType")?,
    };
    Ok(submit(&shared, request)?)
}

fn submit(shared: &shared::State, request: SendRequest) -> Result<Reply, Refusal> {
    let mut world = shared.world();
    let app_id = world.authenticate(&request.app_token.unwrap_or_default())?;
    world.admit(app_id)?;
    let draft = Draft {
        content: request.content.unwrap_or_default(),
        summary: request.summary.filter(|summary| !summary.is_empty()),
        content_type: request.content_type.unwrap_or(1),
        url: request.url.filter(|url| !url.is_empty()),
    };
    limits::check_draft(&draft)?;
    let audience = audience(request.verify_pay_type, request.verify_pay)?;
    let uids = as_java_set(request.uids.unwrap_or_default());
    let topic_ids = as_java_set(request.topic_ids.unwrap_or_default());
    if uids.is_empty() && topic_ids.is_empty() {
        return Err(Refusal::business("uids和topicIds不能同时为空"));
    }
    limits::check_count("uids", &uids, limits::UIDS)?;
    limits::check_count("topicIds", &topic_ids, limits::TOPIC_IDS)?;
    let (rows, content_id) = world.send(app_id, draft, uids, topic_ids, audience);
    drop(world);
    Ok(respond(shared, &rows, content_id))
}

/// The response to a send, after those who watch the inboxes are notified.
pub(super) fn respond(shared: &shared::State, rows: &[Row], content_id: Option<i64>) -> Reply {
    if let Some(id) = content_id {
        shared.changes.add("message", json!({"messageContentId": id, "targets": rows.len()}).to_string());
    }
    Reply::ok(row_bodies(rows))
}

/// `verifyPayType`, if given, overrides the older `verifyPay`.
fn audience(kind: Option<i64>, paid_only: Option<bool>) -> Result<Audience, Refusal> {
    match (kind, paid_only) {
        (Some(0), _) | (None, None | Some(false)) => Ok(Audience::Everyone),
        (Some(1), _) | (None, Some(true)) => Ok(Audience::PaidUp),
        (Some(2), _) => Ok(Audience::NotPaidUp),
        (Some(_), _) => Err(Refusal::business("verifyPayType不正确，只能是0、1、2")),
    }
}

/// The row of a target: with ids if its task was created, without them if it was refused.
#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum RowBody<'a> {
    Created {
        uid: Option<&'a str>,
        topic_id: Option<i64>,
        message_id: i64,
        message_content_id: i64,
        send_record_id: i64,
        code: i32,
        status: &'static str,
    },
    Refused {
        #[serde(skip_serializing_if = "Option::is_none")]
        uid: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        topic_id: Option<i64>,
        code: i32,
        status: &'a str,
    },
}

fn row_bodies(rows: &[Row]) -> Vec<RowBody<'_>> {
    rows.iter().map(row_body).collect()
}

fn row_body(row: &Row) -> RowBody<'_> {
    let (uid, topic_id) = (row.uid.as_deref(), row.topic_id);
    match &row.task {
        Ok(task) => RowBody::Created {
            uid,
            topic_id,
            message_id: task.message_id,
            message_content_id: task.message_content_id,
            send_record_id: task.send_record_id,
            code: OK,
            status: "创建发送任务成功",
        },
        Err(refusal) => RowBody::Refused { uid, topic_id, code: refusal.code, status: &refusal.msg },
    }
}
