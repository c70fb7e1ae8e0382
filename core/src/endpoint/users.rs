//! Who follows, and putting an end to it (wire.md §2.4).

use serde::Deserialize;

use super::{Endpoint, Query};
use crate::error::{Error, ErrorKind, Result};
use crate::http::envelope::Answer;
use crate::limits::{Limits, check_size};
use crate::secret::AppToken;

/// Which users to list. Everything left out means "all".
///
/// ```
/// use wxpusher::{FollowType, UserQuery};
/// let blocked = UserQuery { is_block: Some(true), follow_type: Some(FollowType::App), ..UserQuery::default() };
/// assert_eq!((blocked.page, blocked.page_size), (1, 100));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserQuery {
    /// The page, from 1.
    pub page: u32,
    /// Users on a page, 1 to 100.
    pub page_size: u32,
    /// Only this user.
    pub uid: Option<String>,
    /// Only blocked users, or only those who are not.
    pub is_block: Option<bool>,
    /// Only followers of the app, or only those of its topics.
    pub follow_type: Option<FollowType>,
}

impl Default for UserQuery {
    fn default() -> Self {
        Self { page: 1, page_size: 100, uid: None, is_block: None, follow_type: None }
    }
}

/// What somebody follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "i64")]
pub enum FollowType {
    /// 0 · the app.
    App,
    /// 1 · a topic.
    Topic,
    /// A type that this version does not know.
    Other(i64),
}

impl FollowType {
    /// The number on the wire.
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

/// One following of one person. Who follows an app and two topics appears three times.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Who.
    pub uid: String,
    /// The id of this following; what `delete_user` and `reject_user` take. Not the uid.
    pub id: i64,
    /// The app or topic followed.
    #[serde(default)]
    pub app_or_topic_id: Option<i64>,
    /// Now always empty.
    #[serde(default)]
    pub head_img: Option<String>,
    /// Since when, in milliseconds since the epoch.
    pub create_time: i64,
    /// Now always empty.
    #[serde(default)]
    pub nick_name: Option<String>,
    /// Whether they are blocked.
    #[serde(default)]
    pub reject: bool,
    /// What they follow.
    #[serde(rename = "type")]
    pub follow_type: FollowType,
    /// The name of the app or topic followed.
    #[serde(default)]
    pub target: Option<String>,
    /// 0 when they never paid, else until when they have, in milliseconds since the epoch; may be past.
    #[serde(default)]
    pub pay_end_time: i64,
}

/// One page of users.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserPage {
    /// Users on all pages.
    pub total: i64,
    /// This page, from 1.
    pub page: i64,
    /// Users on a page.
    pub page_size: i64,
    /// The users of this page.
    #[serde(rename = "records")]
    pub users: Vec<User>,
}

/// `GET /api/fun/wxuser/v2`.
pub(crate) struct ListUsers<'a> {
    pub(crate) token: &'a AppToken,
    pub(crate) query: &'a UserQuery,
}

impl Endpoint for ListUsers<'_> {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/api/fun/wxuser/v2";
    const IDEMPOTENT: bool = true;
    type Output = UserPage;

    fn validate(&self, limits: &Limits) -> Result<()> {
        check_page(self.query.page, self.query.page_size, limits)
    }

    fn query(&self) -> Query {
        let UserQuery { page, page_size, uid, is_block, follow_type } = self.query;
        Query::default()
            .with("appToken", self.token.expose())
            .with("page", page)
            .with("pageSize", page_size)
            .with_some("uid", uid.as_deref())
            .with_some("isBlock", *is_block)
            .with_some("type", follow_type.map(FollowType::number))
    }

    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<UserPage, ErrorKind> {
        answer.success(secrets)?.read()
    }
}

/// One user of the old list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserV1 {
    /// Who.
    pub uid: String,
    /// Since when, in milliseconds since the epoch.
    pub create_time: i64,
    /// Whether they receive messages.
    pub enable: bool,
    /// Their picture.
    #[serde(default)]
    pub head_img: Option<String>,
    /// Their name.
    #[serde(default)]
    pub nick_name: Option<String>,
}

/// One page of the old list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserPageV1 {
    /// Users on all pages.
    pub total: i64,
    /// This page, from 1.
    pub page: i64,
    /// Users on a page.
    pub page_size: i64,
    /// The users of this page.
    #[serde(rename = "records")]
    pub users: Vec<UserV1>,
}

/// `GET /api/fun/wxuser`, deprecated by WxPusher.
pub(crate) struct ListUsersV1<'a> {
    pub(crate) token: &'a AppToken,
    pub(crate) page: u32,
    pub(crate) page_size: u32,
    pub(crate) uid: Option<&'a str>,
}

impl Endpoint for ListUsersV1<'_> {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/api/fun/wxuser";
    const IDEMPOTENT: bool = true;
    type Output = UserPageV1;

    fn validate(&self, limits: &Limits) -> Result<()> {
        check_page(self.page, self.page_size, limits)
    }

    fn query(&self) -> Query {
        Query::default()
            .with("appToken", self.token.expose())
            .with("page", self.page)
            .with("pageSize", self.page_size)
            .with_some("uid", self.uid)
    }

    /// Documented as a bare page, seen in an envelope.
    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<UserPageV1, ErrorKind> {
        match answer.code {
            None => answer.bare(),
            Some(_) => answer.success(secrets)?.read(),
        }
    }
}

fn check_page(page: u32, page_size: u32, limits: &Limits) -> Result<()> {
    if page == 0 {
        return Err(Error::invalid_argument("page", "0, pages are counted from 1"));
    }
    check_size("page_size", page_size as usize, 1, limits.page_size as usize, "users on a page")
}

/// `DELETE /api/fun/remove`.
pub(crate) struct DeleteUser<'a> {
    pub(crate) token: &'a AppToken,
    pub(crate) id: i64,
}

impl Endpoint for DeleteUser<'_> {
    const METHOD: &'static str = "DELETE";
    const PATH: &'static str = "/api/fun/remove";
    const IDEMPOTENT: bool = true;
    type Output = ();

    fn query(&self) -> Query {
        Query::default().with("appToken", self.token.expose()).with("id", self.id)
    }

    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<(), ErrorKind> {
        answer.success(secrets).map(drop)
    }
}

/// `PUT /api/fun/reject`.
pub(crate) struct RejectUser<'a> {
    pub(crate) token: &'a AppToken,
    pub(crate) id: i64,
    pub(crate) reject: bool,
}

impl Endpoint for RejectUser<'_> {
    const METHOD: &'static str = "PUT";
    const PATH: &'static str = "/api/fun/reject";
    const IDEMPOTENT: bool = true;
    type Output = ();

    fn query(&self) -> Query {
        Query::default().with("appToken", self.token.expose()).with("id", self.id).with("reject", self.reject)
    }

    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<(), ErrorKind> {
        answer.success(secrets).map(drop)
    }
}
