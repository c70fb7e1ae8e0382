//! The verbs.

use std::ffi::c_char;
use std::time::Duration;

use wxpusher::{Client, Config};

use crate::boundary::{get, release};
use crate::config::wxpusher_config;
use crate::error::wxpusher_error;
use crate::fallible::{create, status};
use crate::message::wxpusher_message;
use crate::outcome::wxpusher_outcome;
use crate::pay_end_time::wxpusher_pay_end_times;
use crate::pointer::{Out, optional, optional_shared, optional_text, shared, text};
use crate::qrcode::wxpusher_qrcode;
use crate::simple_push::wxpusher_simple_push;
use crate::status::wxpusher_status;
use crate::text::wxpusher_text;
use crate::user_query::wxpusher_user_query;
use crate::users::{wxpusher_user_page, wxpusher_users};
use crate::users_v1::wxpusher_user_page_v1;

/// A client of WxPusher. Immutable: any number of threads may call it at the same time.
///
/// Keeps its connections open. May be used in a forked child, which makes connections of its own.
#[derive(Debug)]
pub struct wxpusher_client(pub(crate) Client);

/// A client for an app, with the default settings.
///
/// `*client` is the caller's to free with wxpusher_client_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_new(
    app_token: *const c_char,
    app_token_len: usize,
    client: *mut *mut wxpusher_client,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `app_token`, `client` and `error`.
    unsafe {
        create(client, "client", error, || {
            Ok(wxpusher_client(Client::new(text(app_token, app_token_len, "app_token")?)?))
        })
    }
}

/// A client set up by the environment, as wxpusher_config_from_env reads it.
///
/// `*client` is the caller's to free with wxpusher_client_free. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_from_env(
    client: *mut *mut wxpusher_client,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client` and `error`.
    unsafe { create(client, "client", error, || Ok(wxpusher_client(Client::with_config(Config::from_env()?)?))) }
}

/// A client with these settings, of which it takes a copy.
///
/// `*client` is the caller's to free with wxpusher_client_free. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT naming the
/// setting that will not do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_with_config(
    config: *const wxpusher_config,
    client: *mut *mut wxpusher_client,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config`, `client` and `error`.
    unsafe {
        create(client, "client", error, || {
            Ok(wxpusher_client(Client::with_config(shared(config, "config")?.config.clone())?))
        })
    }
}

/// Frees it; its connections close with the last wxpusher_users and wxpusher_broadcast made from it. NULL is fine.
///
/// No call may be running on it: wxpusher_client_cancel first and let the calls return.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_free(client: *mut wxpusher_client) {
    // SAFETY: the caller gives up `client`, which is NULL or came from this library.
    unsafe { release(client) }
}

/// Ends all calls of this client and of what was made from it, within 200 ms, and refuses further ones: all return
/// WXPUSHER_ERROR_CANCELLED.
///
/// Any thread, while calls are running. A call whose request had left may still be carried out: see
/// wxpusher_error_sent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_cancel(client: *const wxpusher_client) {
    // SAFETY: the caller keeps the header's rules for `client`.
    unsafe { get(client, |client| client.0.cancel()) }
}

/// Whether wxpusher_client_cancel was called, here or on the client this one was scoped from.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_is_cancelled(client: *const wxpusher_client) -> bool {
    // SAFETY: the caller keeps the header's rules for `client`.
    unsafe { get(client, |client| client.0.is_cancelled()) }
}

/// A client over the same connections that can be cancelled by itself; it ends with this one, too. Cheap: make one
/// per call.
///
/// `*scoped` is the caller's to free with wxpusher_client_free. Any thread. Errors: only those of misuse.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_scoped(
    client: *const wxpusher_client,
    scoped: *mut *mut wxpusher_client,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `scoped` and `error`.
    unsafe { create(scoped, "scoped", error, || Ok(wxpusher_client(shared(client, "client")?.0.scoped()))) }
}

/// Sends a message to users and topics. Repeated by itself only when nothing of it was sent.
///
/// `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT
/// for what is over a limit or has no target, WXPUSHER_ERROR_REJECTED when no target was accepted, and those of the
/// network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_send(
    client: *const wxpusher_client,
    message: *const wxpusher_message,
    outcome: *mut *mut wxpusher_outcome,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `message`, `outcome` and `error`.
    unsafe {
        create(outcome, "outcome", error, || {
            let client = shared(client, "client")?;
            Ok(client.0.send(&shared(message, "message")?.message)?.into())
        })
    }
}

