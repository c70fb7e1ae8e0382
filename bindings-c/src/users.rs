//! Who follows: one page, or all pages one user at a time.

use std::ffi::c_char;

use wxpusher::{FollowType, User, UserPage, Users};

use crate::boundary::{get, get_optional, get_text, release};
use crate::c_text::Text;
use crate::error::wxpusher_error;
use crate::fallible::status;
use crate::pointer::{OutRef, address_of, exclusive};
use crate::user_query::{WXPUSHER_FOLLOW_APP, WXPUSHER_FOLLOW_TOPIC};

/// One following of one person. Who follows an app and two topics appears three times.
#[derive(Debug)]
pub struct wxpusher_user {
    uid: Text,
    id: i64,
    app_or_topic_id: Option<i64>,
    head_img: Option<Text>,
    create_time: i64,
    nick_name: Option<Text>,
    is_blocked: bool,
    follow_type: i64,
    target: Option<Text>,
    pay_end_time: i64,
}

/// One page of users.
#[derive(Debug)]
pub struct wxpusher_user_page {
    total: i64,
    page: i64,
    page_size: i64,
    users: Vec<wxpusher_user>,
}

/// All users that a query names; made by wxpusher_client_users. Asks for a page when the one before is used up.
#[derive(Debug)]
pub struct wxpusher_users {
    users: Users,
    current: Option<wxpusher_user>,
}

impl From<User> for wxpusher_user {
    fn from(user: User) -> Self {
        let User {
            uid,
            id,
            app_or_topic_id,
            head_img,
            create_time,
            nick_name,
            is_blocked,
            follow_type,
            target,
            pay_end_time,
        } = user;
        let follow_type = match follow_type {
            FollowType::App => i64::from(WXPUSHER_FOLLOW_APP),
            FollowType::Topic => i64::from(WXPUSHER_FOLLOW_TOPIC),
            FollowType::Other(number) => number,
        };
        Self {
            uid: uid.into(),
            id,
            app_or_topic_id,
            head_img: head_img.map(Into::into),
            create_time,
            nick_name: nick_name.map(Into::into),
            is_blocked,
            follow_type,
            target: target.map(Into::into),
            pay_end_time,
        }
    }
}

impl From<UserPage> for wxpusher_user_page {
    fn from(page: UserPage) -> Self {
        let UserPage { total, page, page_size, users } = page;
        Self { total, page, page_size, users: users.into_iter().map(Into::into).collect() }
    }
}

impl From<Users> for wxpusher_users {
    fn from(users: Users) -> Self {
        Self { users, current: None }
    }
}

/// Users on all pages.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_total(user_page: *const wxpusher_user_page) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user_page`.
    unsafe { get(user_page, |user_page| user_page.total) }
}

/// This page, from 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_page(user_page: *const wxpusher_user_page) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user_page`.
    unsafe { get(user_page, |user_page| user_page.page) }
}

/// Users on a full page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_page_size(user_page: *const wxpusher_user_page) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user_page`.
    unsafe { get(user_page, |user_page| user_page.page_size) }
}

/// Users on this page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_len(user_page: *const wxpusher_user_page) -> usize {
    // SAFETY: the caller keeps the header's rules for `user_page`.
    unsafe { get(user_page, |user_page| user_page.users.len()) }
}

/// The user of this page with this index; NULL when there are not so many.
///
/// Borrowed from `user_page`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_user(
    user_page: *const wxpusher_user_page,
    index: usize,
) -> *const wxpusher_user {
    // SAFETY: the caller keeps the header's rules for `user_page`.
    unsafe { get(user_page, |user_page| address_of(user_page.users.get(index))) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_free(user_page: *mut wxpusher_user_page) {
    // SAFETY: the caller gives up `user_page`, which is NULL or came from this library.
    unsafe { release(user_page) }
}

/// Puts the next user into `*user`, or NULL after the last.
///
/// `*user` is borrowed from `users` and lives until the next call of this function or until `users` is freed. After
/// an error the next call asks for the same page again, so nobody is left out. One thread at a time. Errors: as
/// wxpusher_client_list_users.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_users_next(
    users: *mut wxpusher_users,
    user: *mut *const wxpusher_user,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `users`, `user` and `error`.
    unsafe {
        status(error, || {
            let users = exclusive(users, "users")?;
            let user = OutRef::at(user, "user")?;
            users.current = users.users.next().transpose()?.map(Into::into);
            user.put(users.current.as_ref());
            Ok(())
        })
    }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_users_free(users: *mut wxpusher_users) {
    // SAFETY: the caller gives up `users`, which is NULL or came from this library.
    unsafe { release(users) }
}

/// Who.
///
/// Borrowed from `user`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_uid(user: *const wxpusher_user, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `user` and `len`.
    unsafe { get_text(user, len, |user| Some(&user.uid)) }
}

/// The id of this subscription, which wxpusher_client_delete_user, wxpusher_client_block_user and
/// wxpusher_client_unblock_user take. Not the uid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_id(user: *const wxpusher_user) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user`.
    unsafe { get(user, |user| user.id) }
}

/// The app or topic followed; false when the server does not say.
///
/// `value` may be NULL and is left alone when there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_app_or_topic_id(user: *const wxpusher_user, value: *mut i64) -> bool {
    // SAFETY: the caller keeps the header's rules for `user` and `value`.
    unsafe { get_optional(user, value, |user| user.app_or_topic_id) }
}

/// Now always empty, or NULL.
///
/// Borrowed from `user`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_head_img(user: *const wxpusher_user, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `user` and `len`.
    unsafe { get_text(user, len, |user| user.head_img.as_ref()) }
}

/// Since when, in milliseconds since the epoch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_create_time(user: *const wxpusher_user) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user`.
    unsafe { get(user, |user| user.create_time) }
}

/// Now always empty, or NULL.
///
/// Borrowed from `user`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_nick_name(user: *const wxpusher_user, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `user` and `len`.
    unsafe { get_text(user, len, |user| user.nick_name.as_ref()) }
}

/// Whether the user is blocked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_is_blocked(user: *const wxpusher_user) -> bool {
    // SAFETY: the caller keeps the header's rules for `user`.
    unsafe { get(user, |user| user.is_blocked) }
}

/// WXPUSHER_FOLLOW_APP, WXPUSHER_FOLLOW_TOPIC or a number that this version does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_follow_type(user: *const wxpusher_user) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user`.
    unsafe { get(user, |user| user.follow_type) }
}

/// The name of the app or topic followed; NULL when the server does not say.
///
/// Borrowed from `user`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_target(user: *const wxpusher_user, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `user` and `len`.
    unsafe { get_text(user, len, |user| user.target.as_ref()) }
}

/// 0 when they never paid, else until when they have, in milliseconds since the epoch; may be past.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_pay_end_time(user: *const wxpusher_user) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user`.
    unsafe { get(user, |user| user.pay_end_time) }
}
