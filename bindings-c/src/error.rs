//! Errors

use std::ffi::{CStr, c_char};

use wxpusher::{Error, ErrorKind, Sent};

use crate::boundary::{release_result, static_text};
use crate::outcome::{OutcomeMemory, OwnedOutcome, wxpusher_outcome};
use crate::owned::{Nested, Owned, Texts};

/// No error.
pub const WXPUSHER_OK: i32 = 0;
/// An argument was refused locally, before anything was sent; has `field` and `reason`.
pub const WXPUSHER_ERROR_INVALID_ARGUMENT: i32 = 1;
/// The host was not found, refused the connection or cannot be reached; has `reason`.
pub const WXPUSHER_ERROR_CONNECT: i32 = 2;
/// The TLS handshake failed, or the certificate is not trusted; has `reason`.
pub const WXPUSHER_ERROR_TLS: i32 = 3;
/// The connect timeout or the total timeout ran out; has `phase`.
pub const WXPUSHER_ERROR_TIMEOUT: i32 = 4;
/// The connection broke; has `reason`.
pub const WXPUSHER_ERROR_TRANSPORT: i32 = 5;
/// The HTTP status is not 2xx; has `http_status` and `msg`, and `code` if the body is WxPusher's JSON.
pub const WXPUSHER_ERROR_HTTP_STATUS: i32 = 6;
/// The code of the response is not 1000; has `code` and `msg`.
pub const WXPUSHER_ERROR_API: i32 = 7;
/// WxPusher accepted none of the recipients (or, from wxpusher_outcome_ensure_all, not all); has `outcome`.
pub const WXPUSHER_ERROR_REJECTED: i32 = 8;
/// The response is not JSON, has the wrong shape or is too large; has `reason`.
pub const WXPUSHER_ERROR_INVALID_RESPONSE: i32 = 9;
/// The body is not a WxPusher callback; has `reason`.
pub const WXPUSHER_ERROR_INVALID_CALLBACK: i32 = 10;
/// The entry link is forged, stale or replayed; has `reason`.
pub const WXPUSHER_ERROR_INVALID_SIGNATURE: i32 = 11;
/// The caller cancelled the call.
pub const WXPUSHER_ERROR_CANCELLED: i32 = 12;
/// A bug in this library; has `reason`.
pub const WXPUSHER_ERROR_INTERNAL: i32 = 13;
/// The rate limit shared with other processes cannot be used; has `reason`. Nothing was sent.
pub const WXPUSHER_ERROR_RATE_LIMITER: i32 = 14;

/// No byte of the request left this machine: sending again cannot deliver twice.
pub const WXPUSHER_SENT_NO: i32 = 0;
/// At least a part of the request left this machine, and no response came: the server may have carried it out.
pub const WXPUSHER_SENT_MAYBE: i32 = 1;
/// The server responded.
pub const WXPUSHER_SENT_YES: i32 = 2;

/// The reason why a call failed. Its texts contain no token and no SPT, except `msg`.
#[repr(C)]
pub struct wxpusher_error {
    /// The kind of error: WXPUSHER_ERROR_…, the value that the failed function returned.
    pub number: i32,
    /// Whether the request reached the server: WXPUSHER_SENT_…
    pub sent: i32,
    /// The HTTP status that is not 2xx; 0: none.
    pub http_status: i32,
    /// Whether the call can be repeated: nothing was delivered, and a repetition can succeed.
    pub retry_is_safe: bool,
    /// Whether the server refused the call because of its rate limit: HTTP status 429. WxPusher documents no other sign.
    pub is_rate_limited: bool,
    /// Whether `code` is present.
    pub has_code: bool,
    /// WxPusher's code.
    pub code: i64,
    /// The error as one sentence.
    pub text: *const c_char,
    /// Its length.
    pub text_len: usize,
    /// The name of the argument that was refused; NULL: none.
    pub field: *const c_char,
    /// What is wrong, and what is allowed; NULL: none.
    pub reason: *const c_char,
    /// The length of the reason.
    pub reason_len: usize,
    /// What a timeout interrupted: "resolve", "connect", "tls", "send" or "receive"; NULL: no timeout.
    pub phase: *const c_char,
    /// WxPusher's text, or the first 500 characters of the body of an HTTP error; NULL: none. It may quote a token: show `text`
    /// instead.
    pub msg: *const c_char,
    /// Its length.
    pub msg_len: usize,
    /// The result for each recipient, if none was accepted; NULL: none. It belongs to the error.
    pub outcome: *const wxpusher_outcome,
    /// Zero.
    pub reserved: [i64; 4],
}

