//! The error type and the list of error kinds, the same in every language.

use std::any::Any;
use std::fmt;

use super::outcome::{SendOutcome, TargetResult};
use super::secret::{ServerText, printable, redact};

/// A `Result` whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The reason why a call failed, and whether the request reached the server.
///
/// No text of an error, `Debug` included, contains a token, an SPT or a URL with its query.
///
/// ```
/// use wxpusher::{Client, ErrorKind, Message, Sent};
///
/// let client = Client::new("AT_test")?;
/// let error = client.send(&Message::text("").uid("UID_test")).unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::InvalidArgument { field: "content", .. }));
/// assert_eq!((error.number(), error.name(), error.sent()), (1, "invalid_argument", Sent::No));
/// assert_eq!(error.to_string(), "invalid argument `content`: must have 1 to 40000 characters (got 0)");
/// # Ok::<(), wxpusher::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Error {
    details: Box<Details>,
}

/// On the heap, so that a `Result` stays small.
#[derive(Clone, PartialEq)]
struct Details {
    kind: ErrorKind,
    sent: Sent,
    idempotent: bool,
}

/// Whether the request reached the server. Check it before you send again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sent {
    /// No byte of the request left this machine. Sending again cannot deliver twice.
    No,
    /// At least a part of the request left this machine, and no response came. The server may have carried it out.
    Maybe,
    /// The server responded.
    Yes,
}

impl Sent {
    /// Returns `no`, `maybe` or `yes`.
    pub fn as_str(self) -> &'static str {
        match self {
            Sent::No => "no",
            Sent::Maybe => "maybe",
            Sent::Yes => "yes",
        }
    }
}

/// The phase of a call in which a timeout ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Resolving the host name.
    Resolve,
    /// Opening the TCP connection, or the tunnel through a proxy.
    Connect,
    /// The TLS handshake.
    Tls,
    /// Writing the request.
    Send,
    /// Waiting for the response, or reading it.
    Receive,
}

impl Phase {
    /// Returns `resolve`, `connect`, `tls`, `send` or `receive`.
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

/// The reason why an entry link is refused; see [`EntryLinkVerifier`](crate::EntryLinkVerifier).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureProblem {
    /// The link has no `sign`: no verification key is configured in the console, and anybody can make such a link.
    #[error("unsigned: the link has no `sign`")]
    Unsigned,
    /// A required parameter is absent.
    #[error("missing: the link has no `{0}`")]
    Missing(&'static str),
    /// A parameter appears twice, or has the wrong form.
    #[error("malformed: `{0}`")]
    Malformed(&'static str),
    /// The signature does not match these values and this key.
    #[error("forged: the signature does not match")]
    Forged,
    /// The link's time differs from the local clock by more than ten minutes, in either direction.
    #[error("stale: the link is {0} s away from this machine's clock, the limit is 600 s")]
    Stale(i64),
    /// The link was used before.
    #[error("replayed: this link was used before")]
    Replayed,
}

/// The kinds of error. Their numbers and names are fixed and the same in all languages; a number is never reused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ErrorKind {
    /// 1 · An argument was refused locally, before anything was sent.
    #[error("invalid argument `{field}`: {reason}")]
    InvalidArgument {
        /// The argument's name in this library, or the environment variable.
        field: &'static str,
        /// What is wrong with it, and what is allowed.
        reason: String,
    },
    /// 2 · The host was not found, refused the connection or cannot be reached; or the proxy refused.
    #[error("cannot connect: {reason}")]
    Connect {
        /// Host and cause.
        reason: String,
    },
    /// 3 · The TLS handshake failed, or the certificate is not trusted.
    #[error("TLS: {reason}")]
    Tls {
        /// The cause.
        reason: String,
    },
    /// 4 · The connect timeout or the total timeout ran out.
    #[error("timed out while {}", describe(*phase))]
    Timeout {
        /// The phase of the call at that time.
        phase: Phase,
    },
    /// 5 · The connection broke.
    #[error("the connection broke: {reason}")]
    Transport {
        /// The cause.
        reason: String,
    },
    /// 6 · The HTTP status of the response is not 2xx. Redirects are refused and are reported like this too.
    #[error("HTTP status {status}{}", server_words(*code, msg))]
    HttpStatus {
        /// The HTTP status.
        status: u16,
        /// The code of the response's envelope, if the body has one.
        code: Option<i64>,
        /// The server's text: `msg` of the envelope, or else the first 500 characters of the body, with control
        /// characters escaped and tokens masked. Empty if there is none.
        msg: ServerText,
    },
    /// 7 · The code of the response's envelope is not 1000.
    #[error("WxPusher responded with code {code}: {msg}")]
    Api {
        /// The server's code. Documented codes: 1001 business failure, 1002 not authenticated, 1003 bad signature, 1004 no
        /// such interface, 1005 server error, 1006 trouble talking to WeChat (protocol §1). Others are possible.
        code: i64,
        /// The server's text.
        msg: ServerText,
    },
    /// 8 · WxPusher processed the request and accepted none of its recipients; as an error of
    /// [`ensure_all`](SendOutcome::ensure_all): not all of them.
    #[error("{}", summary(outcome))]
    Rejected {
        /// The result for each recipient.
        outcome: SendOutcome,
    },
    /// 9 · The response is not JSON, has the wrong shape or is too large.
    #[error("invalid response: {reason}")]
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
        /// The reason.
        reason: SignatureProblem,
    },
    /// 12 · The caller cancelled the call.
    #[error("cancelled")]
    Cancelled,
    /// 13 · A bug in this library, for example a panic caught at a language boundary.
    #[error("internal error in wxpusher: {reason}")]
    Internal {
        /// What happened.
        reason: String,
    },
    /// 14 · The rate limit shared with other processes cannot be used, for example because its file is not writable.
    #[error("rate limiter: {reason}")]
    RateLimiter {
        /// What is wrong with it.
        reason: String,
    },
}

