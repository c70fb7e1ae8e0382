//! Messages to users and topics.

use std::ffi::c_char;

use wxpusher::{ContentType, Error, Message, Result, VerifyPayType};

use crate::boundary::release;
use crate::error::wxpusher_error;
use crate::fallible::{create, status};
use crate::pointer::{exclusive, text, texts};

/// Plain text.
pub const WXPUSHER_CONTENT_TEXT: i32 = 1;
/// HTML: what goes inside `<body>`.
pub const WXPUSHER_CONTENT_HTML: i32 = 2;
/// Markdown.
pub const WXPUSHER_CONTENT_MARKDOWN: i32 = 3;

/// Everyone who follows.
pub const WXPUSHER_VERIFY_PAY_EVERYONE: i32 = 0;
/// Only those whose subscription is paid up.
pub const WXPUSHER_VERIFY_PAY_PAID: i32 = 1;
/// Only those whose subscription is not.
pub const WXPUSHER_VERIFY_PAY_UNPAID: i32 = 2;

/// A message to users and topics. Can be sent any number of times.
#[derive(Debug)]
pub struct wxpusher_message {
    pub(crate) message: Message,
    pay: Option<PayForm>,
}

/// Which of the two ways to say whom a paid product reaches was used.
#[derive(Debug, Clone, Copy, PartialEq)]
enum PayForm {
    Type,
    YesOrNo,
}

impl wxpusher_message {
    fn set_pay(&mut self, form: PayForm, verify_pay_type: VerifyPayType) -> Result<()> {
        if self.pay.is_some_and(|before| before != form) {
            return Err(Error::invalid_argument("verify_pay", "verify_pay_type says the same: set one of them"));
        }
        self.pay = Some(form);
        self.message.verify_pay_type = Some(verify_pay_type);
        Ok(())
    }
}

/// The content type with this number.
pub(crate) fn content_type(number: i32) -> Result<ContentType> {
    ContentType::from_number(number)
        .ok_or_else(|| Error::invalid_argument("content_type", format!("{number} is none of WXPUSHER_CONTENT_…")))
}

/// Makes a message: `content_type` is one of WXPUSHER_CONTENT_…, `content` 1 to 40000 characters and at most 65535
/// bytes (checked when it is sent).
///
/// `*message` is the caller's to free with wxpusher_message_free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_message_new(
    content_type: i32,
    content: *const c_char,
    content_len: usize,
    message: *mut *mut wxpusher_message,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `content`, `message` and `error`.
    unsafe {
        create(message, "message", error, || {
            let content_type = self::content_type(content_type)?;
            let content = text(content, content_len, "content")?.to_owned();
            Ok(wxpusher_message { message: Message { content, content_type, ..Message::default() }, pay: None })
        })
    }
}

/// Sets what the chat list shows, at most 100 characters; without it WxPusher takes the beginning of the content.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_message_set_summary(
    message: *mut wxpusher_message,
    summary: *const c_char,
    summary_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `message`, `summary` and `error`.
    unsafe {
        status(error, || {
            let message = exclusive(message, "message")?;
            let summary = text(summary, summary_len, "summary")?;
            message.message.summary = Some(summary.to_owned());
            Ok(())
        })
    }
}

/// Sets the link to the original, at most 1000 characters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_message_set_url(
    message: *mut wxpusher_message,
    url: *const c_char,
    url_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `message`, `url` and `error`.
    unsafe {
        status(error, || {
            let message = exclusive(message, "message")?;
            let url = text(url, url_len, "url")?;
            message.message.url = Some(url.to_owned());
            Ok(())
        })
    }
}

/// Adds a user to reach; at most 2000 in all.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_message_add_uid(
    message: *mut wxpusher_message,
    uid: *const c_char,
    uid_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `message`, `uid` and `error`.
    unsafe {
        status(error, || {
            let message = exclusive(message, "message")?;
            let uid = text(uid, uid_len, "uids")?;
            message.message.uids.push(uid.to_owned());
            Ok(())
        })
    }
}

/// Adds users to reach. `lens` is NULL or has the lengths; without it the uids are NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_message_add_uids(
    message: *mut wxpusher_message,
    uids: *const *const c_char,
    lens: *const usize,
    count: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `message`, `uids`, `lens` and `error`.
    unsafe {
        status(error, || {
            let message = exclusive(message, "message")?;
            let uids = texts(uids, lens, count, "uids")?;
            message.message.uids.extend(uids.into_iter().map(str::to_owned));
            Ok(())
        })
    }
}

/// Adds a topic to reach; at most 5 in all.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_message_add_topic_id(
    message: *mut wxpusher_message,
    topic_id: i64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `message` and `error`.
    unsafe {
        status(error, || {
            let message = exclusive(message, "message")?;
            message.message.topic_ids.push(topic_id);
            Ok(())
        })
    }
}

/// Sets which users of a paid product receive it: one of WXPUSHER_VERIFY_PAY_… Without it the server decides
/// (everyone).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_message_set_verify_pay_type(
    message: *mut wxpusher_message,
    verify_pay_type: i32,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `message` and `error`.
    unsafe {
        status(error, || {
            let message = exclusive(message, "message")?;
            let verify_pay_type = VerifyPayType::from_number(verify_pay_type).ok_or_else(|| {
                let reason = format!("{verify_pay_type} is none of WXPUSHER_VERIFY_PAY_…");
                Error::invalid_argument("verify_pay_type", reason)
            })?;
            message.set_pay(PayForm::Type, verify_pay_type)?;
            Ok(())
        })
    }
}

/// The yes-or-no form of 2022: true only reaches those who have paid. Refused together with
/// wxpusher_message_set_verify_pay_type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_message_set_verify_pay(
    message: *mut wxpusher_message,
    verify_pay: bool,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `message` and `error`.
    unsafe {
        status(error, || {
            let message = exclusive(message, "message")?;
            message.set_pay(PayForm::YesOrNo, verify_pay.into())?;
            Ok(())
        })
    }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_message_free(message: *mut wxpusher_message) {
    // SAFETY: the caller gives up `message`, which is NULL or came from this library.
    unsafe { release(message) }
}