const NAMES: [&CStr; 15] = [
    c"ok",
    c"invalid_argument",
    c"connect",
    c"tls",
    c"timeout",
    c"transport",
    c"http_status",
    c"api",
    c"rejected",
    c"invalid_response",
    c"invalid_callback",
    c"invalid_signature",
    c"cancelled",
    c"internal",
    c"rate_limiter",
];

pub(crate) type OwnedError = Owned<wxpusher_error, ErrorMemory>;

pub(crate) struct ErrorMemory {
    _texts: Texts,
    _outcome: Nested<wxpusher_outcome, OutcomeMemory>,
}

/// What the kinds carry, each its own.
#[derive(Default)]
struct Details {
    field: Option<String>,
    reason: Option<String>,
    phase: Option<String>,
    status: i32,
    code: Option<i64>,
    msg: Option<String>,
    outcome: Option<OwnedOutcome>,
}

impl From<Error> for OwnedError {
    fn from(error: Error) -> Self {
        let mut texts = Texts::default();
        let sent = match error.sent() {
            Sent::No => WXPUSHER_SENT_NO,
            Sent::Maybe => WXPUSHER_SENT_MAYBE,
            Sent::Yes => WXPUSHER_SENT_YES,
        };
        let (number, retry_is_safe, is_rate_limited) = (error.number(), error.retry_is_safe(), error.is_rate_limited());
        let (text, text_len) = texts.add(error.to_string());
        let Details { field, reason, phase, status, code, msg, outcome } = error.into_kind().into();
        let (field, _) = texts.add_optional(field);
        let (reason, reason_len) = texts.add_optional(reason);
        let (phase, _) = texts.add_optional(phase);
        let (msg, msg_len) = texts.add_optional(msg);
        let outcome = Nested::new(outcome);
        let public = wxpusher_error {
            number,
            sent,
            http_status: status,
            retry_is_safe,
            is_rate_limited,
            has_code: code.is_some(),
            code: code.unwrap_or(0),
            text,
            text_len,
            field,
            reason,
            reason_len,
            phase,
            msg,
            msg_len,
            outcome: outcome.pointer(),
            reserved: [0; 4],
        };
        Self::new(public, ErrorMemory { _texts: texts, _outcome: outcome })
    }
}

impl From<ErrorKind> for Details {
    fn from(kind: ErrorKind) -> Self {
        let none = Self::default();
        match kind {
            ErrorKind::InvalidArgument { field, reason } => {
                Self { field: Some(field.into()), reason: Some(reason), ..none }
            }
            ErrorKind::Connect { reason }
            | ErrorKind::Tls { reason }
            | ErrorKind::Transport { reason }
            | ErrorKind::InvalidResponse { reason }
            | ErrorKind::InvalidCallback { reason }
            | ErrorKind::Internal { reason }
            | ErrorKind::RateLimiter { reason } => Self { reason: Some(reason), ..none },
            ErrorKind::InvalidSignature { reason } => Self { reason: Some(reason.to_string()), ..none },
            ErrorKind::Timeout { phase } => Self { phase: Some(phase.as_str().into()), ..none },
            ErrorKind::HttpStatus { status, code, msg } => {
                Self { status: i32::from(status), code, msg: Some(msg.raw().into()), ..none }
            }
            ErrorKind::Api { code, msg } => Self { code: Some(code), msg: Some(msg.raw().into()), ..none },
            ErrorKind::Rejected { outcome } => Self { outcome: Some(outcome.into()), ..none },
            ErrorKind::Cancelled => none,
        }
    }
}

fn name_of(number: i32) -> &'static CStr {
    usize::try_from(number).ok().and_then(|number| NAMES.get(number).copied()).unwrap_or(c"unknown")
}

/// Returns the name of a kind of error, for example "invalid_argument"; "ok" for 0, "unknown" for a number that is no kind.
///
/// The text is static. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_error_kind_name(number: i32) -> *const c_char {
    static_text(|| name_of(number))
}

/// Frees an error. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_free(error: *mut wxpusher_error) {
    // SAFETY: the caller gives up `error`, which is NULL or came from this library.
    unsafe { release_result::<OwnedError>(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_core() {
        assert_eq!(NAMES.len(), ErrorKind::ALL.len() + 1);
        for (number, name) in ErrorKind::ALL {
            assert_eq!(name_of(number).to_str(), Ok(name));
        }
        assert_eq!(name_of(15), c"unknown");
        assert_eq!(name_of(-1), c"unknown");
    }
}
