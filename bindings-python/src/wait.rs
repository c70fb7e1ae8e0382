//! The way from Python into core and back: without the GIL, open to signals, closed to panics.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;
use wxpusher::{Error, Result};

use crate::error::raise;

thread_local! {
    /// Whether this thread is inside of [`wait`]. No other thread may be made to wait for the interpreter.
    static IS_WAITING: Cell<bool> = const { Cell::new(false) };
    /// What Python code, called back from core, raised: a signal handler, a clock, a store, an iterable.
    static RAISED: RefCell<Option<PyErr>> = const { RefCell::new(None) };
}

/// Works without the GIL. What a signal handler raises meanwhile ends the work and is raised from here.
///
/// Only the main thread of the main interpreter runs signal handlers; Python sees to that itself.
pub(crate) fn wait<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    let was_waiting = IS_WAITING.replace(true);
    let result = py.detach(|| catch_unwind(AssertUnwindSafe(work)));
    IS_WAITING.set(was_waiting);
    finish(py, result)
}

/// Works with the GIL, for what takes microseconds.
pub(crate) fn guard<T>(py: Python<'_>, work: impl FnOnce() -> Result<T>) -> PyResult<T> {
    finish(py, catch_unwind(AssertUnwindSafe(work)))
}

fn finish<T>(py: Python<'_>, result: std::thread::Result<Result<T>>) -> PyResult<T> {
    let result = result.unwrap_or_else(|panic| Err(Error::internal(reason(&*panic))));
    match (RAISED.take(), result) {
        (None, result) => result.map_err(|error| raise(py, error)),
        (Some(raised), result) => {
            // It tells whether the request had left.
            raised.set_cause(py, result.err().map(|error| raise(py, error)));
            Err(raised)
        }
    }
}

/// A panic's text that was put together at run time may quote anything, so only fixed ones are shown.
fn reason(panic: &(dyn Any + Send)) -> &'static str {
    panic.downcast_ref::<&'static str>().copied().unwrap_or("a panic")
}

/// Keeps what Python code raised until core has come back.
pub(crate) fn keep(raised: PyErr) {
    RAISED.set(Some(raised));
}

/// The same, from code that may also run on a thread that Python did not send here.
pub(crate) fn keep_if_waiting(raised: PyErr) {
    if IS_WAITING.get() {
        keep(raised);
    }
}

/// What to say when an iterator is stepped while it steps: by another thread, a signal handler, or its own iterable.
pub(crate) fn executing() -> PyErr {
    pyo3::exceptions::PyValueError::new_err("this iterator is already executing")
}

/// Whether Python code raised something during the present work.
pub(crate) fn is_raised() -> bool {
    RAISED.with_borrow(Option::is_some)
}

/// The hook of [`wxpusher::Config::on_wait`]: lets signal handlers run, and stops the call when one raises.
pub(crate) fn on_wait() -> bool {
    if !IS_WAITING.get() || is_raised() {
        return is_raised();
    }
    let signals = Python::try_attach(|py| py.check_signals());
    match signals {
        Some(Ok(())) => false,
        Some(Err(raised)) => {
            keep(raised);
            true
        }
        // The interpreter is shutting down.
        None => true,
    }
}

/// For the tests: panics where a call would work.
#[pyfunction(name = "_provoke_panic")]
pub(crate) fn provoke_panic(py: Python<'_>) -> PyResult<()> {
    wait(py, || panic!("provoked"))
}
