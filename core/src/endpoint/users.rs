//! The user list, deleting and blocking (protocol §2.4).

use super::{Endpoint, Query};
use crate::model::error::{ErrorKind, Result};
use crate::model::limits::{Limits, check_range};
use crate::model::secret::AppToken;
use crate::model::user::{FollowType, UserPage, UserPageV1, UserQuery};
use crate::wire::envelope::Envelope;

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
        let UserQuery { page, page_size, uid, is_blocked, follow_type } = self.query;
        Query::default()
            .with("appToken", self.token.expose())
            .with("page", page)
            .with("pageSize", page_size)
            .with_some("uid", uid.as_deref())
            .with_some("isBlock", *is_blocked)
            .with_some("type", follow_type.map(FollowType::number))
    }

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<UserPage, ErrorKind> {
        response.success(secrets)?.read()
    }
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

    /// Documented without the envelope, in practice with it.
    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<UserPageV1, ErrorKind> {
        match response.code {
            None => response.bare(),
            Some(_) => response.success(secrets)?.read(),
        }
    }
}

fn check_page(page: u32, page_size: u32, limits: &Limits) -> Result<()> {
    check_range("page", page, 1, u32::MAX)?;
    check_range("page_size", page_size, 1, limits.page_size)
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

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<(), ErrorKind> {
        response.success(secrets).map(drop)
    }
}

/// `PUT /api/fun/reject`.
pub(crate) struct BlockUser<'a> {
    pub(crate) token: &'a AppToken,
    pub(crate) id: i64,
    pub(crate) block: bool,
}

impl Endpoint for BlockUser<'_> {
    const METHOD: &'static str = "PUT";
    const PATH: &'static str = "/api/fun/reject";
    const IDEMPOTENT: bool = true;
    type Output = ();

    fn query(&self) -> Query {
        Query::default().with("appToken", self.token.expose()).with("id", self.id).with("reject", self.block)
    }

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<(), ErrorKind> {
        response.success(secrets).map(drop)
    }
}
