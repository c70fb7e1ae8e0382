//! "System integration" links: WxPusher sends a user to your site, and signs who they are.

use std::sync::Arc;
use std::time::Duration;

use pyo3::prelude::*;
use wxpusher::{Clock, NonceStore, SystemClock};

use crate::arguments::text;
use crate::wait::{keep, wait};

/// Checks entry links: signature, age (10 minutes at most), and that each is used once.
///
/// key: the verification key from the console. nonces: an object with `insert(nonce, now_ms, expires_ms) -> bool`, which
/// notes a nonce and says whether it was new, for sites that several processes answer for; without one this object
/// remembers the latest 100 000. clock: a function that gives the milliseconds since the epoch.
///
/// Keep it: it is what remembers the nonces.
#[pyclass(frozen, module = "wxpusher_sdk")]
pub(crate) struct EntryLinkVerifier(wxpusher::EntryLinkVerifier);

#[pymethods]
impl EntryLinkVerifier {
    #[new]
    #[pyo3(signature = (key, *, nonces=None, clock=None))]
    fn new(key: &Bound<'_, PyAny>, nonces: Option<Py<PyAny>>, clock: Option<Py<PyAny>>) -> PyResult<Self> {
        let mut verifier = wxpusher::EntryLinkVerifier::new(&text("key", key)?);
        if let Some(nonces) = nonces {
            verifier = verifier.nonces(Arc::new(PythonNonces(nonces)));
        }
        if let Some(clock) = clock {
            verifier = verifier.clock(Arc::new(PythonClock(clock)));
        }
        Ok(Self(verifier))
    }

    /// Checks the query string of a link (a whole URL will do) and says who came: the uid.
    ///
    /// Raises:
    ///     InvalidSignatureError: `reason` begins with "unsigned", "missing", "malformed", "forged", "stale" or "replayed".
    fn verify(&self, py: Python<'_>, query: &Bound<'_, PyAny>) -> PyResult<String> {
        let query = text("query", query)?;
        wait(py, || self.0.verify(&query))
    }

    fn __repr__(&self) -> &'static str {
        "EntryLinkVerifier('***')"
    }
}

#[derive(Debug)]
struct PythonNonces(Py<PyAny>);

impl NonceStore for PythonNonces {
    fn insert(&self, nonce: &str, now_ms: i64, expires_ms: i64) -> bool {
        let answer =
            Python::attach(|py| self.0.call_method1(py, "insert", (nonce, now_ms, expires_ms))?.bind(py).is_truthy());
        answer.unwrap_or_else(|raised| {
            keep(raised);
            false
        })
    }
}

#[derive(Debug)]
struct PythonClock(Py<PyAny>);

impl Clock for PythonClock {
    fn elapsed(&self) -> Duration {
        SystemClock.elapsed()
    }

    fn unix_ms(&self) -> i64 {
        Python::attach(|py| self.0.call0(py)?.extract(py)).unwrap_or_else(|raised| {
            keep(raised);
            i64::MIN
        })
    }

    fn sleep(&self, duration: Duration) {
        SystemClock.sleep(duration);
    }
}
