//! Subscribers.

use std::sync::Mutex;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::record::{record, utc};
use crate::wait::{executing, wait};
use crate::words::FollowType;

record! {
    /// One subscription of one user. A user who subscribes to an app and two topics appears three times.
    User {
        /// The user's UID.
        uid: String,
        /// The id of this subscription: the argument of `delete_user`, `block_user` and `unblock_user`. Not the UID.
        id: i64,
        /// The id of the app or topic.
        app_or_topic_id: Option<i64>,
        /// WxPusher now always sends an empty text.
        head_img: Option<String>,
        /// When the subscription began, in milliseconds since the epoch.
        create_time: i64,
        /// WxPusher now always sends an empty text.
        nick_name: Option<String>,
        /// Whether the user is blocked.
        is_blocked: bool,
        /// Whether this is a subscription of the app or of a topic: a `FollowType`.
        r#type: FollowType,
        /// The name of the app or topic.
        target: Option<String>,
        /// The paid-until time in milliseconds since the epoch, also if it has passed; 0 if the user never paid.
        pay_end_time: i64,
    }

    /// `create_time` as an aware datetime.
    #[getter]
    fn create_time_utc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        utc(py, self.create_time)
    }

    /// `pay_end_time` as an aware datetime; None if the user never paid.
    #[getter]
    fn pay_end_time_utc<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        (self.pay_end_time != 0).then(|| utc(py, self.pay_end_time)).transpose()
    }
}

record! {
    /// One page of users.
    UserPage {
        /// The number of users on all pages.
        total: i64,
        /// The number of this page, from 1.
        page: i64,
        /// The maximum number of users on a page.
        page_size: i64,
        /// The users of this page.
        users: Py<PyTuple>,
    }
}

record! {
    /// One user of the old list.
    UserV1 {
        /// The user's UID.
        uid: String,
        /// When the subscription began, in milliseconds since the epoch.
        create_time: i64,
        /// Whether the user receives messages.
        enable: bool,
        /// The URL of the user's picture.
        head_img: Option<String>,
        /// The user's name.
        nick_name: Option<String>,
    }

    /// `create_time` as an aware datetime.
    #[getter]
    fn create_time_utc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        utc(py, self.create_time)
    }
}

record! {
    /// One page of the old list.
    UserPageV1 {
        /// The number of users on all pages.
        total: i64,
        /// The number of this page, from 1.
        page: i64,
        /// The maximum number of users on a page.
        page_size: i64,
        /// The users of this page.
        users: Py<PyTuple>,
    }
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
            create_time,
            nick_name,
            is_blocked,
            r#type: FollowType(follow_type.number()),
            target,
            pay_end_time,
        }
    }
}

impl From<wxpusher::UserV1> for UserV1 {
    fn from(user: wxpusher::UserV1) -> Self {
        let wxpusher::UserV1 { uid, create_time, enable, head_img, nick_name } = user;
        Self { uid, create_time, enable, head_img, nick_name }
    }
}

impl UserPage {
    pub(crate) fn new_from(py: Python<'_>, page: wxpusher::UserPage) -> PyResult<Self> {
        let wxpusher::UserPage { total, page, page_size, users } = page;
        let users = PyTuple::new(py, users.into_iter().map(User::from))?.unbind();
        Ok(Self { total, page, page_size, users })
    }
}

impl UserPageV1 {
    pub(crate) fn new_from(py: Python<'_>, page: wxpusher::UserPageV1) -> PyResult<Self> {
        let wxpusher::UserPageV1 { total, page, page_size, users } = page;
        let users = PyTuple::new(py, users.into_iter().map(UserV1::from))?.unbind();
        Ok(Self { total, page, page_size, users })
    }
}

/// An iterator over all users that match a query; made by `Client.users`.
///
/// It requests the next page when all users of the current page were returned. After an error, the next step requests
/// the same page again.
#[pyclass(frozen, module = "wxpusher_sdk")]
pub(crate) struct Users(pub(crate) Mutex<wxpusher::Users>);

impl Users {
    fn step<T: Send>(
        &self,
        py: Python<'_>,
        step: impl FnOnce(&mut wxpusher::Users) -> wxpusher::Result<T> + Send,
    ) -> PyResult<T> {
        let mut users = self.0.try_lock().map_err(|_| executing())?;
        let users = &mut *users;
        wait(py, || step(users))
    }
}

#[pymethods]
impl Users {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<User>> {
        Ok(self.step(py, |users| users.next().transpose())?.map(User::from))
    }

    /// Returns the next `count` users, fewer at the end.
    fn _take(&self, py: Python<'_>, count: usize) -> PyResult<Vec<User>> {
        let users = self.step(py, |users| users.take(count).collect::<wxpusher::Result<Vec<_>>>())?;
        Ok(users.into_iter().map(User::from).collect())
    }
}
