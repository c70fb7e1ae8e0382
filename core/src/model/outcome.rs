//! The result of a send, recipient by recipient (protocol §2.1).

use std::fmt;

use super::secret::redact;

/// The server's response to a send.
///
/// A send can succeed for some recipients and fail for others: check [`failed`](Self::failed), or call
/// [`ensure_all`](Self::ensure_all) to turn any failure into an error. If *no* recipient is accepted, the call itself fails
/// with [`ErrorKind::Rejected`](crate::ErrorKind::Rejected), so an outcome always has at least one accepted recipient.
///
/// Accepted means that WxPusher created a sending task. It does not mean that the message was delivered or read.
///
/// ```
/// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
/// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
/// # let client = wxpusher::Client::with_config(config)?;
/// let message = wxpusher::Message::text("x").uids(["UID_testalice", "UID_testnobody"]);
/// let outcome = client.send(&message)?;
/// for target in outcome.failed() {
///     println!("{:?} {:?}: {} {}", target.uid, target.topic_id, target.code, target.status);
/// }
/// assert!(outcome.ensure_all().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "some recipients may have been refused: check failed(), or call ensure_all()"]
pub struct SendOutcome {
    /// The id of the message's page, shared by all recipients; the argument of `delete_message`. For a simple push that
    /// was split into several calls: the id of the first accepted call.
    pub message_content_id: Option<i64>,
    /// One result per recipient: UIDs first, then topics, in the order of the request, without duplicates.
    ///
    /// Rows of the response that match no recipient of the request follow at the end. A simple push has the server's rows
    /// in the server's order, because a response never contains an SPT.
    pub targets: Vec<TargetResult>,
}

/// The result for one recipient.
///
/// `Debug` masks everything that looks like a token, because the server's texts may quote the request.
#[derive(Clone, PartialEq, Eq)]
pub struct TargetResult {
    /// The user's UID; `None` for a topic.
    pub uid: Option<String>,
    /// The topic's id; `None` for a user.
    pub topic_id: Option<i64>,
    /// The message id of the 2022 document, deprecated and possibly absent; the argument of `query_message_status`.
    pub message_id: Option<i64>,
    /// The id of this delivery; the argument of `query_status`. Can exceed 2³¹.
    pub send_record_id: Option<i64>,
    /// 1000 if the sending task was created, otherwise the server's error code;
    /// [`NO_ANSWER`](Self::NO_ANSWER) if the response does not mention this recipient.
    pub code: i64,
    /// The server's text for this recipient, unchanged; empty if the response has none.
    pub status: String,
}

impl TargetResult {
    /// The code of a recipient that the response does not mention.
    pub const NO_ANSWER: i64 = 0;

    /// Returns whether WxPusher created a sending task for this recipient.
    pub fn is_ok(&self) -> bool {
        self.code == 1000
    }

    /// The result of a recipient that the response does not mention.
    pub(crate) fn unanswered(uid: Option<String>, topic_id: Option<i64>) -> Self {
        Self { uid, topic_id, message_id: None, send_record_id: None, code: Self::NO_ANSWER, status: String::new() }
    }
}

impl fmt::Debug for TargetResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { uid, topic_id, message_id, send_record_id, code, status } = self;
        f.debug_struct("TargetResult")
            .field("uid", uid)
            .field("topic_id", topic_id)
            .field("message_id", message_id)
            .field("send_record_id", send_record_id)
            .field("code", code)
            .field("status", &redact(status, &[]))
            .finish()
    }
}

impl SendOutcome {
    /// The accepted recipients.
    pub fn succeeded(&self) -> impl Iterator<Item = &TargetResult> {
        self.targets.iter().filter(|target| target.is_ok())
    }

    /// The recipients that were not accepted.
    pub fn failed(&self) -> impl Iterator<Item = &TargetResult> {
        self.targets.iter().filter(|target| !target.is_ok())
    }

    /// Returns whether every recipient was accepted.
    pub fn all_ok(&self) -> bool {
        self.failed().next().is_none()
    }

    /// Returns whether at least one recipient was accepted.
    pub(crate) fn any_ok(&self) -> bool {
        self.succeeded().next().is_some()
    }
}
