//! Subscribers

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::ptr;

use wxpusher::{Error, FollowType, Result, User, UserPage, UserQuery, Users};

use crate::boundary::{release, release_result};
use crate::client::wxpusher_client;
use crate::error::wxpusher_error;
use crate::fallible::{create, status};
use crate::owned::{Nested, Owned, Rows, Texts, opaque};
use crate::pointer::{NUL_TERMINATED, Request, optional_text, request, required};

/// The app.
pub const WXPUSHER_FOLLOW_APP: i32 = 0;
/// A topic.
pub const WXPUSHER_FOLLOW_TOPIC: i32 = 1;

/// Which subscribers to list. Initialise it with WXPUSHER_USER_QUERY_INIT: all subscribers, 100 per page, from page 1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct wxpusher_user_query {
    /// The size of this struct.
    pub size: usize,
    /// Only this user; NULL: all.
    pub uid: *const c_char,
    /// Its length in bytes, or WXPUSHER_NUL_TERMINATED.
    pub uid_len: usize,
    /// The page, from 1. For wxpusher_client_users the first page.
    pub page: u32,
    /// The number of users on a page, 1 to 100.
    pub page_size: u32,
    /// 1: only blocked users, 0: only users who are not blocked, -1: all.
    pub is_blocked: i32,
    /// Only subscribers of the app or only those of its topics: WXPUSHER_FOLLOW_…; -1: all.
    pub follow_type: i32,
}

// SAFETY: `repr(C)`, the size first, only integers and raw pointers.
unsafe impl Request for wxpusher_user_query {
    const ABSENT: Self = Self {
        size: 0,
        uid: ptr::null(),
        uid_len: NUL_TERMINATED,
        page: 1,
        page_size: 100,
        is_blocked: -1,
        follow_type: -1,
    };
}

/// # Safety
/// The caller keeps the header's rules for `user_query` and its fields. NULL is allowed.
unsafe fn user_query(user_query: *const wxpusher_user_query) -> Result<UserQuery> {
    if user_query.is_null() {
        return Ok(UserQuery::default());
    }
    // SAFETY: the caller's promise is passed on.
    let (query, uid) = unsafe {
        let query = request(user_query, "user_query")?;
        (query, optional_text(query.uid, query.uid_len, "uid")?)
    };
    let is_blocked = match query.is_blocked {
        -1 => None,
        0 => Some(false),
        1 => Some(true),
        other => return Err(Error::invalid_argument("is_blocked", format!("must be -1, 0 or 1 (got {other})"))),
    };
    let follow_type = match query.follow_type {
        -1 => None,
        WXPUSHER_FOLLOW_APP => Some(FollowType::App),
        WXPUSHER_FOLLOW_TOPIC => Some(FollowType::Topic),
        other => {
            let reason = format!("must be -1 or WXPUSHER_FOLLOW_… (got {other})");
            return Err(Error::invalid_argument("type", reason));
        }
    };
    Ok(UserQuery { page: query.page, page_size: query.page_size, uid: uid.map(str::to_owned), is_blocked, follow_type })
}

/// One subscription of one user. A user who subscribes to an app and to two topics appears three times.
#[repr(C)]
pub struct wxpusher_user {
    /// The user's UID.
    pub uid: *const c_char,
    /// Its length.
    pub uid_len: usize,
    /// The id of this subscription, for wxpusher_client_delete_user, wxpusher_client_block_user and
    /// wxpusher_client_unblock_user. Not the UID.
    pub id: i64,
    /// The id of the app or topic; 0: none.
    pub app_or_topic_id: i64,
    /// Now always empty, or NULL.
    pub head_img: *const c_char,
    /// Its length.
    pub head_img_len: usize,
    /// The time of the subscription, in milliseconds since the epoch.
    pub create_time: i64,
    /// Now always empty, or NULL.
    pub nick_name: *const c_char,
    /// Its length.
    pub nick_name_len: usize,
    /// What the user subscribes to: WXPUSHER_FOLLOW_…, or a number that this version does not know.
    pub follow_type: i64,
    /// The name of the app or topic; NULL: none.
    pub target: *const c_char,
    /// Its length.
    pub target_len: usize,
    /// The end of the paid subscription, in milliseconds since the epoch; 0: not paid.
    pub pay_end_time: i64,
    /// Whether the user is blocked.
    pub is_blocked: bool,
    /// Zero.
    pub reserved: [i64; 4],
}

/// One page of subscribers.
#[repr(C)]
pub struct wxpusher_user_page {
    /// The number of users on all pages.
    pub total: i64,
    /// The number of this page, from 1.
    pub page: i64,
    /// The number of users on a full page.
    pub page_size: i64,
    /// The users of this page.
    pub users: *const *const wxpusher_user,
    /// Their number.
    pub users_len: usize,
    /// Zero.
    pub reserved: [i64; 4],
}