fn describe(phase: Phase) -> &'static str {
    match phase {
        Phase::Resolve => "resolving the host name",
        Phase::Connect => "connecting",
        Phase::Tls => "doing the TLS handshake",
        Phase::Send => "sending the request",
        Phase::Receive => "waiting for the response",
    }
}

fn server_words(code: Option<i64>, msg: &ServerText) -> String {
    match (code, msg.is_empty()) {
        (None, true) => String::new(),
        (None, false) => format!(": {msg}"),
        (Some(code), true) => format!(" (code {code})"),
        (Some(code), false) => format!(" (code {code}): {msg}"),
    }
}

fn summary(outcome: &SendOutcome) -> String {
    const SHOWN: usize = 3;
    let describe = |target: &TargetResult| {
        let recipient = match (&target.uid, target.topic_id) {
            (Some(uid), _) => printable(uid).into_owned(),
            (None, Some(topic)) => format!("topic {topic}"),
            (None, None) => "recipient".to_owned(),
        };
        let status = redact(&target.status, &[]);
        match (target.code, status.is_empty()) {
            (TargetResult::NO_ANSWER, true) => format!("{recipient}: not mentioned in the response"),
            (TargetResult::NO_ANSWER, false) => format!("{recipient}: {}", printable(&status)),
            (code, _) => format!("{recipient}: {code} {}", printable(&status)),
        }
    };
    if outcome.targets.is_empty() {
        return "no recipient was accepted: the response names none".to_owned();
    }
    let accepted = if outcome.any_ok() { "not every recipient was accepted" } else { "no recipient was accepted" };
    let failed = outcome.failed().take(SHOWN).map(describe).collect::<Vec<_>>().join("; ");
    match outcome.failed().count() {
        total if total > SHOWN => format!("{accepted}: {failed}; and {} more", total - SHOWN),
        _ => format!("{accepted}: {failed}"),
    }
}

/// HTTP's status for a rate limit.
const TOO_MANY_REQUESTS: u16 = 429;

/// Envelope codes that mean "rate limit exceeded". WxPusher documents none (protocol §1), so the list is empty.
const RATE_LIMIT_CODES: &[i64] = &[];

