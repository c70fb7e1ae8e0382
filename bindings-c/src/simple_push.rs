//! Simple pushes, which need no app

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::ptr;

use wxpusher::{Result, SimplePush, Spt};

use crate::client::wxpusher_client;
use crate::error::wxpusher_error;
use crate::fallible::create;
use crate::outcome::{OwnedOutcome, wxpusher_outcome};
use crate::pointer::{NUL_TERMINATED, Request, optional_text, request, required, text, texts};
use crate::send::{WXPUSHER_CONTENT_TEXT, content_type};

/// A message to users who are known by their simple push tokens (SPTs). Initialise it with WXPUSHER_SIMPLE_PUSH_INIT. Text fields
/// are as in wxpusher_message.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct wxpusher_simple_push {
    /// The size of this struct.
    pub size: usize,
    /// The content: 1 to 40000 characters, at most 65535 bytes.
    pub content: *const c_char,
    /// Its length in bytes.
    pub content_len: usize,
    /// The text in the chat list, at most 100 characters; NULL: the beginning of the content.
    pub summary: *const c_char,
    /// Its length in bytes.
    pub summary_len: usize,
    /// The link to the original, at most 1000 characters; NULL: none.
    pub url: *const c_char,
    /// Its length in bytes.
    pub url_len: usize,
    /// The SPT of a user to send to; NULL: none. In addition to `spts`.
    pub spt: *const c_char,
    /// Its length in bytes.
    pub spt_len: usize,
    /// The SPTs of users to send to; NULL if `spts_len` is 0. More than 10 are sent in several calls.
    pub spts: *const *const c_char,
    /// Their lengths in bytes; NULL: all are C strings.
    pub spt_lens: *const usize,
    /// Their number.
    pub spts_len: usize,
    /// WXPUSHER_CONTENT_…
    pub content_type: i32,
    /// Zero.
    pub reserved: i32,
}

// SAFETY: `repr(C)`, the size first, only integers and raw pointers.
unsafe impl Request for wxpusher_simple_push {
    const ABSENT: Self = Self {
        size: 0,
        content: ptr::null(),
        content_len: NUL_TERMINATED,
        summary: ptr::null(),
        summary_len: NUL_TERMINATED,
        url: ptr::null(),
        url_len: NUL_TERMINATED,
        spt: ptr::null(),
        spt_len: NUL_TERMINATED,
        spts: ptr::null(),
        spt_lens: ptr::null(),
        spts_len: 0,
        content_type: WXPUSHER_CONTENT_TEXT,
        reserved: 0,
    };
}

/// # Safety
/// The caller keeps the header's rules for `simple_push` and its fields.
unsafe fn simple_push(simple_push: *const wxpusher_simple_push) -> Result<SimplePush> {
    // SAFETY: the caller's promise is passed on.
    unsafe {
        let push = request(simple_push, "simple_push")?;
        let spt = optional_text(push.spt, push.spt_len, "spts")?;
        let spts = texts(push.spts, push.spt_lens, push.spts_len, "spts")?;
        Ok(SimplePush {
            content: text(push.content, push.content_len, "content")?.to_owned(),
            content_type: content_type(push.content_type)?,
            summary: optional_text(push.summary, push.summary_len, "summary")?.map(str::to_owned),
            url: optional_text(push.url, push.url_len, "url")?.map(str::to_owned),
            spts: spt.into_iter().chain(spts).map(Spt::from).collect(),
        })
    }
}

/// Sends a simple push. Needs no app token.
///
/// `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_simple_push(
    client: Option<&wxpusher_client>,
    simple_push: *const wxpusher_simple_push,
    outcome: Option<&mut MaybeUninit<*mut wxpusher_outcome>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedOutcome>(outcome, "outcome", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `simple_push`.
        Ok(client.0.simple_push(&unsafe { self::simple_push(simple_push) }?)?.into())
    })
}

/// Sends plain text to one SPT by the GET interface, which puts the SPT into the URL. Prefer wxpusher_client_simple_push.
///
/// `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_simple_push_by_get(
    client: Option<&wxpusher_client>,
    spt: *const c_char,
    spt_len: usize,
    content: *const c_char,
    content_len: usize,
    outcome: Option<&mut MaybeUninit<*mut wxpusher_outcome>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedOutcome>(outcome, "outcome", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `spt` and `content`.
        let (spt, content) = unsafe { (text(spt, spt_len, "spts")?, text(content, content_len, "content")?) };
        Ok(client.0.simple_push_by_get(spt, content)?.into())
    })
}
