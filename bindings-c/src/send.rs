//! Sending messages

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::ptr;

use wxpusher::{Client, Config, ContentType, Error, Message, Result, VerifyPayType};

use crate::client::wxpusher_client;
use crate::error::wxpusher_error;
use crate::fallible::{create, status_with_text};
use crate::outcome::{OwnedOutcome, wxpusher_outcome};
use crate::pointer::{NUL_TERMINATED, Request, array, optional_text, request, required, text, texts};

/// Plain text.
pub const WXPUSHER_CONTENT_TEXT: i32 = 1;
/// HTML: the content of `<body>`.
pub const WXPUSHER_CONTENT_HTML: i32 = 2;
/// Markdown.
pub const WXPUSHER_CONTENT_MARKDOWN: i32 = 3;

/// All subscribers.
pub const WXPUSHER_VERIFY_PAY_EVERYONE: i32 = 0;
/// Only subscribers whose paid subscription is valid.
pub const WXPUSHER_VERIFY_PAY_PAID: i32 = 1;
/// Only subscribers without a valid paid subscription.
pub const WXPUSHER_VERIFY_PAY_UNPAID: i32 = 2;

/// A message to users and topics. Initialise it with WXPUSHER_MESSAGE_INIT, set the fields that you need, and send it any number
/// of times.
///
/// A text field is a C string, unless its length says otherwise: WXPUSHER_MESSAGE_INIT sets the lengths to
/// WXPUSHER_NUL_TERMINATED. The library copies what it needs.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct wxpusher_message {
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
    /// The UID of a user to send to; NULL: none. In addition to `uids`.
    pub uid: *const c_char,
    /// Its length in bytes.
    pub uid_len: usize,
    /// The UIDs of users to send to, at most 2000; NULL if `uids_len` is 0.
    pub uids: *const *const c_char,
    /// Their lengths in bytes; NULL: all are C strings.
    pub uid_lens: *const usize,
    /// Their number.
    pub uids_len: usize,
    /// The ids of topics to send to, at most 5; NULL if `topic_ids_len` is 0.
    pub topic_ids: *const i64,
    /// Their number.
    pub topic_ids_len: usize,
    /// The id of a topic to send to; 0: none. In addition to `topic_ids`.
    pub topic_id: i64,
    /// WXPUSHER_CONTENT_…
    pub content_type: i32,
    /// Which subscribers of a paid app receive it: WXPUSHER_VERIFY_PAY_…; -1: not set.
    pub verify_pay_type: i32,
    /// The form of 2022: 1 is WXPUSHER_VERIFY_PAY_PAID, 0 is WXPUSHER_VERIFY_PAY_EVERYONE; -1: not set. Must not be combined with
    /// `verify_pay_type`.
    pub verify_pay: i32,
    /// Zero.
    pub reserved: i32,
}

// SAFETY: `repr(C)`, the size first, only integers and raw pointers.
unsafe impl Request for wxpusher_message {
    const ABSENT: Self = Self {
        size: 0,
        content: ptr::null(),
        content_len: NUL_TERMINATED,
        summary: ptr::null(),
        summary_len: NUL_TERMINATED,
        url: ptr::null(),
        url_len: NUL_TERMINATED,
        uid: ptr::null(),
        uid_len: NUL_TERMINATED,
        uids: ptr::null(),
        uid_lens: ptr::null(),
        uids_len: 0,
        topic_ids: ptr::null(),
        topic_ids_len: 0,
        topic_id: 0,
        content_type: WXPUSHER_CONTENT_TEXT,
        verify_pay_type: -1,
        verify_pay: -1,
        reserved: 0,
    };
}

