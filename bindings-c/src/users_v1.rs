//! The old user list, deprecated by WxPusher.

use std::ffi::c_char;

use wxpusher::{UserPageV1, UserV1};

use crate::boundary::{get, get_text, release};
use crate::c_text::Text;
use crate::pointer::address_of;

/// One page of the old user list.
#[derive(Debug)]
pub struct wxpusher_user_page_v1 {
    total: i64,
    page: i64,
    page_size: i64,
    users: Vec<wxpusher_user_v1>,
}

/// One user of the old list.
#[derive(Debug)]
pub struct wxpusher_user_v1 {
    uid: Text,
    create_time: i64,
    enable: bool,
    head_img: Option<Text>,
    nick_name: Option<Text>,
}

impl From<UserPageV1> for wxpusher_user_page_v1 {
    fn from(page: UserPageV1) -> Self {
        let UserPageV1 { total, page, page_size, users } = page;
        Self { total, page, page_size, users: users.into_iter().map(Into::into).collect() }
    }
}

impl From<UserV1> for wxpusher_user_v1 {
    fn from(user: UserV1) -> Self {
        let UserV1 { uid, create_time, enable, head_img, nick_name } = user;
        Self {
            uid: uid.into(),
            create_time,
            enable,
            head_img: head_img.map(Into::into),
            nick_name: nick_name.map(Into::into),
        }
    }
}

/// Users on all pages.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_v1_total(user_page_v1: *const wxpusher_user_page_v1) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user_page_v1`.
    unsafe { get(user_page_v1, |user_page_v1| user_page_v1.total) }
}

/// This page, from 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_v1_page(user_page_v1: *const wxpusher_user_page_v1) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user_page_v1`.
    unsafe { get(user_page_v1, |user_page_v1| user_page_v1.page) }
}

/// Users on a full page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_v1_page_size(user_page_v1: *const wxpusher_user_page_v1) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user_page_v1`.
    unsafe { get(user_page_v1, |user_page_v1| user_page_v1.page_size) }
}

/// Users on this page.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_v1_len(user_page_v1: *const wxpusher_user_page_v1) -> usize {
    // SAFETY: the caller keeps the header's rules for `user_page_v1`.
    unsafe { get(user_page_v1, |user_page_v1| user_page_v1.users.len()) }
}

/// The user of this page with this index; NULL when there are not so many.
///
/// Borrowed from `user_page_v1`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_v1_user(
    user_page_v1: *const wxpusher_user_page_v1,
    index: usize,
) -> *const wxpusher_user_v1 {
    // SAFETY: the caller keeps the header's rules for `user_page_v1`.
    unsafe { get(user_page_v1, |user_page_v1| address_of(user_page_v1.users.get(index))) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_v1_free(user_page_v1: *mut wxpusher_user_page_v1) {
    // SAFETY: the caller gives up `user_page_v1`, which is NULL or came from this library.
    unsafe { release(user_page_v1) }
}

/// Who.
///
/// Borrowed from `user_v1`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_v1_uid(user_v1: *const wxpusher_user_v1, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `user_v1` and `len`.
    unsafe { get_text(user_v1, len, |user_v1| Some(&user_v1.uid)) }
}

/// Since when, in milliseconds since the epoch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_v1_create_time(user_v1: *const wxpusher_user_v1) -> i64 {
    // SAFETY: the caller keeps the header's rules for `user_v1`.
    unsafe { get(user_v1, |user_v1| user_v1.create_time) }
}

/// Whether they receive messages.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_v1_enable(user_v1: *const wxpusher_user_v1) -> bool {
    // SAFETY: the caller keeps the header's rules for `user_v1`.
    unsafe { get(user_v1, |user_v1| user_v1.enable) }
}

/// Their picture; NULL when the server does not say.
///
/// Borrowed from `user_v1`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_v1_head_img(user_v1: *const wxpusher_user_v1, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `user_v1` and `len`.
    unsafe { get_text(user_v1, len, |user_v1| user_v1.head_img.as_ref()) }
}

/// Their name; NULL when the server does not say.
///
/// Borrowed from `user_v1`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_v1_nick_name(
    user_v1: *const wxpusher_user_v1,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `user_v1` and `len`.
    unsafe { get_text(user_v1, len, |user_v1| user_v1.nick_name.as_ref()) }
}
