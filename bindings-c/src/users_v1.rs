//! The old list of subscribers, deprecated by WxPusher

use std::ffi::c_char;
use std::mem::MaybeUninit;

use wxpusher::{UserPageV1, UserV1};

use crate::boundary::release_result;
use crate::client::wxpusher_client;
use crate::error::wxpusher_error;
use crate::fallible::create;
use crate::owned::{Owned, Rows, Texts};
use crate::pointer::{optional_text, required};

/// One subscriber of the old list.
#[repr(C)]
pub struct wxpusher_user_v1 {
    /// The user's UID.
    pub uid: *const c_char,
    /// Its length.
    pub uid_len: usize,
    /// The time of the subscription, in milliseconds since the epoch.
    pub create_time: i64,
    /// Now always empty, or NULL.
    pub head_img: *const c_char,
    /// Its length.
    pub head_img_len: usize,
    /// Now always empty, or NULL.
    pub nick_name: *const c_char,
    /// Its length.
    pub nick_name_len: usize,
    /// Whether the user receives messages.
    pub enable: bool,
    /// Zero.
    pub reserved: [i64; 4],
}

/// One page of the old list.
#[repr(C)]
pub struct wxpusher_user_page_v1 {
    /// The number of users on all pages.
    pub total: i64,
    /// The number of this page, from 1.
    pub page: i64,
    /// The number of users on a full page.
    pub page_size: i64,
    /// The users of this page.
    pub users: *const *const wxpusher_user_v1,
    /// Their number.
    pub users_len: usize,
    /// Zero.
    pub reserved: [i64; 4],
}

pub(crate) type OwnedUserPageV1 = Owned<wxpusher_user_page_v1, PageMemory>;

pub(crate) struct PageMemory {
    _texts: Texts,
    _users: Rows<wxpusher_user_v1>,
}

impl From<UserPageV1> for OwnedUserPageV1 {
    fn from(page: UserPageV1) -> Self {
        let UserPageV1 { total, page, page_size, users } = page;
        let mut texts = Texts::default();
        let users = Rows::new(users.into_iter().map(|user| row(user, &mut texts)).collect());
        let public = wxpusher_user_page_v1 {
            total,
            page,
            page_size,
            users: users.pointers(),
            users_len: users.len(),
            reserved: [0; 4],
        };
        Self::new(public, PageMemory { _texts: texts, _users: users })
    }
}

fn row(user: UserV1, texts: &mut Texts) -> wxpusher_user_v1 {
    let UserV1 { uid, create_time, enable, head_img, nick_name } = user;
    let (uid, uid_len) = texts.add(uid);
    let (head_img, head_img_len) = texts.add_optional(head_img);
    let (nick_name, nick_name_len) = texts.add_optional(nick_name);
    wxpusher_user_v1 {
        uid,
        uid_len,
        create_time,
        head_img,
        head_img_len,
        nick_name,
        nick_name_len,
        enable,
        reserved: [0; 4],
    }
}

/// Returns one page of the old list. Deprecated by WxPusher: use wxpusher_client_list_users. `uid` may be NULL for all.
///
/// `*user_page` is the caller's to free with wxpusher_user_page_v1_free. Any thread. Errors: as wxpusher_client_list_users.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_list_users_v1(
    client: Option<&wxpusher_client>,
    page: u32,
    page_size: u32,
    uid: *const c_char,
    uid_len: usize,
    user_page: Option<&mut MaybeUninit<*mut wxpusher_user_page_v1>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedUserPageV1>(user_page, "user_page", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `uid`.
        let uid = unsafe { optional_text(uid, uid_len, "uid") }?;
        Ok(client.0.list_users_v1(page, page_size, uid)?.into())
    })
}

/// Frees a page of the old list. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_v1_free(user_page_v1: *mut wxpusher_user_page_v1) {
    // SAFETY: the caller gives up `user_page_v1`, which is NULL or came from this library.
    unsafe { release_result::<OwnedUserPageV1>(user_page_v1) }
}
