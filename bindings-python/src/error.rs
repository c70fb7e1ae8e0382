//! Core's errors as the exceptions of `wxpusher_sdk._errors`.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};
use wxpusher::{Error, ErrorKind};

use crate::outcome::SendOutcome;

/// The exception for an error.
pub(crate) fn raise(py: Python<'_>, error: Error) -> PyErr {
    exception(py, error).unwrap_or_else(|broken| broken)
}

fn exception(py: Python<'_>, error: Error) -> PyResult<PyErr> {
    static CLASSES: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let classes =
        CLASSES.get_or_try_init(py, || py.import("wxpusher_sdk._errors")?.getattr("BY_NUMBER").map(Bound::unbind))?;
    let class = classes.bind(py).get_item(error.number())?.cast_into::<PyType>()?;
    let text = error.to_string();
    let (retry_is_safe, is_rate_limited) = (error.retry_is_safe(), error.is_rate_limited());
    let fields = PyDict::new(py);
    fields.set_item("sent", error.sent().as_str())?;
    match error.into_kind() {
        ErrorKind::InvalidArgument { field, reason } => {
            fields.set_item("field", field)?;
            fields.set_item("reason", reason)?;
        }
        ErrorKind::Connect { reason }
        | ErrorKind::Tls { reason }
        | ErrorKind::Transport { reason }
        | ErrorKind::InvalidResponse { reason }
        | ErrorKind::InvalidCallback { reason }
        | ErrorKind::Internal { reason }
        | ErrorKind::RateLimiter { reason } => fields.set_item("reason", reason)?,
        ErrorKind::Timeout { phase } => fields.set_item("phase", phase.as_str())?,
        ErrorKind::HttpStatus { status, code, msg } => {
            fields.set_item("status", status)?;
            fields.set_item("code", code)?;
            fields.set_item("msg", msg.raw())?;
        }
        ErrorKind::Api { code, msg } => {
            fields.set_item("code", code)?;
            fields.set_item("msg", msg.raw())?;
        }
        ErrorKind::Rejected { outcome } => fields.set_item("outcome", SendOutcome::new_from(py, outcome)?)?,
        ErrorKind::InvalidSignature { reason } => fields.set_item("reason", reason.to_string())?,
        ErrorKind::Cancelled => {}
    }
    let exception = class.call((text,), Some(&fields))?;
    exception.setattr("retry_is_safe", retry_is_safe)?;
    exception.setattr("is_rate_limited", is_rate_limited)?;
    Ok(PyErr::from_value(exception))
}

/// Core's list of numbers and names, for the test that compares it with the classes.
#[pyfunction(name = "_error_kinds")]
pub(crate) fn error_kinds() -> Vec<(i32, &'static str)> {
    ErrorKind::ALL.to_vec()
}
