//! The one list of what can go wrong, the same in every language.

use std::fmt;

use crate::outcome::{SendOutcome, TargetResult};
use crate::secret::{ServerText, redact};

/// A `Result` whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed, and whether the request reached the server.
///
/// No text of an error, `Debug` included, holds a token, an SPT or a URL with its query.
///
/// ```
/// use wxpusher::{Client, ErrorKind, Message, Sent};
///
/// let client = Client::new("AT_test")?;
/// let error = client.send(&Message::text("").uid("UID_test")).unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::InvalidArgument { field: "content", .. }));
/// assert_eq!((error.number(), error.name(), error.sent()), (1, "invalid_argument", Sent::No));
/// assert_eq!(error.to_string(), "invalid argument `content`: 0 characters, at least 1 is needed");
/// # Ok::<(), wxpusher::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Error(Box<(ErrorKind, Sent)>);

/// Did the request reach the server? It is what a caller needs to know before sending again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sent {
    /// No byte of the request left this machine: sending again cannot deliver twice.
    No,
    /// The request, or a part of it, went out and no answer came: it may have been carried out.
    Maybe,
    /// The server answered.
    Yes,
}

impl Sent {
    /// `no`, `maybe` or `yes`.
    pub fn as_str(self) -> &'static str {
        match self {
            Sent::No => "no",
            Sent::Maybe => "maybe",
            Sent::Yes => "yes",
        }
    }
}

/// What a call was doing when its time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Looking up the host's address.
    Resolve,
    /// Opening the TCP connection, or the tunnel through a proxy.
    Connect,
    /// The TLS handshake.
    Tls,
    /// Writing the request.
    Send,
    /// Waiting for, or reading, the answer.
    Receive,
}

impl Phase {
    /// `resolve`, `connect`, `tls`, `send` or `receive`.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Resolve => "resolve",
            Phase::Connect => "connect",
            Phase::Tls => "tls",
            Phase::Send => "send",
            Phase::Receive => "receive",
        }
    }
}

/// What is wrong with an entry link; see [`EntryLinkVerifier`](crate::EntryLinkVerifier).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureProblem {
    /// The link carries no `sign`: no key is set in the console, and anybody can make such a link.
    #[error("unsigned: the link has no `sign`")]
    Unsigned,
    /// A parameter that must be there is not.
    #[error("missing: the link has no `{0}`")]
    Missing(&'static str),
    /// A parameter is there twice, or not of its form.
    #[error("malformed: `{0}`")]
    Malformed(&'static str),
    /// The signature does not belong to these values and this key.
    #[error("forged: the signature does not match")]
    Forged,
    /// The link's time is more than ten minutes away from now, in either direction.
    #[error("stale: the link is {0} s away from this machine's clock, the limit is 600 s")]
    Stale(i64),
    /// The link was used before.
    #[error("replayed: this link was used before")]
    Replayed,
}

/// The kinds of error. Their numbers and names are fixed and shared by all languages; a number is never reused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ErrorKind {
    /// 1 · Refused here, before anything was sent.
    #[error("invalid argument `{field}`: {reason}")]
    InvalidArgument {
        /// The argument, by its name in this library.
        field: &'static str,
        /// What is wrong with it: its size and the limit, where there is one.
        reason: String,
    },
    /// 2 · The host was not found, refused the connection or cannot be reached.
    #[error("cannot connect: {reason}")]
    Connect {
        /// Host and cause.
        reason: String,
    },
    /// 3 · The TLS handshake failed, or the certificate is not to be trusted.
    #[error("TLS: {reason}")]
    Tls {
        /// What the handshake said.
        reason: String,
    },
    /// 4 · The connect timeout or the total timeout ran out.
    #[error("timed out while {}", describe(*phase))]
    Timeout {
        /// What was going on when it did.
        phase: Phase,
    },
    /// 5 · The connection broke.
    #[error("the connection broke: {reason}")]
    Transport {
        /// How it broke.
        reason: String,
    },
    /// 6 · The answer is not a 2xx. Redirects are refused and end here too.
    #[error("HTTP status {status}")]
    HttpStatus {
        /// The status.
        status: u16,
    },
    /// 7 · The envelope's code is not 1000.
    #[error("WxPusher says {code}: {msg}")]
    Api {
        /// The server's code. Known ones: 1001 business failure, 1002 not authenticated, 1003 bad signature, 1004 no such
        /// interface, 1005 server error, 1006 trouble talking to WeChat (wire.md §1). Others may come.
        code: i64,
        /// The server's text.
        msg: ServerText,
    },
    /// 8 · WxPusher took the call and accepted none of its targets; as an error of
    /// [`ensure_all`](SendOutcome::ensure_all), not all of them.
    #[error("{}", summary(outcome))]
    Rejected {
        /// What it said of each.
        outcome: SendOutcome,
    },
    /// 9 · The answer is not JSON, has the wrong shape or is larger than 8 MiB.
    #[error("unusable answer: {reason}")]
    InvalidResponse {
        /// What is wrong, and where.
        reason: String,
    },
    /// 10 · The body is not a WxPusher callback.
    #[error("not a WxPusher callback: {reason}")]
    InvalidCallback {
        /// What is wrong, and where.
        reason: String,
    },
    /// 11 · The entry link is forged, stale or replayed.
    #[error("entry link refused: {reason}")]
    InvalidSignature {
        /// Why.
        reason: SignatureProblem,
    },
    /// 12 · The caller stopped the call.
    #[error("cancelled")]
    Cancelled,
    /// 13 · A bug of this library, for example a panic caught at a language boundary.
    #[error("a bug in wxpusher: {reason}")]
    Internal {
        /// What happened.
        reason: String,
    },
}