pub(crate) type OwnedUserPage = Owned<wxpusher_user_page, PageMemory>;

pub(crate) struct PageMemory {
    _texts: Texts,
    _users: Rows<wxpusher_user>,
}

impl From<UserPage> for OwnedUserPage {
    fn from(page: UserPage) -> Self {
        let UserPage { total, page, page_size, users } = page;
        let mut texts = Texts::default();
        let users = Rows::new(users.into_iter().map(|user| row(user, &mut texts)).collect());
        let public = wxpusher_user_page {
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

fn row(user: User, texts: &mut Texts) -> wxpusher_user {
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
    let (uid, uid_len) = texts.add(uid);
    let (head_img, head_img_len) = texts.add_optional(head_img);
    let (nick_name, nick_name_len) = texts.add_optional(nick_name);
    let (target, target_len) = texts.add_optional(target);
    wxpusher_user {
        uid,
        uid_len,
        id,
        app_or_topic_id: app_or_topic_id.unwrap_or(0),
        head_img,
        head_img_len,
        create_time,
        nick_name,
        nick_name_len,
        follow_type,
        target,
        target_len,
        pay_end_time,
        is_blocked,
        reserved: [0; 4],
    }
}

/// Returns one page of the subscribers of the app and its topics. `user_query` may be NULL for the first page of all.
///
/// `*page` is the caller's to free with wxpusher_user_page_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if the query
/// exceeds a limit, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_list_users(
    client: Option<&wxpusher_client>,
    user_query: *const wxpusher_user_query,
    page: Option<&mut MaybeUninit<*mut wxpusher_user_page>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedUserPage>(page, "page", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `user_query`.
        Ok(client.0.list_users(&unsafe { self::user_query(user_query) }?)?.into())
    })
}

/// Frees a page of subscribers. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_user_page_free(user_page: *mut wxpusher_user_page) {
    // SAFETY: the caller gives up `user_page`, which is NULL or came from this library.
    unsafe { release_result::<OwnedUserPage>(user_page) }
}

/// An iterator over the subscribers of all pages, made by wxpusher_client_users. It requests a page when the previous one is used
/// up. One thread at a time.
pub struct wxpusher_users {
    users: Users,
    current: Nested<wxpusher_user, Texts>,
}

opaque!(wxpusher_users);

/// Creates an iterator over all subscribers that match the query, from its page on. `user_query` may be NULL for all. Nothing is
/// requested yet.
///
/// `*users` is the caller's to free with wxpusher_users_free. Any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_users(
    client: Option<&wxpusher_client>,
    user_query: *const wxpusher_user_query,
    users: Option<&mut MaybeUninit<*mut wxpusher_users>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create(users, "users", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `user_query`.
        let users = client.0.users(unsafe { self::user_query(user_query) }?);
        Ok(wxpusher_users { users, current: Nested::new(None) })
    })
}

/// Puts the next user into `*user`, or NULL after the last.
///
/// `*user` belongs to `users` and is valid until the next call of this function or until `users` is freed. After an error the
/// next call requests the same page again, so no user is left out. Errors: as wxpusher_client_list_users.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_users_next(
    users: Option<&mut wxpusher_users>,
    user: Option<&mut MaybeUninit<*const wxpusher_user>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let users = required(users, "users")?;
        let place = required(user, "user")?;
        let next = users.users.next().transpose()?.map(|user| {
            let mut texts = Texts::default();
            let row = row(user, &mut texts);
            Owned::new(row, texts)
        });
        users.current = Nested::new(next);
        place.write(users.current.pointer());
        Ok(())
    })
}

/// Frees the iterator. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_users_free(users: Option<Box<wxpusher_users>>) {
    release(users);
}

/// Deletes a subscription by its id, `id` of wxpusher_user (not a UID). The user can subscribe again.
///
/// Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_delete_user(
    client: Option<&wxpusher_client>,
    id: i64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || required(client, "client")?.0.delete_user(id))
}

/// Blocks a subscriber, by the id of the subscription, `id` of wxpusher_user (not a UID).
///
/// Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_block_user(
    client: Option<&wxpusher_client>,
    id: i64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || required(client, "client")?.0.block_user(id))
}

/// Unblocks a subscriber, by the id of the subscription, `id` of wxpusher_user (not a UID).
///
/// Any thread. Errors: WXPUSHER_ERROR_API if there is no such subscription, and those of the network and the server.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_unblock_user(
    client: Option<&wxpusher_client>,
    id: i64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || required(client, "client")?.0.unblock_user(id))
}
