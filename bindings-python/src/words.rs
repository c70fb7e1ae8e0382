//! The enums. Their classes are Python's (`wxpusher_sdk._words`); a value becomes a member when somebody looks at it.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyInt, PyString};
use wxpusher::{ContentType, VerifyPayType};

use crate::arguments::{id, refused, text, wrong_type};

macro_rules! numbers {
    ($($(#[$meta:meta])* $name:ident)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub(crate) struct $name(pub(crate) i64);

        impl<'py> IntoPyObject<'py> for &$name {
            type Target = PyAny;
            type Output = Bound<'py, PyAny>;
            type Error = PyErr;

            fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
                CLASS.import(py, "wxpusher_sdk._words", stringify!($name))?.call1((self.0,))
            }
        }

        impl<'py> FromPyObject<'_, 'py> for $name {
            type Error = PyErr;

            fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                given.extract().map(Self)
            }
        }
    )*};
}

numbers! {
    /// What somebody follows.
    FollowType
    /// Paid or refunded.
    OrderType
    /// What a product is made of.
    ResourceType
}

/// How somebody came to follow an app.
pub(crate) struct SubscribeSource(pub(crate) String);

impl<'py> IntoPyObject<'py> for &SubscribeSource {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        CLASS.import(py, "wxpusher_sdk._words", "SubscribeSource")?.call1((&self.0,))
    }
}

impl<'py> FromPyObject<'_, 'py> for SubscribeSource {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        given.extract().map(Self)
    }
}

/// A choice among names and their numbers: a member of the enum, its number, or its name in any case.
fn choice(field: &'static str, names: &[(&str, i64)], given: &Bound<'_, PyAny>) -> PyResult<i64> {
    let list = || names.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    if given.is_instance_of::<PyString>() {
        let word = text(field, given)?.to_ascii_lowercase();
        let known = names.iter().find(|(name, _)| *name == word);
        return known
            .map(|(_, number)| *number)
            .ok_or_else(|| refused(given.py(), field, format!("one of {} is needed", list())));
    }
    if given.is_instance_of::<PyInt>() && !given.is_instance_of::<PyBool>() {
        return id(field, given);
    }
    Err(wrong_type(field, &format!("one of {}", list()), given))
}

fn unknown(py: Python<'_>, field: &'static str, number: i64) -> PyErr {
    refused(py, field, format!("{number} is not known"))
}

pub(crate) fn content_type(field: &'static str, given: &Bound<'_, PyAny>) -> PyResult<ContentType> {
    let number = choice(field, &[("text", 1), ("html", 2), ("markdown", 3)], given)?;
    let known = i32::try_from(number).ok().and_then(ContentType::from_number);
    known.ok_or_else(|| unknown(given.py(), field, number))
}

pub(crate) fn verify_pay_type(field: &'static str, given: &Bound<'_, PyAny>) -> PyResult<VerifyPayType> {
    let number = choice(field, &[("everyone", 0), ("paid", 1), ("unpaid", 2)], given)?;
    let known = i32::try_from(number).ok().and_then(VerifyPayType::from_number);
    known.ok_or_else(|| unknown(given.py(), field, number))
}

pub(crate) fn follow_type(field: &'static str, given: &Bound<'_, PyAny>) -> PyResult<wxpusher::FollowType> {
    choice(field, &[("app", 0), ("topic", 1)], given).map(wxpusher::FollowType::from)
}