fn describe(phase: Phase) -> &'static str {
    match phase {
        Phase::Resolve => "looking up the host",
        Phase::Connect => "connecting",
        Phase::Tls => "doing the TLS handshake",
        Phase::Send => "sending the request",
        Phase::Receive => "waiting for the answer",
    }
}

fn summary(outcome: &SendOutcome) -> String {
    const SHOWN: usize = 3;
    let one = |target: &TargetResult| {
        let who = match (&target.uid, target.topic_id) {
            (Some(uid), _) => uid.clone(),
            (None, Some(topic)) => format!("topic {topic}"),
            (None, None) => "target".to_owned(),
        };
        match target.code {
            TargetResult::NO_ANSWER => format!("{who}: the answer does not mention it"),
            code => format!("{who}: {code} {}", redact(&target.status, &[])),
        }
    };
    if outcome.targets.is_empty() {
        return "no target was accepted: the answer names none".to_owned();
    }
    let all = if outcome.any_ok() { "not every target was" } else { "no target was" };
    let refused = outcome.failed().take(SHOWN).map(one).collect::<Vec<_>>().join("; ");
    match outcome.failed().count() {
        total if total > SHOWN => format!("{all} accepted: {refused}; and {} more", total - SHOWN),
        _ => format!("{all} accepted: {refused}"),
    }
}

impl ErrorKind {
    /// Every kind's number and name, in order. Each binding is checked against this list.
    pub const ALL: [(i32, &'static str); 13] = [
        (1, "invalid_argument"),
        (2, "connect"),
        (3, "tls"),
        (4, "timeout"),
        (5, "transport"),
        (6, "http_status"),
        (7, "api"),
        (8, "rejected"),
        (9, "invalid_response"),
        (10, "invalid_callback"),
        (11, "invalid_signature"),
        (12, "cancelled"),
        (13, "internal"),
    ];

    /// The kind's number, from 1.
    pub fn number(&self) -> i32 {
        match self {
            ErrorKind::InvalidArgument { .. } => 1,
            ErrorKind::Connect { .. } => 2,
            ErrorKind::Tls { .. } => 3,
            ErrorKind::Timeout { .. } => 4,
            ErrorKind::Transport { .. } => 5,
            ErrorKind::HttpStatus { .. } => 6,
            ErrorKind::Api { .. } => 7,
            ErrorKind::Rejected { .. } => 8,
            ErrorKind::InvalidResponse { .. } => 9,
            ErrorKind::InvalidCallback { .. } => 10,
            ErrorKind::InvalidSignature { .. } => 11,
            ErrorKind::Cancelled => 12,
            ErrorKind::Internal { .. } => 13,
        }
    }

    /// The kind's name, as in [`ALL`](Self::ALL).
    pub fn name(&self) -> &'static str {
        Self::ALL[self.number() as usize - 1].1
    }
}

