//! What became of a send, target by target.

use std::fmt;

use crate::secret::redact;

/// What WxPusher answered to one send.
///
/// A send may succeed for some targets and fail for others; look at [`failed`](Self::failed), or make every failure an
/// error with [`ensure_all`](Self::ensure_all). When *no* target was accepted the call itself fails with
/// [`ErrorKind::Rejected`](crate::ErrorKind::Rejected), so an outcome in hand always has at least one success.
///
/// Accepted means that WxPusher created a sending task, not that somebody has seen the message.
///
/// ```
/// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
/// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
/// # let client = wxpusher::Client::with_config(config)?;
/// # let message = wxpusher::Message::text("x").uids(["UID_testalice", "UID_testnobody"]);
/// let outcome = client.send(&message)?;
/// for target in outcome.failed() {
///     println!("{:?} {:?}: {} {}", target.uid, target.topic_id, target.code, target.status);
/// }
/// assert!(outcome.ensure_all().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "some targets may have failed: look at failed(), or call ensure_all()"]
pub struct SendOutcome {
    /// The id of the message's landing page, shared by all targets; what `delete_message` takes.
    pub message_content_id: Option<i64>,
    /// One result per target of the request (uids first, then topics, in the order asked, duplicates collapsed).
    ///
    /// Rows that nobody asked for follow at the end. A simple push has the server's rows in the server's order, because
    /// an answer never names an SPT.
    pub targets: Vec<TargetResult>,
}

/// What became of one target.
///
/// Its `Debug` text shows what looks like a token as `***`: the server's own texts may quote the request.
#[derive(Clone, PartialEq, Eq)]
pub struct TargetResult {
    /// The user this row is about; `None` for a topic.
    pub uid: Option<String>,
    /// The topic this row is about; `None` for a user.
    pub topic_id: Option<i64>,
    /// The message id of the 2022 document, now deprecated and possibly missing; what `query_message_status` takes.
    pub message_id: Option<i64>,
    /// The id of this delivery; what `query_status` takes. May exceed 2³¹.
    pub send_record_id: Option<i64>,
    /// 1000 when the task was created, the server's error code when not, and
    /// [`NO_ANSWER`](Self::NO_ANSWER) when the server said nothing about this target.
    pub code: i64,
    /// The server's text for this target, untouched; empty when it said nothing.
    pub status: String,
}

impl TargetResult {
    /// The code of a target that was asked for and of which the answer says nothing.
    pub const NO_ANSWER: i64 = 0;

    /// Whether WxPusher created a sending task for this target.
    pub fn is_ok(&self) -> bool {
        self.code == 1000
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
    /// The targets for which a sending task was created.
    pub fn succeeded(&self) -> impl Iterator<Item = &TargetResult> {
        self.targets.iter().filter(|target| target.is_ok())
    }

    /// The targets for which none was.
    pub fn failed(&self) -> impl Iterator<Item = &TargetResult> {
        self.targets.iter().filter(|target| !target.is_ok())
    }

    /// Whether every target was accepted.
    pub fn all_ok(&self) -> bool {
        self.failed().next().is_none()
    }

    /// Whether at least one target was accepted.
    pub(crate) fn any_ok(&self) -> bool {
        self.succeeded().next().is_some()
    }
}
