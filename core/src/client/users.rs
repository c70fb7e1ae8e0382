//! Subscribers: listing, deleting, blocking (protocol §2.4), and paid-until times (§2.6).

use std::vec;

use super::Client;
use crate::endpoint::pay_end_time::QueryPayEndTime;
use crate::endpoint::users::{BlockUser, DeleteUser, ListUsers, ListUsersV1};
use crate::model::error::Result;
use crate::model::pay_end_time::PayEndTime;
use crate::model::user::{User, UserPage, UserPageV1, UserQuery};

impl Client {
    /// Returns one page of the subscribers of the app and its topics (protocol §2.4). [`users`](Self::users) iterates over
    /// all pages.
    ///
    /// # Errors
    /// `invalid_argument` if `page` is 0 or `page_size` is not between 1 and 100.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// use wxpusher::UserQuery;
    /// let page = client.list_users(&UserQuery { page_size: 20, is_blocked: Some(false), ..UserQuery::default() })?;
    /// assert_eq!(page.users[0].uid, "UID_testalice");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn list_users(&self, query: &UserQuery) -> Result<UserPage> {
        self.call(&ListUsers { token: self.token()?, query })
    }

    /// Returns an iterator over all users that the query selects, beginning with its page (protocol §2.4).
    ///
    /// Do not delete users while you iterate: the following users move to earlier pages and are skipped. Collect the ids
    /// first.
    ///
    /// ```no_run
    /// use wxpusher::{Client, UserQuery};
    /// let client = Client::from_env()?;
    /// for user in client.users(UserQuery::default()) {
    ///     println!("{}", user?.uid);
    /// }
    /// # Ok::<(), wxpusher::Error>(())
    /// ```
    pub fn users(&self, query: UserQuery) -> Users {
        Users { client: self.clone(), query, page: Vec::new().into_iter(), before: None, is_last: false }
    }

    /// Returns one page of the V1 user list, which WxPusher has deprecated in favour of [`list_users`](Self::list_users)
    /// (protocol §2.4).
    ///
    /// # Errors
    /// Like [`list_users`](Self::list_users).
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// assert_eq!(client.list_users_v1(1, 50, Some("UID_testalice"))?.users.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn list_users_v1(&self, page: u32, page_size: u32, uid: Option<&str>) -> Result<UserPageV1> {
        self.call(&ListUsersV1 { token: self.token()?, page, page_size, uid })
    }

    /// Deletes a subscription by its id: the `id` of a [`User`], not a UID. The user can subscribe again.
    ///
    /// # Errors
    /// `api` if there is no such subscription.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// use wxpusher::{Result, UserQuery};
    /// let query = UserQuery { uid: Some("UID_testalice".into()), ..UserQuery::default() };
    /// let subscriptions = client.users(query).collect::<Result<Vec<_>>>()?;
    /// for subscription in subscriptions {
    ///     client.delete_user(subscription.id)?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn delete_user(&self, id: i64) -> Result<()> {
        self.call(&DeleteUser { token: self.token()?, id })
    }

    /// Blocks a user by the `id` of a [`User`] (not a UID). A blocked user receives nothing and cannot subscribe again.
    ///
    /// # Errors
    /// `api` if there is no such subscription.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// use wxpusher::UserQuery;
    /// let page = client.list_users(&UserQuery::default())?;
    /// client.block_user(page.users[0].id)?;
    /// client.unblock_user(page.users[0].id)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn block_user(&self, id: i64) -> Result<()> {
        self.call(&BlockUser { token: self.token()?, id, block: true })
    }

    /// Unblocks a user by the `id` of a [`User`] (not a UID).
    ///
    /// # Errors
    /// `api` if there is no such subscription.
    pub fn unblock_user(&self, id: i64) -> Result<()> {
        self.call(&BlockUser { token: self.token()?, id, block: false })
    }

    /// Returns a user's paid-until time for each resource of a product (protocol §2.6); empty if the user never paid.
    ///
    /// # Errors
    /// `api` if there is no such product.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// # use std::time::Duration;
    /// sandbox.pay("UID_testbob", 12, 990, Duration::from_secs(86_400))?;
    /// let paid = client.query_pay_end_time("UID_testbob", 12)?;
    /// assert!(paid[0].pay_end_time > sandbox.now());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query_pay_end_time(&self, uid: &str, prod_id: i64) -> Result<Vec<PayEndTime>> {
        self.call(&QueryPayEndTime { uid, prod_id })
    }
}

/// An iterator over all users that a query selects; created by [`Client::users`].
///
/// It requests a page when the page before is used up. After an error the next step requests the same page again, so that
/// no user is skipped.
#[derive(Debug)]
pub struct Users {
    client: Client,
    query: UserQuery,
    page: vec::IntoIter<User>,
    /// The number of users before the next page; `None` before the first response, which contains the server's page size.
    before: Option<i64>,
    is_last: bool,
}

impl Iterator for Users {
    type Item = Result<User>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(user) = self.page.next() {
            return Some(Ok(user));
        }
        if self.is_last {
            return None;
        }
        match self.client.list_users(&self.query) {
            Ok(page) => {
                let count = page.users.len() as i64;
                let before = self.before.unwrap_or_else(|| self.users_before(&page));
                let seen = before.saturating_add(count);
                self.before = Some(seen);
                // The total decides and not the requested page size: the server may use a smaller one.
                self.is_last = page.users.is_empty() || seen >= page.total;
                self.query.page = self.query.page.saturating_add(1);
                self.page = page.users.into_iter();
                self.page.next().map(Ok)
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl Users {
    /// The number of users on the pages before the first one requested.
    fn users_before(&self, page: &UserPage) -> i64 {
        let pages = i64::from(self.query.page - 1);
        let count = page.users.len() as i64;
        let before = pages.saturating_mul(page.page_size);
        let is_full = count >= page.page_size;
        let is_last = before.saturating_add(count) == page.total;
        // A server that caps pages in silence repeats the page size of the query, although its pages hold fewer users.
        if is_full || is_last { before } else { pages.saturating_mul(count) }
    }
}