/// Reads a message.
///
/// # Safety
/// The caller keeps the header's rules for `message` and its fields.
pub(crate) unsafe fn message(message: *const wxpusher_message) -> Result<Message> {
    // SAFETY: the caller's promise is passed on.
    let (message, content, summary, url, uid, uids, topic_ids) = unsafe {
        let message = request(message, "message")?;
        (
            message,
            text(message.content, message.content_len, "content")?,
            optional_text(message.summary, message.summary_len, "summary")?,
            optional_text(message.url, message.url_len, "url")?,
            optional_text(message.uid, message.uid_len, "uids")?,
            texts(message.uids, message.uid_lens, message.uids_len, "uids")?,
            array(message.topic_ids, message.topic_ids_len, "topic_ids")?,
        )
    };
    let verify_pay = match message.verify_pay {
        -1 => None,
        0 => Some(false),
        1 => Some(true),
        other => return Err(Error::invalid_argument("verify_pay", format!("must be -1, 0 or 1 (got {other})"))),
    };
    let verify_pay_type = match message.verify_pay_type {
        -1 => None,
        number => Some(VerifyPayType::from_number(number).ok_or_else(|| {
            Error::invalid_argument("verify_pay_type", format!("must be -1 or WXPUSHER_VERIFY_PAY_… (got {number})"))
        })?),
    };
    let one_topic = (message.topic_id != 0).then_some(message.topic_id);
    Ok(Message {
        content: content.to_owned(),
        content_type: content_type(message.content_type)?,
        summary: summary.map(str::to_owned),
        url: url.map(str::to_owned),
        uids: uid.into_iter().chain(uids).map(str::to_owned).collect(),
        topic_ids: one_topic.into_iter().chain(topic_ids.iter().copied()).collect(),
        verify_pay_type: VerifyPayType::resolve(verify_pay, verify_pay_type)?,
    })
}

/// Reads a content type.
pub(crate) fn content_type(number: i32) -> Result<ContentType> {
    ContentType::from_number(number).ok_or_else(|| {
        Error::invalid_argument("content_type", format!("must be one of WXPUSHER_CONTENT_… (got {number})"))
    })
}

/// Sends a message. The library retries it only if no part of the request has left the machine.
///
/// `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if the
/// message exceeds a limit or has no recipient, WXPUSHER_ERROR_REJECTED if no recipient was accepted, and those of the network
/// and the server. If only some recipients were accepted, there is no error: see `failed`, or wxpusher_outcome_ensure_all.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_send(
    client: Option<&wxpusher_client>,
    message: *const wxpusher_message,
    outcome: Option<&mut MaybeUninit<*mut wxpusher_outcome>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedOutcome>(outcome, "outcome", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `message`.
        Ok(client.0.send(&unsafe { self::message(message) }?)?.into())
    })
}

/// Sends plain text to one recipient by the GET interface, which puts the token into the URL. Prefer wxpusher_client_send.
///
/// `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send, and
/// WXPUSHER_ERROR_INVALID_ARGUMENT for more than one recipient or a content that is not plain text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_send_by_get(
    client: Option<&wxpusher_client>,
    message: *const wxpusher_message,
    outcome: Option<&mut MaybeUninit<*mut wxpusher_outcome>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedOutcome>(outcome, "outcome", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `message`.
        Ok(client.0.send_by_get(&unsafe { self::message(message) }?)?.into())
    })
}

/// Sends plain text to one user: the whole library as one function without structs, for languages that call DLLs.
///
/// All texts are C strings in UTF-8. WXPUSHER_BASE_URL applies, as for wxpusher_config_from_env. `buffer`, which may be NULL,
/// receives the error's text, at most `size` bytes with the NUL at its end, or an empty text. Each call opens its own
/// connection. Any thread. Errors: as wxpusher_client_send; WXPUSHER_ERROR_INVALID_ARGUMENT for a text that is not UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_send_text(
    app_token: *const c_char,
    uid: *const c_char,
    content: *const c_char,
    buffer: *mut c_char,
    size: usize,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for all texts and for `buffer`.
    unsafe {
        status_with_text(buffer, size, || {
            let app_token = text(app_token, NUL_TERMINATED, "app_token")?;
            let uid = text(uid, NUL_TERMINATED, "uid")?;
            send_text(app_token, uid, text(content, NUL_TERMINATED, "content")?)
        })
    }
}

pub(crate) fn send_text(app_token: &str, uid: &str, content: &str) -> Result<()> {
    let client = Client::with_config(Config::from_env()?.app_token(app_token))?;
    client.send(&Message::text(content).uid(uid))?.ensure_all()
}
