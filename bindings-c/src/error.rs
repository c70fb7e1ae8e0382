//! The one list of what can go wrong, as C sees it.

use std::ffi::{CStr, c_char};

use wxpusher::{Error, ErrorKind, Sent};

use crate::boundary::{call, get, get_optional, get_text, release};
use crate::c_text::Text;
use crate::outcome::wxpusher_outcome;
use crate::pointer::address_of;

/// It worked.
pub const WXPUSHER_OK: i32 = 0;
/// Refused here, before anything was sent; has a field and a reason.
pub const WXPUSHER_ERROR_INVALID_ARGUMENT: i32 = 1;
/// The host was not found, refused the connection or cannot be reached.
pub const WXPUSHER_ERROR_CONNECT: i32 = 2;
/// The TLS handshake failed, or the certificate is not to be trusted.
pub const WXPUSHER_ERROR_TLS: i32 = 3;
/// The connect timeout or the total timeout ran out; has a phase.
pub const WXPUSHER_ERROR_TIMEOUT: i32 = 4;
/// The connection broke.
pub const WXPUSHER_ERROR_TRANSPORT: i32 = 5;
/// The HTTP status is not 2xx; has the status, the code if the body is WxPusher's JSON, and a text.
pub const WXPUSHER_ERROR_HTTP_STATUS: i32 = 6;
/// The envelope's code is not 1000; has a code and the server's text.
pub const WXPUSHER_ERROR_API: i32 = 7;
/// WxPusher took the call and accepted none of its targets; has an outcome.
pub const WXPUSHER_ERROR_REJECTED: i32 = 8;
/// The answer is not JSON, has the wrong shape or is larger than 8 MiB.
pub const WXPUSHER_ERROR_INVALID_RESPONSE: i32 = 9;
/// The body is not a WxPusher callback.
pub const WXPUSHER_ERROR_INVALID_CALLBACK: i32 = 10;
/// The entry link is forged, stale or replayed; has a reason.
pub const WXPUSHER_ERROR_INVALID_SIGNATURE: i32 = 11;
/// The caller stopped the call.
pub const WXPUSHER_ERROR_CANCELLED: i32 = 12;
/// A bug of this library.
pub const WXPUSHER_ERROR_INTERNAL: i32 = 13;
/// The rate limit shared with other processes cannot be used; has a reason. Nothing was sent.
pub const WXPUSHER_ERROR_RATE_LIMITER: i32 = 14;

/// No byte of the request left this machine: sending again cannot deliver twice.
pub const WXPUSHER_SENT_NO: i32 = 0;
/// The request, or a part of it, went out and no answer came: it may have been carried out.
pub const WXPUSHER_SENT_MAYBE: i32 = 1;
/// The server answered.
pub const WXPUSHER_SENT_YES: i32 = 2;

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

/// Why a call failed. Holds no token and no SPT in any of its texts but wxpusher_error_msg.
#[derive(Debug)]
pub struct wxpusher_error {
    number: i32,
    sent: i32,
    retry_is_safe: bool,
    is_rate_limited: bool,
    text: Text,
    carried: Carried,
}

/// What the kinds carry, each its own.
#[derive(Debug, Default)]
struct Carried {
    field: Option<Text>,
    reason: Option<Text>,
    phase: Option<Text>,
    status: i32,
    code: Option<i64>,
    msg: Option<Text>,
    outcome: Option<wxpusher_outcome>,
}

impl From<Error> for wxpusher_error {
    fn from(error: Error) -> Self {
        let sent = match error.sent() {
            Sent::No => WXPUSHER_SENT_NO,
            Sent::Maybe => WXPUSHER_SENT_MAYBE,
            Sent::Yes => WXPUSHER_SENT_YES,
        };
        Self {
            number: error.number(),
            sent,
            retry_is_safe: error.retry_is_safe(),
            is_rate_limited: error.is_rate_limited(),
            text: error.to_string().into(),
            carried: error.into_kind().into(),
        }
    }
}

