//! The outcome of a send: as JSON and as rows of a table.

use serde_json::{Value, json};
use wxpusher::{SendOutcome, TargetResult};

use crate::mask::mask;
use crate::tr;

/// Who a row is about.
pub(crate) fn recipient(target: &TargetResult) -> String {
    match (&target.uid, target.topic_id) {
        (Some(uid), _) => uid.clone(),
        (None, Some(topic_id)) => tr!("topic {topic_id}", "主题 {topic_id}"),
        (None, None) => tr!("(unnamed)", "（未指明）"),
    }
}

/// The server's code and text for a recipient.
pub(crate) fn status_text(target: &TargetResult) -> String {
    match (target.code, target.status.as_str()) {
        (TargetResult::NO_ANSWER, "") => tr!("not mentioned in the response", "响应中没有提到"),
        (TargetResult::NO_ANSWER | 1000, status) => mask(status).into_owned(),
        (code, status) => format!("{code} {}", mask(status)),
    }
}

pub(crate) fn to_json(outcome: &SendOutcome) -> Value {
    let SendOutcome { message_content_id, targets } = outcome;
    let targets: Vec<_> = targets
        .iter()
        .map(|target| {
            let TargetResult { uid, topic_id, message_id, send_record_id, code, status } = target;
            json!({
                "uid": uid, "topicId": topic_id, "messageId": message_id, "sendRecordId": send_record_id,
                "code": code, "status": mask(status)
            })
        })
        .collect();
    json!({"messageContentId": message_content_id, "allOk": outcome.all_ok(), "targets": targets})
}
