//! Parameterised QR codes.

use std::ffi::c_char;

use wxpusher::Qrcode;

use crate::boundary::{get, get_text, release};
use crate::c_text::Text;

/// A QR code that tells its scanners apart by what it carries.
#[derive(Debug)]
pub struct wxpusher_qrcode {
    code: Text,
    url: Text,
    short_url: Option<Text>,
    extra: Option<Text>,
    expires: i64,
}

impl From<Qrcode> for wxpusher_qrcode {
    fn from(qrcode: Qrcode) -> Self {
        let Qrcode { code, url, short_url, extra, expires } = qrcode;
        Self {
            code: code.into(),
            url: url.into(),
            short_url: short_url.map(Into::into),
            extra: extra.map(Into::into),
            expires,
        }
    }
}

/// What wxpusher_client_query_scan_uid and wxpusher_client_wait_for_scan take.
///
/// Borrowed from `qrcode`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_qrcode_code(qrcode: *const wxpusher_qrcode, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `qrcode` and `len`.
    unsafe { get_text(qrcode, len, |qrcode| Some(&qrcode.code)) }
}

/// The picture.
///
/// Borrowed from `qrcode`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_qrcode_url(qrcode: *const wxpusher_qrcode, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `qrcode` and `len`.
    unsafe { get_text(qrcode, len, |qrcode| Some(&qrcode.url)) }
}

/// A short link to the same; NULL when there is none.
///
/// Borrowed from `qrcode`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_qrcode_short_url(qrcode: *const wxpusher_qrcode, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `qrcode` and `len`.
    unsafe { get_text(qrcode, len, |qrcode| qrcode.short_url.as_ref()) }
}

/// What it carries; NULL when the server did not repeat it.
///
/// Borrowed from `qrcode`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_qrcode_extra(qrcode: *const wxpusher_qrcode, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `qrcode` and `len`.
    unsafe { get_text(qrcode, len, |qrcode| qrcode.extra.as_ref()) }
}

/// When it expires, in milliseconds since the epoch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_qrcode_expires(qrcode: *const wxpusher_qrcode) -> i64 {
    // SAFETY: the caller keeps the header's rules for `qrcode`.
    unsafe { get(qrcode, |qrcode| qrcode.expires) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_qrcode_free(qrcode: *mut wxpusher_qrcode) {
    // SAFETY: the caller gives up `qrcode`, which is NULL or came from this library.
    unsafe { release(qrcode) }
}
