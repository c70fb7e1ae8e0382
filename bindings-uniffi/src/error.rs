//! The one list of what can go wrong.

use std::fmt;

use crate::outcome::SendOutcome;

pub(crate) type Result<T> = std::result::Result<T, WxPusherError>;

/// Did the request reach the server? It is what a caller needs to know before sending again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Sent {
    /// No byte of the request left this machine: sending again cannot deliver twice.
    No,
    /// The request, or a part of it, went out and no answer came: it may have been carried out.
    Maybe,
    /// The server answered.
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

/// What a call was doing when its time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
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

/// Why a call failed, and whether the request reached the server. `text` is what to show; it holds no secret.
#[derive(Debug, Clone, PartialEq, uniffi::Error)]
#[uniffi::export(Display)]
pub enum WxPusherError {
    /// 1 · Refused here, before anything was sent.
    InvalidArgument {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// The argument, by its name in all languages (`topic_ids`).
        field: String,
        /// What is wrong with it: its size and the limit, where there is one.
        reason: String,
    },
    /// 2 · The host was not found, refused the connection or cannot be reached.
    Connect {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// Host and cause.
        reason: String,
    },
    /// 3 · The TLS handshake failed, or the certificate is not to be trusted.
    Tls {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// What the handshake said.
        reason: String,
    },
    /// 4 · The connect timeout or the total timeout ran out.
    Timeout {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// What was going on when it did.
        phase: Phase,
    },
    /// 5 · The connection broke.
    Transport {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// How it broke.
        reason: String,
    },
    /// 6 · The HTTP status of the response is not 2xx. Redirects are not followed and end here too.
    HttpStatus {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// The HTTP status.
        status: i32,
        /// WxPusher's code; absent if the body is not WxPusher's JSON.
        code: Option<i64>,
        /// WxPusher's text, or the first 500 characters of the body: it may quote a token. `text` does not.
        msg: String,
    },
    /// 7 · The envelope's code is not 1000.
    Api {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// The server's code, for example 1001 business failure or 1002 not authenticated. Others may come.
        code: i64,
        /// The server's text, untouched: it may quote a token. `text` does not.
        msg: String,
    },
    /// 8 · WxPusher took the call and accepted none of its targets.
    Rejected {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// What it said of each.
        outcome: SendOutcome,
    },
    /// 9 · The answer is not JSON, has the wrong shape or is larger than 8 MiB.
    InvalidResponse {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// What is wrong, and where.
        reason: String,
    },
    /// 10 · The body is not a WxPusher callback.
    InvalidCallback {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// What is wrong, and where.
        reason: String,
    },
    /// 11 · The entry link is forged, stale or replayed.
    InvalidSignature {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// Why; begins with `unsigned`, `missing`, `malformed`, `forged`, `stale` or `replayed`.
        reason: String,
    },
    /// 12 · The caller stopped the call.
    Cancelled {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
    },
    /// 13 · A bug of this library, for example a panic.
    Internal {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// What happened.
        reason: String,
    },
    /// 14 · The rate limit shared with other processes cannot be used. Nothing was sent.
    RateLimiter {
        /// What to show.
        text: String,
        /// Whether the request reached the server.
        sent: Sent,
        /// Why it cannot be used.
        reason: String,
    },
}

impl From<wxpusher::Error> for WxPusherError {
    fn from(error: wxpusher::Error) -> Self {
        let text = error.to_string();
        let sent = error.sent().into();
        match error.into_kind() {
            wxpusher::ErrorKind::InvalidArgument { field, reason } => {
                WxPusherError::InvalidArgument { text, sent, field: field.to_owned(), reason }
            }
            wxpusher::ErrorKind::Connect { reason } => WxPusherError::Connect { text, sent, reason },
            wxpusher::ErrorKind::Tls { reason } => WxPusherError::Tls { text, sent, reason },
            wxpusher::ErrorKind::Timeout { phase } => WxPusherError::Timeout { text, sent, phase: phase.into() },
            wxpusher::ErrorKind::Transport { reason } => WxPusherError::Transport { text, sent, reason },
            wxpusher::ErrorKind::HttpStatus { status, code, msg } => {
                WxPusherError::HttpStatus { text, sent, status: status.into(), code, msg: msg.raw().to_owned() }
            }
            wxpusher::ErrorKind::Api { code, msg } => {
                WxPusherError::Api { text, sent, code, msg: msg.raw().to_owned() }
            }
            wxpusher::ErrorKind::Rejected { outcome } => {
                WxPusherError::Rejected { text, sent, outcome: outcome.into() }
            }
            wxpusher::ErrorKind::InvalidResponse { reason } => WxPusherError::InvalidResponse { text, sent, reason },
            wxpusher::ErrorKind::InvalidCallback { reason } => WxPusherError::InvalidCallback { text, sent, reason },
            wxpusher::ErrorKind::InvalidSignature { reason } => {
                WxPusherError::InvalidSignature { text, sent, reason: reason.to_string() }
            }
            wxpusher::ErrorKind::Cancelled => WxPusherError::Cancelled { text, sent },
            wxpusher::ErrorKind::Internal { reason } => WxPusherError::Internal { text, sent, reason },
            wxpusher::ErrorKind::RateLimiter { reason } => WxPusherError::RateLimiter { text, sent, reason },
        }
    }
}

impl fmt::Display for WxPusherError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (WxPusherError::InvalidArgument { text, .. }
        | WxPusherError::Connect { text, .. }
        | WxPusherError::Tls { text, .. }
        | WxPusherError::Timeout { text, .. }
        | WxPusherError::Transport { text, .. }
        | WxPusherError::HttpStatus { text, .. }
        | WxPusherError::Api { text, .. }
        | WxPusherError::Rejected { text, .. }
        | WxPusherError::InvalidResponse { text, .. }
        | WxPusherError::InvalidCallback { text, .. }
        | WxPusherError::InvalidSignature { text, .. }
        | WxPusherError::Cancelled { text, .. }
        | WxPusherError::Internal { text, .. }
        | WxPusherError::RateLimiter { text, .. }) = self;
        f.write_str(text)
    }
}

impl std::error::Error for WxPusherError {}