impl ErrorKind {
    /// The number and name of every kind, in order. Each binding is checked against this list.
    pub const ALL: [(i32, &'static str); 14] = [
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
        (14, "rate_limiter"),
    ];

    /// Returns the kind's number, from 1.
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
            ErrorKind::RateLimiter { .. } => 14,
        }
    }

    /// Returns the kind's name, as in [`ALL`](Self::ALL).
    pub fn name(&self) -> &'static str {
        Self::ALL[self.number() as usize - 1].1
    }

    /// Returns whether a later attempt can succeed without any change: connection errors, timeouts, a rate limit that
    /// cannot be used right now, HTTP 429 and 5xx.
    ///
    /// It does not say whether a repetition is safe; see [`Error::retry_is_safe`].
    pub fn is_transient(&self) -> bool {
        match self {
            ErrorKind::Connect { .. }
            | ErrorKind::Timeout { .. }
            | ErrorKind::Transport { .. }
            | ErrorKind::RateLimiter { .. } => true,
            ErrorKind::HttpStatus { status, .. } => *status == TOO_MANY_REQUESTS || (500..600).contains(status),
            ErrorKind::InvalidArgument { .. }
            | ErrorKind::Tls { .. }
            | ErrorKind::Api { .. }
            | ErrorKind::Rejected { .. }
            | ErrorKind::InvalidResponse { .. }
            | ErrorKind::InvalidCallback { .. }
            | ErrorKind::InvalidSignature { .. }
            | ErrorKind::Cancelled
            | ErrorKind::Internal { .. } => false,
        }
    }

    /// Returns whether the server refused the request because of its rate limit: HTTP 429, or a documented code.
    ///
    /// WxPusher does not document how its rate limiter responds, so `false` does not rule it out.
    pub fn is_rate_limited(&self) -> bool {
        match self {
            ErrorKind::HttpStatus { status, code, .. } => {
                *status == TOO_MANY_REQUESTS || code.is_some_and(|code| RATE_LIMIT_CODES.contains(&code))
            }
            ErrorKind::Api { code, .. } => RATE_LIMIT_CODES.contains(code),
            _ => false,
        }
    }
}

impl Error {
    /// Makes an error. For bindings, which report errors of their own: an argument of the wrong type, a caught panic.
    pub fn new(kind: ErrorKind, sent: Sent) -> Self {
        Self { details: Box::new(Details { kind, sent, idempotent: false }) }
    }

    /// An argument that is refused before anything is sent.
    pub fn invalid_argument(field: &'static str, reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidArgument { field, reason: reason.into() }, Sent::No)
    }