impl Error {
    /// For bindings, which have errors of their own to report: an argument of the wrong type, a caught panic.
    pub fn new(kind: ErrorKind, sent: Sent) -> Self {
        Self(Box::new((kind, sent)))
    }

    /// An argument refused before anything was sent.
    pub fn invalid_argument(field: &'static str, reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidArgument { field, reason: reason.into() }, Sent::No)
    }

    /// A bug of ours.
    pub fn internal(reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal { reason: reason.into() }, Sent::Maybe)
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.0
    }

    /// What went wrong, by value.
    pub fn into_kind(self) -> ErrorKind {
        self.0.0
    }

    /// Whether the request reached the server.
    pub fn sent(&self) -> Sent {
        self.0.1
    }

    /// The kind's number, from 1.
    pub fn number(&self) -> i32 {
        self.kind().number()
    }

    /// The kind's name, for example `invalid_argument`.
    pub fn name(&self) -> &'static str {
        self.kind().name()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.kind(), f)?;
        let on_the_way = matches!(
            self.kind(),
            ErrorKind::Connect { .. }
                | ErrorKind::Tls { .. }
                | ErrorKind::Timeout { .. }
                | ErrorKind::Transport { .. }
                | ErrorKind::Cancelled
        );
        match self.sent() {
            _ if !on_the_way => Ok(()),
            Sent::No => f.write_str(" (nothing was sent)"),
            Sent::Maybe => f.write_str(" (the request may have reached WxPusher)"),
            Sent::Yes => f.write_str(" (the request reached WxPusher)"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("kind", self.kind()).field("sent", &self.sent()).finish()
    }
}

impl std::error::Error for Error {}

impl SendOutcome {
    /// Makes an outcome with a failed target an error, for callers who want all or nothing.
    ///
    /// # Errors
    /// [`ErrorKind::Rejected`], carrying the outcome, when any target failed.
    ///
    /// ```no_run
    /// # let (client, message) = (wxpusher::Client::from_env()?, wxpusher::Message::text("x"));
    /// client.send(&message)?.ensure_all()?;
    /// # Ok::<(), wxpusher::Error>(())
    /// ```
    pub fn ensure_all(&self) -> Result<()> {
        if self.all_ok() { Ok(()) } else { Err(Error::new(ErrorKind::Rejected { outcome: self.clone() }, Sent::Yes)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_follow_the_list() {
        for (at, (number, _)) in ErrorKind::ALL.iter().enumerate() {
            assert_eq!(*number as usize, at + 1);
        }
        assert_eq!(ErrorKind::Internal { reason: String::new() }.name(), "internal");
        assert_eq!(ErrorKind::Cancelled.name(), "cancelled");
    }

    #[test]
    fn an_error_is_one_word() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn a_long_rejection_stays_readable() {
        let row = |n: i64| TargetResult {
            uid: None,
            topic_id: Some(n),
            message_id: None,
            send_record_id: None,
            code: if n == 1 { TargetResult::NO_ANSWER } else { 1001 },
            status: "不存在".into(),
        };
        let mut outcome = SendOutcome { message_content_id: None, targets: (1..=5).map(row).collect() };
        let text = |outcome: &SendOutcome| outcome.ensure_all().unwrap_err().to_string();
        assert_eq!(
            text(&outcome),
            "no target was accepted: topic 1: the answer does not mention it; topic 2: 1001 不存在; \
             topic 3: 1001 不存在; and 2 more"
        );
        for accepted in &mut outcome.targets[..4] {
            accepted.code = 1000;
        }
        assert_eq!(text(&outcome), "not every target was accepted: topic 5: 1001 不存在");
    }
}
