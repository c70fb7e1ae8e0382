//! What may be passed for what: plain Python values in, and an error that names the argument for everything else.
//!
//! A wrong type is a `TypeError`, a wrong value an `InvalidArgumentError`. Neither shows the value: it may be a token.

use std::time::Duration;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyFloat, PyInt, PyMapping, PyString};
use wxpusher::Error;

use crate::error::raise;

type Given<'a, 'py> = &'a Bound<'py, PyAny>;

pub(crate) fn wrong_type(field: &str, wanted: &str, given: Given<'_, '_>) -> PyErr {
    let name = given.get_type().name().map_or_else(|_| "something else".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("{field} must be {wanted}, not {name}"))
}

pub(crate) fn refused(py: Python<'_>, field: &'static str, reason: impl Into<String>) -> PyErr {
    raise(py, Error::invalid_argument(field, reason))
}

pub(crate) fn text(field: &'static str, given: Given<'_, '_>) -> PyResult<String> {
    match given.cast::<PyString>() {
        Ok(text) => unicode(field, text),
        Err(_) => Err(wrong_type(field, "a str", given)),
    }
}

/// Python's strings may hold halves of characters, which no UTF-8 can carry. Python's own error would carry the whole text.
fn unicode(field: &'static str, text: &Bound<'_, PyString>) -> PyResult<String> {
    text.extract::<String>().map_err(|error| {
        let at = error.value(text.py()).getattr("start").and_then(|start| start.extract::<usize>());
        let place = at.map_or_else(|_| String::new(), |at| format!(" at position {at}"));
        refused(text.py(), field, format!("a lone surrogate{place}: not a character"))
    })
}

pub(crate) fn maybe<'a, 'py, T>(
    field: &'static str,
    given: Option<Given<'a, 'py>>,
    read: impl FnOnce(&'static str, Given<'a, 'py>) -> PyResult<T>,
) -> PyResult<Option<T>> {
    given.filter(|given| !given.is_none()).map(|given| read(field, given)).transpose()
}

fn integer(field: &'static str, given: Given<'_, '_>) -> PyResult<i64> {
    if given.is_instance_of::<PyBool>() {
        return Err(wrong_type(field, "an int", given));
    }
    let py = given.py();
    match given.cast::<PyInt>() {
        Ok(number) => number.extract().map_err(|_| refused(py, field, "it does not fit into 64 bits")),
        Err(_) => Err(wrong_type(field, "an int", given)),
    }
}

pub(crate) fn id(field: &'static str, given: Given<'_, '_>) -> PyResult<i64> {
    integer(field, given)
}

/// A count: 0 and up, and small enough for any limit to be the one that refuses it.
pub(crate) fn count(field: &'static str, given: Given<'_, '_>) -> PyResult<u32> {
    let number = integer(field, given)?;
    u32::try_from(number).map_err(|_| refused(given.py(), field, format!("{number} is out of range")))
}

pub(crate) fn flag(field: &'static str, given: Given<'_, '_>) -> PyResult<bool> {
    match given.cast::<PyBool>() {
        Ok(flag) => Ok(flag.is_true()),
        Err(_) => Err(wrong_type(field, "a bool", given)),
    }
}

/// Seconds, as an int or a float.
pub(crate) fn seconds(field: &'static str, given: Given<'_, '_>) -> PyResult<Duration> {
    let is_number = given.is_instance_of::<PyFloat>() || given.is_instance_of::<PyInt>();
    if !is_number || given.is_instance_of::<PyBool>() {
        return Err(wrong_type(field, "a number of seconds", given));
    }
    let bad = || refused(given.py(), field, "not a number of seconds that time can take");
    let number: f64 = given.extract().map_err(|_| bad())?;
    Duration::try_from_secs_f64(number).map_err(|_| bad())
}

/// Goes through an iterable of `what`. A string is one, too, and the field's most common mistake.
pub(crate) fn items<'py, T>(
    field: &'static str,
    what: &str,
    given: Given<'_, 'py>,
    mut read: impl FnMut(usize, &Bound<'py, PyAny>) -> PyResult<T>,
) -> PyResult<Vec<T>> {
    let iterator = iterate(field, what, given)?;
    iterator.enumerate().map(|(at, item)| read(at, &item?)).collect()
}

/// Starts iterating, if this is something to iterate.
pub(crate) fn iterate<'py>(
    field: &str,
    what: &str,
    given: Given<'_, 'py>,
) -> PyResult<Bound<'py, pyo3::types::PyIterator>> {
    let wanted = format!("a list of {what}");
    if given.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(format!("{field} must be {wanted}, not a single str: put it into a list")));
    }
    let is_bytes = given.is_instance_of::<PyBytes>() || given.is_instance_of::<PyByteArray>();
    if is_bytes || given.cast::<PyMapping>().is_ok() {
        return Err(wrong_type(field, &wanted, given));
    }
    given.try_iter().map_err(|_| wrong_type(field, &wanted, given))
}

fn at_place(field: &str, at: usize) -> String {
    format!("{field}[{at}]")
}

/// One uid or SPT of many.
pub(crate) fn item_text(field: &'static str, at: usize, item: &Bound<'_, PyAny>) -> PyResult<String> {
    match item.cast::<PyString>() {
        Ok(text) => unicode(field, text),
        Err(_) => Err(wrong_type(&at_place(field, at), "a str", item)),
    }
}

pub(crate) fn texts(field: &'static str, given: Given<'_, '_>) -> PyResult<Vec<String>> {
    items(field, "str", given, |at, item| item_text(field, at, item))
}

pub(crate) fn ids(field: &'static str, given: Given<'_, '_>) -> PyResult<Vec<i64>> {
    items(field, "int", given, |at, item| {
        let is_int = item.is_instance_of::<PyInt>() && !item.is_instance_of::<PyBool>();
        if is_int { id(field, item) } else { Err(wrong_type(&at_place(field, at), "an int", item)) }
    })
}