/// Sends a plain text to one target by the GET interface, which puts the token into the URL. Prefer
/// wxpusher_client_send.
///
/// `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send, and
/// WXPUSHER_ERROR_INVALID_ARGUMENT for more than one target or content that is not text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_send_by_get(
    client: *const wxpusher_client,
    message: *const wxpusher_message,
    outcome: *mut *mut wxpusher_outcome,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `message`, `outcome` and `error`.
    unsafe {
        create(outcome, "outcome", error, || {
            let client = shared(client, "client")?;
            Ok(client.0.send_by_get(&shared(message, "message")?.message)?.into())
        })
    }
}

/// Sends to people known by their simple push tokens only. Needs no app token.
///
/// `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_simple_push(
    client: *const wxpusher_client,
    simple_push: *const wxpusher_simple_push,
    outcome: *mut *mut wxpusher_outcome,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `simple_push`, `outcome` and `error`.
    unsafe {
        create(outcome, "outcome", error, || {
            let client = shared(client, "client")?;
            Ok(client.0.simple_push(&shared(simple_push, "simple_push")?.0)?.into())
        })
    }
}

/// Sends a plain text to one simple push token by the GET interface.
///
/// `*outcome` is the caller's to free with wxpusher_outcome_free. Any thread. Errors: as wxpusher_client_send.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_simple_push_by_get(
    client: *const wxpusher_client,
    spt: *const c_char,
    spt_len: usize,
    content: *const c_char,
    content_len: usize,
    outcome: *mut *mut wxpusher_outcome,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `spt`, `content`, `outcome` and `error`.
    unsafe {
        create(outcome, "outcome", error, || {
            let client = shared(client, "client")?;
            let spt = text(spt, spt_len, "spts")?;
            let content = text(content, content_len, "content")?;
            Ok(client.0.simple_push_by_get(spt, content)?.into())
        })
    }
}

/// What has become of a delivery, by its send record id. WxPusher remembers for 7 days.
///
/// `*send_status` is the caller's to free with wxpusher_status_free. Any thread. Errors: WXPUSHER_ERROR_API when the
/// server does not know the record, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_query_status(
    client: *const wxpusher_client,
    send_record_id: i64,
    send_status: *mut *mut wxpusher_status,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `send_status` and `error`.
    unsafe {
        create(send_status, "send_status", error, || {
            let client = shared(client, "client")?;
            Ok(client.0.query_status(send_record_id)?.into())
        })
    }
}

/// The same by the message id of the 2022 document.
///
/// `*send_status` is the caller's to free with wxpusher_status_free. Any thread. Errors: as
/// wxpusher_client_query_status.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_query_message_status(
    client: *const wxpusher_client,
    message_id: i64,
    send_status: *mut *mut wxpusher_status,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `send_status` and `error`.
    unsafe {
        create(send_status, "send_status", error, || {
            let client = shared(client, "client")?;
            Ok(client.0.query_message_status(message_id)?.into())
        })
    }
}

/// Takes the landing page of a message away. What was pushed stays pushed.
///
/// Any thread. Errors: WXPUSHER_ERROR_API when the server does not know the message, and those of the network and the
/// server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_delete_message(
    client: *const wxpusher_client,
    message_content_id: i64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client` and `error`.
    unsafe { status(error, || shared(client, "client")?.0.delete_message(message_content_id)) }
}

/// Makes a QR code that carries `extra` (1 to 64 characters) and lives `*valid_time` seconds: 1 to 2592000 (30 days),
/// 1800 when NULL.
///
/// `*qrcode` is the caller's to free with wxpusher_qrcode_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT
/// for what is over a limit, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_create_qrcode(
    client: *const wxpusher_client,
    extra: *const c_char,
    extra_len: usize,
    valid_time: *const u32,
    qrcode: *mut *mut wxpusher_qrcode,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `extra`, `valid_time`, `qrcode` and `error`.
    unsafe {
        create(qrcode, "qrcode", error, || {
            let client = shared(client, "client")?;
            let extra = text(extra, extra_len, "extra")?;
            let valid_time = optional(valid_time, "valid_time")?;
            Ok(client.0.create_qrcode(extra, valid_time)?.into())
        })
    }
}

/// Who scanned the code last; NULL when nobody has yet. Against any host but this machine it first waits until 10 s
/// have passed since anybody in this process asked for the same code: WxPusher bans accounts that ask faster.
///
/// `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_API for an unknown or
/// expired code, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_query_scan_uid(
    client: *const wxpusher_client,
    code: *const c_char,
    code_len: usize,
    uid: *mut *mut wxpusher_text,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `code`, `uid` and `error`.
    unsafe {
        status(error, || {
            let client = shared(client, "client")?;
            let uid = Out::at(uid, "uid")?;
            let code = text(code, code_len, "code")?;
            uid.put_optional(client.0.query_scan_uid(code)?.map(Into::into));
            Ok(())
        })
    }
}

