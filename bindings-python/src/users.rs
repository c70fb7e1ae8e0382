//! Who follows, and all of them page after page.

use std::sync::Mutex;

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::record::{record, utc};
use crate::wait::{executing, wait};
use crate::words::FollowType;

record! {
    /// One following of one person. Who follows an app and two topics appears three times.
    User {
        /// Who.
        uid: String,
        /// The id of this following; what `delete_user` and `reject_user` take. Not the uid.
        id: i64,
        /// The app or topic followed.
        app_or_topic_id: Option<i64>,
        /// Now always empty.
        head_img: Option<String>,
        /// Since when, in milliseconds since the epoch.
        create_time: i64,
        /// Now always empty.
        nick_name: Option<String>,
        /// Whether they are blocked.
        reject: bool,
        /// What they follow: a `FollowType`.
        r#type: FollowType,
        /// The name of the app or topic followed.
        target: Option<String>,
        /// 0 when they never paid, else until when they have, in milliseconds since the epoch; may be past.
        pay_end_time: i64,
    }

    /// `create_time` as an aware datetime.
    #[getter]
    fn create_time_utc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        utc(py, self.create_time)
    }

    /// `pay_end_time` as an aware datetime; None when they never paid.
    #[getter]
    fn pay_end_time_utc<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        (self.pay_end_time != 0).then(|| utc(py, self.pay_end_time)).transpose()
    }
}

record! {
    /// One page of users.
    UserPage {
        /// Users on all pages.
        total: i64,
        /// This page, from 1.
        page: i64,
        /// Users on a page.
        page_size: i64,
        /// The users of this page.
        users: Py<PyTuple>,
    }
}

record! {
    /// One user of the old list.
    UserV1 {
        /// Who.
        uid: String,
        /// Since when, in milliseconds since the epoch.
        create_time: i64,
        /// Whether they receive messages.
        enable: bool,
        /// Their picture.
        head_img: Option<String>,
        /// Their name.
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
        /// Users on all pages.
        total: i64,
        /// This page, from 1.
        page: i64,
        /// Users on a page.
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
            reject: is_blocked,
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

/// An iterator over all users that a query names; made by `Client.users`.
///
/// It asks for a page when the one before is used up. After an error the next step asks for the same page again.
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

    /// The next so many, fewer at the end.
    fn _take(&self, py: Python<'_>, count: usize) -> PyResult<Vec<User>> {
        let users = self.step(py, |users| users.take(count).collect::<wxpusher::Result<Vec<_>>>())?;
        Ok(users.into_iter().map(User::from).collect())
    }
}
