//! The outcome of a send.

use std::fmt;

/// The outcome of one send.
///
/// Some recipients may not have been accepted: check `failed`, or call `ensureAll`. If no recipient was accepted, the send
/// fails, so an outcome always has at least one success. The text of this value shows no token.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct SendOutcome {
    /// The id of the message page, the same for all recipients. The argument of `deleteMessage`.
    pub message_content_id: Option<i64>,
    /// One result per recipient of the request: UIDs first, then topics, in the order of the request, without duplicates.
    /// Rows of the response for other recipients follow at the end. A simple push has the server's rows in its order.
    pub targets: Vec<TargetResult>,
}

/// The result for one recipient. The text of this value shows no token.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct TargetResult {
    /// The user's UID; absent for a topic.
    pub uid: Option<String>,
    /// The topic's id; absent for a user.
    pub topic_id: Option<i64>,
    /// The message id of the 2022 document, deprecated and possibly absent. The argument of `queryMessageStatus`.
    pub message_id: Option<i64>,
    /// The id of this delivery. The argument of `queryStatus`.
    pub send_record_id: Option<i64>,
    /// 1000 if the recipient was accepted, otherwise the server's error code; 0 if the response does not mention the
    /// recipient.
    pub code: i64,
    /// The server's text for this recipient, unchanged; empty if there is none.
    pub status: String,
    /// Whether WxPusher accepted this recipient.
    pub is_ok: bool,
}

/// The text of `print` and `toString`: core's, in which tokens are masked. `status` itself is unchanged.
impl fmt::Display for SendOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&wxpusher::SendOutcome::from(self.clone()), f)
    }
}

impl fmt::Display for TargetResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&wxpusher::TargetResult::from(self.clone()), f)
    }
}

impl From<wxpusher::SendOutcome> for SendOutcome {
    fn from(outcome: wxpusher::SendOutcome) -> Self {
        let wxpusher::SendOutcome { message_content_id, targets } = outcome;
        Self { message_content_id, targets: targets.into_iter().map(Into::into).collect() }
    }
}

impl From<SendOutcome> for wxpusher::SendOutcome {
    fn from(outcome: SendOutcome) -> Self {
        let SendOutcome { message_content_id, targets } = outcome;
        Self { message_content_id, targets: targets.into_iter().map(Into::into).collect() }
    }
}

impl From<wxpusher::TargetResult> for TargetResult {
    fn from(target: wxpusher::TargetResult) -> Self {
        let is_ok = target.is_ok();
        let wxpusher::TargetResult { uid, topic_id, message_id, send_record_id, code, status } = target;
        Self { uid, topic_id, message_id, send_record_id, code, status, is_ok }
    }
}

impl From<TargetResult> for wxpusher::TargetResult {
    fn from(target: TargetResult) -> Self {
        let TargetResult { uid, topic_id, message_id, send_record_id, code, status, is_ok: _ } = target;
        Self { uid, topic_id, message_id, send_record_id, code, status }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_an_outcome_shows_no_secret() {
        let target = TargetResult {
            uid: Some("UID_testalice".to_owned()),
            topic_id: None,
            message_id: None,
            send_record_id: Some(8),
            code: 1001,
            status: "AT_testsecret 不存在".to_owned(),
            is_ok: false,
        };
        let outcome = SendOutcome { message_content_id: Some(7), targets: vec![target.clone()] };
        for text in [target.to_string(), outcome.to_string()] {
            assert!(text.contains("AT_*** 不存在") && text.contains("UID_testalice"), "{text}");
            assert!(!text.contains("secret"), "{text}");
        }
    }
}