/// Polls every 10 s until the code is scanned or `timeout_ms` milliseconds are over, and puts the UID of the user who scanned
/// it into `*uid`; NULL after the timeout. Transient errors do not end the wait, unless the last poll fails.
///
/// `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_API for an unknown or
/// expired code, WXPUSHER_ERROR_CANCELLED, and the error of the last poll.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_wait_for_scan(
    client: *const wxpusher_client,
    code: *const c_char,
    code_len: usize,
    timeout_ms: u64,
    uid: *mut *mut wxpusher_text,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `code`, `uid` and `error`.
    unsafe {
        status(error, || {
            let client = shared(client, "client")?;
            let uid = Out::at(uid, "uid")?;
            let code = text(code, code_len, "code")?;
            uid.put_optional(client.0.wait_for_scan(code, Duration::from_millis(timeout_ms))?.map(Into::into));
            Ok(())
        })
    }
}

/// One page of those who follow the app or its topics. `user_query` may be NULL for the first page of all.
///
/// `*page` is the caller's to free with wxpusher_user_page_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT
/// for a page that cannot be, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_list_users(
    client: *const wxpusher_client,
    user_query: *const wxpusher_user_query,
    page: *mut *mut wxpusher_user_page,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `user_query`, `page` and `error`.
    unsafe {
        create(page, "page", error, || {
            let client = shared(client, "client")?;
            let query = optional_query(user_query)?;
            Ok(client.0.list_users(&query)?.into())
        })
    }
}

/// All users that the query names, page after page, beginning with its page; wxpusher_users_next asks for them.
/// `user_query` may be NULL for all.
///
/// `*users` is the caller's to free with wxpusher_users_free. Any thread. Errors: only those of misuse: nothing is
/// asked yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_users(
    client: *const wxpusher_client,
    user_query: *const wxpusher_user_query,
    users: *mut *mut wxpusher_users,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `user_query`, `users` and `error`.
    unsafe {
        create(users, "users", error, || {
            let client = shared(client, "client")?;
            Ok(client.0.users(optional_query(user_query)?).into())
        })
    }
}

/// One page of the old user list, deprecated by WxPusher in favour of wxpusher_client_list_users. `uid` may be NULL
/// for all.
///
/// `*user_page` is the caller's to free with wxpusher_user_page_v1_free. Any thread. Errors: as
/// wxpusher_client_list_users.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_list_users_v1(
    client: *const wxpusher_client,
    page: u32,
    page_size: u32,
    uid: *const c_char,
    uid_len: usize,
    user_page: *mut *mut wxpusher_user_page_v1,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `uid`, `user_page` and `error`.
    unsafe {
        create(user_page, "user_page", error, || {
            let client = shared(client, "client")?;
            let uid = optional_text(uid, uid_len, "uid")?;
            Ok(client.0.list_users_v1(page, page_size, uid)?.into())
        })
    }
}

/// Deletes a subscription by its id, wxpusher_user_id (not a UID). The user can subscribe again.
///
/// Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_delete_user(
    client: *const wxpusher_client,
    id: i64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client` and `error`.
    unsafe { status(error, || shared(client, "client")?.0.delete_user(id)) }
}

/// Blocks a subscriber, by the id of the subscription, wxpusher_user_id (not a UID).
///
/// Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_block_user(
    client: *const wxpusher_client,
    id: i64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client` and `error`.
    unsafe { status(error, || shared(client, "client")?.0.block_user(id)) }
}

/// Unblocks a subscriber, by the id of the subscription, wxpusher_user_id (not a UID).
///
/// Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_unblock_user(
    client: *const wxpusher_client,
    id: i64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client` and `error`.
    unsafe { status(error, || shared(client, "client")?.0.unblock_user(id)) }
}

/// Returns the paid-until time of a user for each resource of a product.
///
/// `*pay_end_times` is the caller's to free with wxpusher_pay_end_times_free. Any thread. Errors: WXPUSHER_ERROR_API
/// when there is no such product, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_query_pay_end_time(
    client: *const wxpusher_client,
    uid: *const c_char,
    uid_len: usize,
    prod_id: i64,
    pay_end_times: *mut *mut wxpusher_pay_end_times,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `uid`, `pay_end_times` and `error`.
    unsafe {
        create(pay_end_times, "pay_end_times", error, || {
            let client = shared(client, "client")?;
            let uid = text(uid, uid_len, "uid")?;
            Ok(client.0.query_pay_end_time(uid, prod_id)?.into())
        })
    }
}

/// # Safety
/// As for [`shared`], but NULL is fine.
unsafe fn optional_query(query: *const wxpusher_user_query) -> wxpusher::Result<wxpusher::UserQuery> {
    // SAFETY: the caller's promise is passed on.
    let query = unsafe { optional_shared(query, "user_query")? };
    Ok(query.map(|query| query.0.clone()).unwrap_or_default())
}
