//! Users and their subscriptions.

use std::sync::Mutex;

use crate::boundary::{guarded, poisoned};
use crate::error::Result;
use crate::time::Timestamp;

/// What a user subscribes to.
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

/// One subscription of one user. A user who subscribes to an app and two topics appears three times.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct User {
    /// The user's UID.
    pub uid: String,
    /// The id of this subscription. The argument of `deleteUser`, `blockUser` and `unblockUser`. Not the UID.
    pub id: i64,
    /// The id of the app or topic.
    pub app_or_topic_id: Option<i64>,
    /// Always empty now.
    pub head_img: Option<String>,
    /// The time of the subscription.
    pub create_time: Timestamp,
    /// Always empty now.
    pub nick_name: Option<String>,
    /// Whether the user is blocked.
    pub is_blocked: bool,
    /// What the user subscribes to.
    pub follow_type: FollowType,
    /// The name of the app or topic.
    pub target: Option<String>,
    /// The paid-until time, which may be in the past; absent if the user never paid.
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
            is_blocked,
            follow_type: follow_type.into(),
            target,
            pay_end_time: (pay_end_time != 0).then(|| pay_end_time.into()),
        }
    }
}

/// One page of users.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UserPage {
    /// The number of users on all pages.
    pub total: i64,
    /// The number of this page, from 1.
    pub page: i64,
    /// The number of users on a page.
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

/// One user of the older list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UserV1 {
    /// The user's UID.
    pub uid: String,
    /// The time of the subscription.
    pub create_time: Timestamp,
    /// Whether the user receives messages.
    pub enable: bool,
    /// The URL of the user's picture.
    pub head_img: Option<String>,
    /// The user's name.
    pub nick_name: Option<String>,
}

impl From<wxpusher::UserV1> for UserV1 {
    fn from(user: wxpusher::UserV1) -> Self {
        let wxpusher::UserV1 { uid, create_time, enable, head_img, nick_name } = user;
        Self { uid, create_time: create_time.into(), enable, head_img, nick_name }
    }
}

/// One page of the older list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UserPageV1 {
    /// The number of users on all pages.
    pub total: i64,
    /// The number of this page, from 1.
    pub page: i64,
    /// The number of users on a page.
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

/// All users, one after the other. After an error the next step requests the same page again, so no user is skipped.
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
    /// Returns the next user; nothing after the last one.
    ///
    /// # Errors
    /// Those of `listUsers`.
    pub fn next(&self) -> Result<Option<User>> {
        guarded(|| Ok(self.core.lock().map_err(poisoned)?.next().transpose()?.map(Into::into)))
    }
}
