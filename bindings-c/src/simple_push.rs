//! Messages to people known only by their simple push tokens.

use std::ffi::c_char;

use wxpusher::{SimplePush, Spt};

use crate::boundary::release;
use crate::error::wxpusher_error;
use crate::fallible::{create, status};
use crate::message::content_type;
use crate::pointer::{exclusive, text};

/// A message to people known only by their simple push tokens; it needs no app.
#[derive(Debug)]
pub struct wxpusher_simple_push(pub(crate) SimplePush);

/// Makes a simple push: `content_type` is one of WXPUSHER_CONTENT_…, `content` 1 to 40000 characters and at most
/// 65535 bytes (checked when it is sent).
///
/// `*simple_push` is the caller's to free with wxpusher_simple_push_free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_simple_push_new(
    content_type: i32,
    content: *const c_char,
    content_len: usize,
    simple_push: *mut *mut wxpusher_simple_push,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `content`, `simple_push` and `error`.
    unsafe {
        create(simple_push, "simple_push", error, || {
            let content_type = self::content_type(content_type)?;
            let content = text(content, content_len, "content")?.to_owned();
            Ok(wxpusher_simple_push(SimplePush { content, content_type, ..SimplePush::default() }))
        })
    }
}

/// Sets what the chat list shows, at most 100 characters; without it WxPusher takes the beginning of the content.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_simple_push_set_summary(
    simple_push: *mut wxpusher_simple_push,
    summary: *const c_char,
    summary_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `simple_push`, `summary` and `error`.
    unsafe {
        status(error, || {
            let simple_push = exclusive(simple_push, "simple_push")?;
            let summary = text(summary, summary_len, "summary")?;
            simple_push.0.summary = Some(summary.to_owned());
            Ok(())
        })
    }
}

/// Sets the link to the original, at most 1000 characters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_simple_push_set_url(
    simple_push: *mut wxpusher_simple_push,
    url: *const c_char,
    url_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `simple_push`, `url` and `error`.
    unsafe {
        status(error, || {
            let simple_push = exclusive(simple_push, "simple_push")?;
            let url = text(url, url_len, "url")?;
            simple_push.0.url = Some(url.to_owned());
            Ok(())
        })
    }
}

/// Adds somebody to reach; at most 10 in all.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_simple_push_add_spt(
    simple_push: *mut wxpusher_simple_push,
    spt: *const c_char,
    spt_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `simple_push`, `spt` and `error`.
    unsafe {
        status(error, || {
            let simple_push = exclusive(simple_push, "simple_push")?;
            let spt = text(spt, spt_len, "spts")?;
            simple_push.0.spts.push(Spt::from(spt));
            Ok(())
        })
    }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_simple_push_free(simple_push: *mut wxpusher_simple_push) {
    // SAFETY: the caller gives up `simple_push`, which is NULL or came from this library.
    unsafe { release(simple_push) }
}
