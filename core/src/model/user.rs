//! Subscribers and the pages that list them (protocol §2.4).

use serde::Deserialize;

use super::lenient::null_as_default;

/// A query of the user list. A filter that is `None` selects all users.
///
/// ```
/// use wxpusher::{FollowType, UserQuery};
/// let blocked = UserQuery { is_blocked: Some(true), follow_type: Some(FollowType::App), ..UserQuery::default() };
/// assert_eq!((blocked.page, blocked.page_size), (1, 100));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserQuery {
    /// The page number, from 1.
    pub page: u32,
    /// The number of users on a page, 1 to 100.
    pub page_size: u32,
    /// Selects the user with this UID.
    pub uid: Option<String>,
    /// Selects blocked users (`true`) or users that are not blocked (`false`).
    pub is_blocked: Option<bool>,
    /// Selects subscribers of the app or of its topics.
    pub follow_type: Option<FollowType>,
}

impl Default for UserQuery {
    fn default() -> Self {
        Self { page: 1, page_size: 100, uid: None, is_blocked: None, follow_type: None }
    }
}

/// What a user has subscribed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "i64")]
pub enum FollowType {
    /// 0 · the app.
    App,
    /// 1 · a topic.
    Topic,
    /// A number that this version does not know.
    Other(i64),
}

impl FollowType {
    /// The number in the protocol.
    pub fn number(self) -> i64 {
        match self {
            FollowType::App => 0,
            FollowType::Topic => 1,
            FollowType::Other(number) => number,
        }
    }
}

impl From<i64> for FollowType {
    fn from(number: i64) -> Self {
        match number {
            0 => FollowType::App,
            1 => FollowType::Topic,
            other => FollowType::Other(other),
        }
    }
}

/// One subscription of one user. A user who subscribes to an app and two topics appears three times.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The user's UID.
    pub uid: String,
    /// The id of this subscription; the argument of `delete_user`, `block_user` and `unblock_user`. Not the UID.
    pub id: i64,
    /// The id of the app or topic.
    #[serde(default)]
    pub app_or_topic_id: Option<i64>,
    /// The URL of the user's picture; the service now leaves it empty.
    #[serde(default)]
    pub head_img: Option<String>,
    /// The time of the subscription, in milliseconds since the epoch.
    pub create_time: i64,
    /// The user's name; the service now leaves it empty.
    #[serde(default)]
    pub nick_name: Option<String>,
    /// Whether the user is blocked (`reject` in the protocol).
    #[serde(default, rename = "reject", deserialize_with = "null_as_default")]
    pub is_blocked: bool,
    /// What the user has subscribed to.
    #[serde(rename = "type")]
    pub follow_type: FollowType,
    /// The name of the app or topic.
    #[serde(default)]
    pub target: Option<String>,
    /// The paid-until time, in milliseconds since the epoch; may be in the past. 0 if the user never paid.
    #[serde(default, deserialize_with = "null_as_default")]
    pub pay_end_time: i64,
}

/// One page of users.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserPage {
    /// The number of users on all pages.
    pub total: i64,
    /// The page number, from 1.
    pub page: i64,
    /// The number of users on a full page. The server may use a smaller one than the query requests.
    pub page_size: i64,
    /// The users on this page.
    #[serde(rename = "records")]
    pub users: Vec<User>,
}

/// One user of the deprecated V1 list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserV1 {
    /// The user's UID.
    pub uid: String,
    /// The time of the subscription, in milliseconds since the epoch.
    pub create_time: i64,
    /// Whether the user receives messages.
    pub enable: bool,
    /// The URL of the user's picture.
    #[serde(default)]
    pub head_img: Option<String>,
    /// The user's name.
    #[serde(default)]
    pub nick_name: Option<String>,
}

/// One page of the deprecated V1 list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserPageV1 {
    /// The number of users on all pages.
    pub total: i64,
    /// The page number, from 1.
    pub page: i64,
    /// The number of users on a full page.
    pub page_size: i64,
    /// The users on this page.
    #[serde(rename = "records")]
    pub users: Vec<UserV1>,
}
