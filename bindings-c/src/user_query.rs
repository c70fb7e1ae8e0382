//! Which users to list.

use std::ffi::c_char;

use wxpusher::{Error, FollowType, UserQuery};

use crate::boundary::{call, release};
use crate::error::wxpusher_error;
use crate::fallible::status;
use crate::pointer::{exclusive, text};

/// The app.
pub const WXPUSHER_FOLLOW_APP: i32 = 0;
/// A topic.
pub const WXPUSHER_FOLLOW_TOPIC: i32 = 1;

/// Which users to list. Everything left out means "all".
#[derive(Debug, Default)]
pub struct wxpusher_user_query(pub(crate) UserQuery);

/// A query for all users, 100 on a page, from page 1.
///
/// The caller's to free with wxpusher_user_query_free. Never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_user_query_new() -> *mut wxpusher_user_query {
    call(|| Box::into_raw(Box::default()))
}

/// The page, from 1. For wxpusher_client_users the first page. Checked when it is asked for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_query_set_page(
    user_query: *mut wxpusher_user_query,
    page: u32,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `user_query` and `error`.
    unsafe {
        status(error, || {
            let user_query = exclusive(user_query, "user_query")?;
            user_query.0.page = page;
            Ok(())
        })
    }
}

/// Users on a page, 1 to 100. Checked when it is asked for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_query_set_page_size(
    user_query: *mut wxpusher_user_query,
    page_size: u32,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `user_query` and `error`.
    unsafe {
        status(error, || {
            let user_query = exclusive(user_query, "user_query")?;
            user_query.0.page_size = page_size;
            Ok(())
        })
    }
}

/// Only this user.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_query_set_uid(
    user_query: *mut wxpusher_user_query,
    uid: *const c_char,
    uid_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `user_query`, `uid` and `error`.
    unsafe {
        status(error, || {
            let user_query = exclusive(user_query, "user_query")?;
            let uid = text(uid, uid_len, "uid")?;
            user_query.0.uid = Some(uid.to_owned());
            Ok(())
        })
    }
}

/// Only blocked users (true), or only those who are not (false).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_query_set_is_blocked(
    user_query: *mut wxpusher_user_query,
    is_blocked: bool,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `user_query` and `error`.
    unsafe {
        status(error, || {
            let user_query = exclusive(user_query, "user_query")?;
            user_query.0.is_blocked = Some(is_blocked);
            Ok(())
        })
    }
}

/// Only followers of the app, or only those of its topics: one of WXPUSHER_FOLLOW_…
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_query_set_follow_type(
    user_query: *mut wxpusher_user_query,
    follow_type: i32,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `user_query` and `error`.
    unsafe {
        status(error, || {
            let user_query = exclusive(user_query, "user_query")?;
            user_query.0.follow_type = Some(match follow_type {
                WXPUSHER_FOLLOW_APP => FollowType::App,
                WXPUSHER_FOLLOW_TOPIC => FollowType::Topic,
                other => {
                    return Err(Error::invalid_argument("type", format!("{other} is none of WXPUSHER_FOLLOW_…")));
                }
            });
            Ok(())
        })
    }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_query_free(user_query: *mut wxpusher_user_query) {
    // SAFETY: the caller gives up `user_query`, which is NULL or came from this library.
    unsafe { release(user_query) }
}
