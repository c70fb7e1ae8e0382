//! Delivery status.

use std::ffi::c_char;

use wxpusher::SendStatus;

use crate::boundary::{get, get_optional, get_text, release};
use crate::c_text::Text;

/// The delivery status of one recipient. WxPusher keeps it for 7 days.
#[derive(Debug)]
pub struct wxpusher_status {
    code: Option<i64>,
    text: Text,
    is_waiting: bool,
}

impl From<SendStatus> for wxpusher_status {
    fn from(status: SendStatus) -> Self {
        let is_waiting = status.is_waiting();
        let SendStatus { code, text } = status;
        Self { code, text: text.into(), is_waiting }
    }
}

/// The server's status number; false if the response has none. Only 1 (waiting to be sent) is documented.
///
/// `value` may be NULL and is unchanged if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_status_code(status: *const wxpusher_status, value: *mut i64) -> bool {
    // SAFETY: the caller keeps the header's rules for `status` and `value`.
    unsafe { get_optional(status, value, |status| status.code) }
}

/// The server's text, for example "等待发送".
///
/// Borrowed from `status`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_status_text(status: *const wxpusher_status, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `status` and `len`.
    unsafe { get_text(status, len, |status| Some(&status.text)) }
}

/// Whether the message still waits to be sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_status_is_waiting(status: *const wxpusher_status) -> bool {
    // SAFETY: the caller keeps the header's rules for `status`.
    unsafe { get(status, |status| status.is_waiting) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_status_free(status: *mut wxpusher_status) {
    // SAFETY: the caller gives up `status`, which is NULL or came from this library.
    unsafe { release(status) }
}