    /// A bug in this library.
    pub fn internal(reason: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal { reason: reason.into() }, Sent::Maybe)
    }

    /// The error for a panic that a binding caught at its boundary.
    pub fn from_panic(payload: &(dyn Any + Send)) -> Self {
        let text = match (payload.downcast_ref::<&'static str>(), payload.downcast_ref::<String>()) {
            (Some(text), _) => text,
            (None, Some(text)) => text.as_str(),
            (None, None) => return Self::internal("a panic without a text"),
        };
        // A panic's text may quote the values it was about.
        Self::internal(format!("a panic: {}", printable(&redact(text, &[]))))
    }

    /// Marks the error of a call that may be carried out twice without harm: a read, a deletion, a block.
    pub(crate) fn idempotent(mut self, idempotent: bool) -> Self {
        self.details.idempotent = idempotent;
        self
    }

    /// Returns the kind.
    pub fn kind(&self) -> &ErrorKind {
        &self.details.kind
    }

    /// Returns the kind by value.
    pub fn into_kind(self) -> ErrorKind {
        self.details.kind
    }

    /// Returns whether the request reached the server.
    pub fn sent(&self) -> Sent {
        self.details.sent
    }

    /// Returns whether the call can be repeated: nothing was delivered by it, and a repetition can succeed.
    ///
    /// True for transient errors ([`ErrorKind::is_transient`]) of calls that read, delete or block. For calls that send:
    /// only if no byte of the request was sent, or the server refused it with HTTP 429. A 5xx response to a send does not
    /// say whether the message was delivered.
    pub fn retry_is_safe(&self) -> bool {
        let Details { kind, sent, idempotent } = &*self.details;
        kind.is_transient() && (*idempotent || *sent == Sent::No || kind.is_rate_limited())
    }

    /// Returns whether the server refused the request because of its rate limit; see [`ErrorKind::is_rate_limited`].
    pub fn is_rate_limited(&self) -> bool {
        self.kind().is_rate_limited()
    }

    /// Returns the kind's number, from 1.
    pub fn number(&self) -> i32 {
        self.kind().number()
    }

    /// Returns the kind's name, for example `invalid_argument`.
    pub fn name(&self) -> &'static str {
        self.kind().name()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.kind(), f)?;
        let is_interrupted = matches!(
            self.kind(),
            ErrorKind::Connect { .. }
                | ErrorKind::Tls { .. }
                | ErrorKind::Timeout { .. }
                | ErrorKind::Transport { .. }
                | ErrorKind::Cancelled
        );
        match self.sent() {
            _ if !is_interrupted => Ok(()),
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
    fn has_the_size_of_a_pointer() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn shortens_a_long_rejection() {
        let row = |n: i64| TargetResult {
            uid: None,
            topic_id: Some(n),
            message_id: None,
            send_record_id: None,
            code: if n == 1 { TargetResult::NO_ANSWER } else { 1001 },
            status: if n == 1 { String::new() } else { "不存在".into() },
        };
        let mut outcome = SendOutcome { message_content_id: None, targets: (1..=5).map(row).collect() };
        let text = |outcome: &SendOutcome| outcome.ensure_all().unwrap_err().to_string();
        assert_eq!(
            text(&outcome),
            "no recipient was accepted: topic 1: not mentioned in the response; topic 2: 1001 不存在; \
             topic 3: 1001 不存在; and 2 more"
        );
        for accepted in &mut outcome.targets[..4] {
            accepted.code = 1000;
        }
        assert_eq!(text(&outcome), "not every recipient was accepted: topic 5: 1001 不存在");
    }

    #[test]
    fn shows_what_the_server_said_under_an_error_status() {
        let text = |code, msg: &str| {
            let msg = ServerText::new(msg.to_owned(), &[]);
            Error::new(ErrorKind::HttpStatus { status: 429, code, msg }, Sent::Yes).to_string()
        };
        assert_eq!(text(None, ""), "HTTP status 429");
        assert_eq!(text(None, "slow down"), "HTTP status 429: slow down");
        assert_eq!(text(Some(1001), "请求太频繁"), "HTTP status 429 (code 1001): 请求太频繁");
    }

    #[test]
    fn describes_a_panic_without_its_secrets() {
        let text = |payload: Box<dyn Any + Send>| Error::from_panic(&*payload).to_string();
        assert_eq!(text(Box::new("oops")), "internal error in wxpusher: a panic: oops");
        assert_eq!(text(Box::new("bad AT_test1".to_owned())), "internal error in wxpusher: a panic: bad AT_***");
        assert_eq!(text(Box::new(7)), "internal error in wxpusher: a panic without a text");
    }

    #[test]
    fn a_send_is_safe_to_retry_only_if_nothing_was_delivered() {
        let safe = |kind: ErrorKind, sent, idempotent| Error::new(kind, sent).idempotent(idempotent).retry_is_safe();
        let broken = || ErrorKind::Transport { reason: String::new() };
        let status = |status| ErrorKind::HttpStatus { status, code: None, msg: ServerText::default() };
        assert!(safe(broken(), Sent::No, false));
        assert!(!safe(broken(), Sent::Maybe, false));
        assert!(safe(broken(), Sent::Maybe, true));
        assert!(safe(status(429), Sent::Yes, false));
        assert!(!safe(status(503), Sent::Yes, false));
        assert!(safe(status(503), Sent::Yes, true));
        assert!(!safe(status(404), Sent::Yes, true));
        assert!(!safe(ErrorKind::Cancelled, Sent::No, true));
    }
}
