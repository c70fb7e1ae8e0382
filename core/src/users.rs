//! All users, page after page.

use std::vec;

use crate::client::Client;
use crate::endpoint::users::{User, UserQuery};
use crate::error::Result;

/// An iterator over all users that a query names; made by [`Client::users`].
///
/// It asks for a page when the one before is used up. After an error the next step asks for the same page again, so nobody
/// is left out.
#[derive(Debug)]
pub struct Users {
    client: Client,
    query: UserQuery,
    page: vec::IntoIter<User>,
    is_last: bool,
}

impl Client {
    /// All users that the query names, beginning with its page (wire.md §2.4).
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
        Users { client: self.clone(), query, page: Vec::new().into_iter(), is_last: false }
    }
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
                let seen = i64::from(self.query.page) * i64::from(self.query.page_size);
                self.is_last = page.users.is_empty() || seen >= page.total;
                self.query.page = self.query.page.saturating_add(1);
                self.page = page.users.into_iter();
                self.page.next().map(Ok)
            }
            Err(error) => Some(Err(error)),
        }
    }
}
