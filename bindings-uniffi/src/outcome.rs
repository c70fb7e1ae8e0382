//! What became of a send, target by target.

use std::fmt;

/// What WxPusher answered to one send.
///
/// Some targets may have failed: look at `failed`, or call `ensureAll`. When no target was accepted the send itself fails,
/// so an outcome in hand always has at least one success. Its text shows no token that the server may quote.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct SendOutcome {
    /// The id of the message's landing page, shared by all targets; what `deleteMessage` takes.
    pub message_content_id: Option<i64>,
    /// One result per target of the request: uids first, then topics, in the order asked, duplicates collapsed. Rows that
    /// nobody asked for follow at the end. A simple push has the server's rows in the server's order.
    pub targets: Vec<TargetResult>,
}

/// What became of one target. Its text shows no token that the server may quote.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct TargetResult {
    /// The user this row is about; none for a topic.
    pub uid: Option<String>,
    /// The topic this row is about; none for a user.
    pub topic_id: Option<i64>,
    /// The message id of the 2022 document, now deprecated and possibly missing; what `queryMessageStatus` takes.
    pub message_id: Option<i64>,
    /// The id of this delivery; what `queryStatus` takes.
    pub send_record_id: Option<i64>,
    /// 1000 when the sending task was created, the server's error code when not, and 0 when the server said nothing about
    /// this target.
    pub code: i64,
    /// The server's text for this target, untouched; empty when it said nothing.
    pub status: String,
    /// Whether WxPusher created a sending task for this target.
    pub is_ok: bool,
}

/// What `print` and `toString` show: core's text, in which tokens are `***`. `status` itself is untouched.
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
