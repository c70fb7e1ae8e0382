//! Who follows.

use std::sync::Mutex;

use crate::boundary::{guarded, poisoned};
use crate::error::Result;
use crate::time::Timestamp;

/// What somebody follows.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum FollowType {
    /// 0 · the app.
    App,
    /// 1 · a topic.
    Topic,
    /// A type that this version does not know.
    Other {
        /// The number on the wire.
        number: i64,
    },
}

impl From<wxpusher::FollowType> for FollowType {
    fn from(follow_type: wxpusher::FollowType) -> Self {
        match follow_type {
            wxpusher::FollowType::App => FollowType::App,
            wxpusher::FollowType::Topic => FollowType::Topic,
            wxpusher::FollowType::Other(number) => FollowType::Other { number },
        }
    }
}

impl From<FollowType> for wxpusher::FollowType {
    fn from(follow_type: FollowType) -> Self {
        match follow_type {
            FollowType::App => wxpusher::FollowType::App,
            FollowType::Topic => wxpusher::FollowType::Topic,
            FollowType::Other { number } => wxpusher::FollowType::Other(number),
        }
    }
}

/// One following of one person. Who follows an app and two topics appears three times.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct User {
    /// Who.
    pub uid: String,
    /// The id of this following; what `deleteUser` and `rejectUser` take. Not the uid.
    pub id: i64,
    /// The app or topic followed.
    pub app_or_topic_id: Option<i64>,
    /// Now always empty.
    pub head_img: Option<String>,
    /// Since when.
    pub create_time: Timestamp,
    /// Now always empty.
    pub nick_name: Option<String>,
    /// Whether they are blocked.
    pub reject: bool,
    /// What they follow.
    pub follow_type: FollowType,
    /// The name of the app or topic followed.
    pub target: Option<String>,
    /// Until when they have paid, may be past; none when they never did.
    pub pay_end_time: Option<Timestamp>,
}

impl From<wxpusher::User> for User {
    fn from(user: wxpusher::User) -> Self {
        let wxpusher::User {
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
        Self {
            uid,
            id,
            app_or_topic_id,
            head_img,
            create_time: create_time.into(),
            nick_name,
            reject: is_blocked,
            follow_type: follow_type.into(),
            target,
            pay_end_time: (pay_end_time != 0).then(|| pay_end_time.into()),
        }
    }
}

/// One page of users.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UserPage {
    /// Users on all pages.
    pub total: i64,
    /// This page, from 1.
    pub page: i64,
    /// Users on a page.
    pub page_size: i64,
    /// The users of this page.
    pub users: Vec<User>,
}

impl From<wxpusher::UserPage> for UserPage {
    fn from(found: wxpusher::UserPage) -> Self {
        let wxpusher::UserPage { total, page, page_size, users } = found;
        Self { total, page, page_size, users: users.into_iter().map(Into::into).collect() }
    }
}

/// One user of the old list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UserV1 {
    /// Who.
    pub uid: String,
    /// Since when.
    pub create_time: Timestamp,
    /// Whether they receive messages.
    pub enable: bool,
    /// Their picture.
    pub head_img: Option<String>,
    /// Their name.
    pub nick_name: Option<String>,
}

impl From<wxpusher::UserV1> for UserV1 {
    fn from(user: wxpusher::UserV1) -> Self {
        let wxpusher::UserV1 { uid, create_time, enable, head_img, nick_name } = user;
        Self { uid, create_time: create_time.into(), enable, head_img, nick_name }
    }
}

/// One page of the old list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UserPageV1 {
    /// Users on all pages.
    pub total: i64,
    /// This page, from 1.
    pub page: i64,
    /// Users on a page.
    pub page_size: i64,
    /// The users of this page.
    pub users: Vec<UserV1>,
}

impl From<wxpusher::UserPageV1> for UserPageV1 {
    fn from(found: wxpusher::UserPageV1) -> Self {
        let wxpusher::UserPageV1 { total, page, page_size, users } = found;
        Self { total, page, page_size, users: users.into_iter().map(Into::into).collect() }
    }
}

/// All users, one after the other. After an error the next step asks for the same page again, so nobody is left out.
#[derive(Debug, uniffi::Object)]
pub struct UserStream {
    core: Mutex<wxpusher::Users>,
}

impl UserStream {
    pub(crate) fn new(core: wxpusher::Users) -> Self {
        Self { core: Mutex::new(core) }
    }
}

#[uniffi::export]
impl UserStream {
    /// The next user; none after the last.
    ///
    /// # Errors
    /// Those of `listUsers`.
    pub fn next(&self) -> Result<Option<User>> {
        guarded(|| Ok(self.core.lock().map_err(poisoned)?.next().transpose()?.map(Into::into)))
    }
}
