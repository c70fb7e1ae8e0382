//! The error of every call.

use std::fmt;

use crate::outcome::SendOutcome;

pub(crate) type Result<T> = std::result::Result<T, WxPusherError>;

/// Whether the request reached the server. Check it before you send again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Sent {
    /// No byte of the request left this machine. Sending again cannot deliver twice.
    No,
    /// At least a part of the request left this machine, and no response came. The server may have carried it out.
    Maybe,
    /// The server responded.
    Yes,
}

impl From<wxpusher::Sent> for Sent {
    fn from(sent: wxpusher::Sent) -> Self {
        match sent {
            wxpusher::Sent::No => Sent::No,
            wxpusher::Sent::Maybe => Sent::Maybe,
            wxpusher::Sent::Yes => Sent::Yes,
        }
    }
}

/// The phase of a call in which a timeout ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
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

impl From<wxpusher::Phase> for Phase {
    fn from(phase: wxpusher::Phase) -> Self {
        match phase {
            wxpusher::Phase::Resolve => Phase::Resolve,
            wxpusher::Phase::Connect => Phase::Connect,
            wxpusher::Phase::Tls => Phase::Tls,
            wxpusher::Phase::Send => Phase::Send,
            wxpusher::Phase::Receive => Phase::Receive,
        }
    }
}

/// An error as it crosses to Kotlin and Swift, where `WxPusherException.kt` and `WxPusherError.swift` read it: both are
/// written by hand and excluded in `uniffi.toml`.
#[derive(Debug, Clone, PartialEq, uniffi::Error)]
pub enum WxPusherError {
    /// The only variant; UniFFI requires an enum.
    Failed {
        /// What happened. On the heap, so that a `Result` stays small.
        details: Box<ErrorDetails>,
    },
}

/// The fields of all kinds of error. Those that a kind does not have are absent. A field that is added here must be read in
/// both languages; they refuse a buffer that has more or fewer bytes.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct ErrorDetails {
    /// The number of the kind.
    pub number: i32,
    /// The text for people. It contains no secret.
    pub text: String,
    /// Whether the request reached the server.
    pub sent: Sent,
    /// Whether the call can be repeated: nothing was delivered, and a repetition can succeed.
    pub retry_is_safe: bool,
    /// Whether the server refused the request because of its rate limit.
    pub is_rate_limited: bool,
    /// `invalid_argument`: the name of the argument.
    pub field: Option<String>,
    /// The cause.
    pub reason: Option<String>,
    /// `timeout`: the phase of the call.
    pub phase: Option<Phase>,
    /// `http_status`: the HTTP status.
    pub status: Option<i32>,
    /// `http_status` and `api`: the server's code.
    pub code: Option<i64>,
    /// `http_status` and `api`: the server's text, which may quote a token.
    pub msg: Option<String>,
    /// `rejected`: the result for each recipient.
    pub outcome: Option<SendOutcome>,
}

impl WxPusherError {
    pub(crate) fn details(&self) -> &ErrorDetails {
        let WxPusherError::Failed { details } = self;
        details
    }
}

impl From<wxpusher::Error> for WxPusherError {
    fn from(error: wxpusher::Error) -> Self {
        let mut details = Box::new(ErrorDetails {
            number: error.number(),
            text: error.to_string(),
            sent: error.sent().into(),
            retry_is_safe: error.retry_is_safe(),
            is_rate_limited: error.is_rate_limited(),
            field: None,
            reason: None,
            phase: None,
            status: None,
            code: None,
            msg: None,
            outcome: None,
        });
        match error.into_kind() {
            wxpusher::ErrorKind::InvalidArgument { field, reason } => {
                details.field = Some(field.to_owned());
                details.reason = Some(reason);
            }
            wxpusher::ErrorKind::Timeout { phase } => details.phase = Some(phase.into()),
            wxpusher::ErrorKind::HttpStatus { status, code, msg } => {
                details.status = Some(status.into());
                details.code = code;
                details.msg = Some(msg.raw().to_owned());
            }
            wxpusher::ErrorKind::Api { code, msg } => {
                details.code = Some(code);
                details.msg = Some(msg.raw().to_owned());
            }
            wxpusher::ErrorKind::Rejected { outcome } => details.outcome = Some(outcome.into()),
            wxpusher::ErrorKind::InvalidSignature { reason } => details.reason = Some(reason.to_string()),
            wxpusher::ErrorKind::Connect { reason }
            | wxpusher::ErrorKind::Tls { reason }
            | wxpusher::ErrorKind::Transport { reason }
            | wxpusher::ErrorKind::InvalidResponse { reason }
            | wxpusher::ErrorKind::InvalidCallback { reason }
            | wxpusher::ErrorKind::Internal { reason }
            | wxpusher::ErrorKind::RateLimiter { reason } => details.reason = Some(reason),
            wxpusher::ErrorKind::Cancelled => {}
        }
        Self::Failed { details }
    }
}

impl fmt::Display for WxPusherError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.details().text)
    }
}

impl std::error::Error for WxPusherError {}
