//! QR codes with a parameter

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::time::Duration;

use wxpusher::Qrcode;

use crate::boundary::release_result;
use crate::client::wxpusher_client;
use crate::error::wxpusher_error;
use crate::fallible::{create, create_optional};
use crate::owned::{Owned, Texts};
use crate::pointer::{required, text};
use crate::text::{OwnedText, wxpusher_text};

/// A QR code that carries a parameter. All texts are terminated by NUL.
#[repr(C)]
pub struct wxpusher_qrcode {
    /// The code, for wxpusher_client_query_scan_uid and wxpusher_client_wait_for_scan.
    pub code: *const c_char,
    /// Its length.
    pub code_len: usize,
    /// The URL of the image.
    pub url: *const c_char,
    /// Its length.
    pub url_len: usize,
    /// The URL that the image encodes; NULL: none.
    pub short_url: *const c_char,
    /// Its length.
    pub short_url_len: usize,
    /// The parameter; NULL: none.
    pub extra: *const c_char,
    /// Its length.
    pub extra_len: usize,
    /// The time at which the code expires, in milliseconds since the epoch, by the server's clock.
    pub expires: i64,
    /// Zero.
    pub reserved: [i64; 4],
}

pub(crate) type OwnedQrcode = Owned<wxpusher_qrcode, Texts>;

impl From<Qrcode> for OwnedQrcode {
    fn from(qrcode: Qrcode) -> Self {
        let Qrcode { code, url, short_url, extra, expires } = qrcode;
        let mut texts = Texts::default();
        let (code, code_len) = texts.add(code);
        let (url, url_len) = texts.add(url);
        let (short_url, short_url_len) = texts.add_optional(short_url);
        let (extra, extra_len) = texts.add_optional(extra);
        let public = wxpusher_qrcode {
            code,
            code_len,
            url,
            url_len,
            short_url,
            short_url_len,
            extra,
            extra_len,
            expires,
            reserved: [0; 4],
        };
        Self::new(public, texts)
    }
}

/// Creates a QR code that carries `extra` (1 to 64 characters) and is valid for `*valid_time` seconds: 1 to 2592000 (30 days),
/// 1800 if it is NULL.
///
/// `*qrcode` is the caller's to free with wxpusher_qrcode_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if an
/// argument exceeds a limit, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_create_qrcode(
    client: Option<&wxpusher_client>,
    extra: *const c_char,
    extra_len: usize,
    valid_time: Option<&u32>,
    qrcode: Option<&mut MaybeUninit<*mut wxpusher_qrcode>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedQrcode>(qrcode, "qrcode", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `extra`.
        let extra = unsafe { text(extra, extra_len, "extra") }?;
        Ok(client.0.create_qrcode(extra, valid_time.copied())?.into())
    })
}

/// Frees a QR code. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_qrcode_free(qrcode: *mut wxpusher_qrcode) {
    // SAFETY: the caller gives up `qrcode`, which is NULL or came from this library.
    unsafe { release_result::<OwnedQrcode>(qrcode) }
}

/// Returns the UID of the user who scanned the code last; NULL in `*uid` if it was not scanned yet. Except against this machine,
/// the call first waits until 10 s have passed since the last poll of this code in this process: WxPusher bans accounts that
/// poll faster.
///
/// `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_API for an unknown or expired code,
/// and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_query_scan_uid(
    client: Option<&wxpusher_client>,
    code: *const c_char,
    code_len: usize,
    uid: Option<&mut MaybeUninit<*mut wxpusher_text>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create_optional::<OwnedText>(uid, "uid", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `code`.
        let code = unsafe { text(code, code_len, "code") }?;
        Ok(client.0.query_scan_uid(code)?.map(Into::into))
    })
}

/// Polls every 10 s until the code is scanned or `timeout_ms` milliseconds are over, and returns the UID of the user who scanned
/// it; NULL in `*uid` after the timeout. Transient errors do not end the wait, unless the last poll fails.
///
/// `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_API for an unknown or expired code,
/// WXPUSHER_ERROR_CANCELLED, and the error of the last poll.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_wait_for_scan(
    client: Option<&wxpusher_client>,
    code: *const c_char,
    code_len: usize,
    timeout_ms: u64,
    uid: Option<&mut MaybeUninit<*mut wxpusher_text>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create_optional::<OwnedText>(uid, "uid", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `code`.
        let code = unsafe { text(code, code_len, "code") }?;
        Ok(client.0.wait_for_scan(code, Duration::from_millis(timeout_ms))?.map(Into::into))
    })
}
