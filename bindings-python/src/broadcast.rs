//! One message to any number of users.

use std::sync::Mutex;
use std::vec;

use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyTuple};
use wxpusher::{Broadcaster, Message};

use crate::arguments::{item_text, iterate};
use crate::error::raise;
use crate::outcome::SendOutcome;
use crate::record::record;
use crate::wait::{executing, guard, is_raised, keep, wait};

record! {
    /// What became of one batch of a broadcast. A failed batch does not end the broadcast.
    Batch {
        /// The batch's number, from 1.
        number: u64,
        /// Whom it went to: at most 2 000, none of them in an earlier batch.
        uids: Py<PyTuple>,
        /// How many uids of the stream are done with, this batch included. To resume later, skip as many.
        done: u64,
        /// How many uids were dropped while this batch was filled, because they had been there before.
        duplicates: u64,
        /// What came of it; None when it failed as a whole.
        outcome: Option<Py<SendOutcome>>,
        /// Why it failed as a whole; None when it did not.
        error: Option<Py<PyAny>>,
    }

    /// Returns the outcome, or raises the error.
    fn result<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, SendOutcome>> {
        match (&self.outcome, &self.error) {
            (Some(outcome), _) => Ok(outcome.bind(py).clone()),
            (None, Some(error)) => Err(PyErr::from_value(error.bind(py).clone())),
            (None, None) => Err(pyo3::exceptions::PyValueError::new_err("a batch has an outcome or an error")),
        }
    }
}

impl Batch {
    fn new_from(py: Python<'_>, batch: wxpusher::Batch) -> PyResult<Self> {
        let wxpusher::Batch { number, uids, done, duplicates, result } = batch;
        let (outcome, error) = match result {
            Ok(outcome) => (Some(Py::new(py, SendOutcome::new_from(py, outcome)?)?), None),
            Err(error) => (None, Some(raise(py, error).into_value(py).into_any())),
        };
        Ok(Self { number, uids: PyTuple::new(py, uids)?.unbind(), done, duplicates, outcome, error })
    }
}

/// Sends a batch at each step; made by `Client.broadcast`.
#[pyclass(frozen, module = "wxpusher_sdk")]
pub(crate) struct Broadcast(Mutex<State>);

struct State {
    broadcaster: Broadcaster,
    /// Cancelled when the iterable raises, so that what it gave before is not sent.
    client: wxpusher::Client,
    uids: Py<PyIterator>,
    /// Taken from the iterable, not yet by core.
    taken: vec::IntoIter<String>,
    /// How many were taken from the iterable, ever.
    count: usize,
    is_over: bool,
}

impl Broadcast {
    pub(crate) fn new(
        py: Python<'_>,
        client: &wxpusher::Client,
        message: Message,
        uids: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let client = client.scoped();
        let uids = iterate("uids", "str", uids)?.unbind();
        let broadcaster = guard(py, || Broadcaster::new(&client, message))?;
        Ok(Self(Mutex::new(State {
            broadcaster,
            client,
            uids,
            taken: Vec::new().into_iter(),
            count: 0,
            is_over: false,
        })))
    }
}

impl State {
    fn step(&mut self) -> Option<wxpusher::Batch> {
        let Self { broadcaster, client, uids, taken, count, is_over } = self;
        if *is_over {
            return None;
        }
        let mut stream = std::iter::from_fn(|| {
            if let Some(uid) = taken.next() {
                return Some(uid);
            }
            match Python::attach(|py| take(py, uids, count)) {
                Ok(more) => *taken = more.into_iter(),
                Err(raised) => {
                    *is_over = true;
                    client.cancel();
                    keep(raised);
                    return None;
                }
            }
            taken.next()
        });
        broadcaster.step(&mut stream)
    }
}

/// The next uids of the iterable. Several at once, because each crossing into Python may have to wait for other threads.
fn take(py: Python<'_>, uids: &Py<PyIterator>, count: &mut usize) -> PyResult<Vec<String>> {
    const MOST: usize = 100;
    py.check_signals()?;
    let mut taken = Vec::with_capacity(MOST);
    for uid in uids.bind(py).clone().take(MOST) {
        taken.push(item_text("uids", *count, &uid?)?);
        *count += 1;
    }
    Ok(taken)
}

#[pymethods]
impl Broadcast {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Batch>> {
        let mut state = self.0.try_lock().map_err(|_| executing())?;
        let state = &mut *state;
        let batch = wait(py, || {
            match state.step() {
                // Nobody will look at this batch; its error becomes the cause of what was raised.
                Some(wxpusher::Batch { number: _, uids: _, done: _, duplicates: _, result: Err(error) })
                    if is_raised() =>
                {
                    Err(error)
                }
                batch => Ok(batch),
            }
        })?;
        batch.map(|batch| Batch::new_from(py, batch)).transpose()
    }
}