impl From<ErrorKind> for Carried {
    fn from(kind: ErrorKind) -> Self {
        let none = Self::default();
        match kind {
            ErrorKind::InvalidArgument { field, reason } => {
                Self { field: Some(field.into()), reason: Some(reason.into()), ..none }
            }
            ErrorKind::Connect { reason }
            | ErrorKind::Tls { reason }
            | ErrorKind::Transport { reason }
            | ErrorKind::InvalidResponse { reason }
            | ErrorKind::InvalidCallback { reason }
            | ErrorKind::Internal { reason }
            | ErrorKind::RateLimiter { reason } => Self { reason: Some(reason.into()), ..none },
            ErrorKind::InvalidSignature { reason } => Self { reason: Some(reason.to_string().into()), ..none },
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

/// The name of a status number, for example "invalid_argument"; "ok" for 0 and "unknown" for a number that is none.
///
/// Lives for ever. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_error_kind_name(number: i32) -> *const c_char {
    call(|| name_of(number).as_ptr())
}

/// The kind as a number, the same that the failed function returned: one of WXPUSHER_ERROR_…
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_number(error: *const wxpusher_error) -> i32 {
    // SAFETY: the caller keeps the header's rules for `error`.
    unsafe { get(error, |error| error.number) }
}

/// The kind as a name, for example "invalid_argument".
///
/// Lives for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_kind(error: *const wxpusher_error) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `error`.
    unsafe { get(error, |error| name_of(error.number).as_ptr()) }
}

/// Did the request reach the server? One of WXPUSHER_SENT_…: what to know before sending again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_sent(error: *const wxpusher_error) -> i32 {
    // SAFETY: the caller keeps the header's rules for `error`.
    unsafe { get(error, |error| error.sent) }
}

/// Whether the call can be repeated: nothing was delivered, and a repetition can succeed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_retry_is_safe(error: *const wxpusher_error) -> bool {
    // SAFETY: the caller keeps the header's rules for `error`.
    unsafe { get(error, |error| error.retry_is_safe) }
}

/// Whether the server refused the call because of its rate limit: HTTP status 429. WxPusher documents no other sign.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_is_rate_limited(error: *const wxpusher_error) -> bool {
    // SAFETY: the caller keeps the header's rules for `error`.
    unsafe { get(error, |error| error.is_rate_limited) }
}

/// The error as one sentence.
///
/// Borrowed from `error`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_text(error: *const wxpusher_error, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `error` and `len`.
    unsafe { get_text(error, len, |error| Some(&error.text)) }
}

/// The argument that was refused, by its name in this library; NULL when it was not about one.
///
/// Borrowed from `error`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_field(error: *const wxpusher_error, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `error` and `len`.
    unsafe { get_text(error, len, |error| error.carried.field.as_ref()) }
}

/// What is wrong, in words; NULL when the kind says it all.
///
/// Borrowed from `error`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_reason(error: *const wxpusher_error, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `error` and `len`.
    unsafe { get_text(error, len, |error| error.carried.reason.as_ref()) }
}

/// What a timeout interrupted: "resolve", "connect", "tls", "send" or "receive"; NULL when it was no timeout.
///
/// Borrowed from `error`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_phase(error: *const wxpusher_error, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `error` and `len`.
    unsafe { get_text(error, len, |error| error.carried.phase.as_ref()) }
}

/// The HTTP status that is not a 2xx; 0 when it was not about one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_http_status(error: *const wxpusher_error) -> i32 {
    // SAFETY: the caller keeps the header's rules for `error`.
    unsafe { get(error, |error| error.carried.status) }
}

/// WxPusher's code; false if the response has none.
///
/// `value` may be NULL and is left alone when there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_code(error: *const wxpusher_error, value: *mut i64) -> bool {
    // SAFETY: the caller keeps the header's rules for `error` and `value`.
    unsafe { get_optional(error, value, |error| error.carried.code) }
}

/// WxPusher's text, or the first 500 characters of the body of an HTTP error: it may quote a token, so show
/// wxpusher_error_text instead. NULL if there is none.
///
/// Borrowed from `error`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_msg(error: *const wxpusher_error, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `error` and `len`.
    unsafe { get_text(error, len, |error| error.carried.msg.as_ref()) }
}

/// What became of each target when none was accepted; NULL when it was not about that.
///
/// Borrowed from `error`: do not free it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_outcome(error: *const wxpusher_error) -> *const wxpusher_outcome {
    // SAFETY: the caller keeps the header's rules for `error`.
    unsafe { get(error, |error| address_of(error.carried.outcome.as_ref())) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_error_free(error: *mut wxpusher_error) {
    // SAFETY: the caller gives up `error`, which is NULL or came from this library.
    unsafe { release(error) }
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
