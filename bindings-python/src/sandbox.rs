//! A WxPusher on this machine. Results go to Python as JSON, where `wxpusher_sdk._sandbox` gives them classes.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyType;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wxpusher_sandbox::{Error, Fault, Seed, Source, Target};

use crate::arguments::{item_text, iterate, seconds};

/// The sandbox behind `wxpusher_sdk.Sandbox`.
#[pyclass(frozen, module = "wxpusher_sdk._native", name = "Sandbox")]
pub(crate) struct Sandbox {
    /// None once stopped.
    running: Mutex<Option<Arc<wxpusher_sandbox::Sandbox>>>,
    #[pyo3(get)]
    url: String,
}

impl Sandbox {
    fn lock(&self) -> MutexGuard<'_, Option<Arc<wxpusher_sandbox::Sandbox>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Acts without the GIL and the lock: a callback may go to a server in this very process, which may look at the sandbox
    /// before it answers.
    fn act<T: Send>(
        &self,
        py: Python<'_>,
        act: impl FnOnce(&wxpusher_sandbox::Sandbox) -> Result<T, Error> + Send,
    ) -> PyResult<T> {
        let running = self.lock().clone().ok_or_else(|| PyRuntimeError::new_err("the sandbox is stopped"))?;
        py.detach(move || act(&running)).map_err(|error| failed(py, &error.to_string()))
    }

    fn tell<T: Send + Serialize>(
        &self,
        py: Python<'_>,
        act: impl FnOnce(&wxpusher_sandbox::Sandbox) -> Result<T, Error> + Send,
    ) -> PyResult<String> {
        json(py, &self.act(py, act)?)
    }
}

fn failed(py: Python<'_>, text: &str) -> PyErr {
    let class = py.import("wxpusher_sdk._errors").and_then(|errors| errors.getattr("SandboxError"));
    match class.and_then(|class| Ok(class.cast_into::<PyType>()?)) {
        Ok(class) => PyErr::from_type(class, (text.to_owned(),)),
        Err(broken) => broken,
    }
}

fn json<T: Serialize>(py: Python<'_>, value: &T) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| failed(py, &error.to_string()))
}

fn read<T: DeserializeOwned>(py: Python<'_>, text: &str) -> PyResult<T> {
    serde_json::from_str(text).map_err(|error| failed(py, &error.to_string()))
}

#[pymethods]
impl Sandbox {
    #[new]
    fn start(
        py: Python<'_>,
        seed: Option<&str>,
        port: u16,
        rate_limit: bool,
        frozen_at: Option<i64>,
    ) -> PyResult<Self> {
        let seed = seed.map_or_else(|| Ok(Seed::demo()), |seed| read(py, seed))?;
        let mut builder = wxpusher_sandbox::Sandbox::builder()
            .listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .seed(seed)
            .rate_limit(rate_limit);
        if let Some(ms) = frozen_at {
            builder = builder.frozen_at(ms);
        }
        let running = py.detach(|| builder.start()).map_err(|error| failed(py, &error.to_string()))?;
        Ok(Self { url: running.url().to_owned(), running: Mutex::new(Some(Arc::new(running))) })
    }

    fn stop(&self, py: Python<'_>) {
        let running = self.lock().take();
        py.detach(move || drop(running));
    }

    fn seed(&self, py: Python<'_>, seed: &str) -> PyResult<()> {
        let seed = read(py, seed)?;
        self.act(py, |sandbox| sandbox.seed(seed))
    }

    fn seed_followers(&self, py: Python<'_>, app_id: i64, uids: &Bound<'_, PyAny>) -> PyResult<()> {
        let uids = iterate("uids", "str", uids)?.enumerate().map(|(at, uid)| item_text("uids", at, &uid?));
        let uids = uids.collect::<PyResult<Vec<_>>>()?;
        self.act(py, |sandbox| sandbox.seed_followers(app_id, uids))
    }

    fn world(&self, py: Python<'_>) -> PyResult<String> {
        self.tell(py, |sandbox| Ok(sandbox.world()))
    }

    fn set_callback_url(&self, py: Python<'_>, app_id: i64, url: Option<&str>) -> PyResult<()> {
        self.act(py, |sandbox| sandbox.set_callback_url(app_id, url))
    }

    fn scan(&self, py: Python<'_>, code: &str, uid: &str) -> PyResult<String> {
        self.tell(py, |sandbox| sandbox.scan(code, uid))
    }

    fn subscribe(&self, py: Python<'_>, uid: &str, target: &str, source: &str) -> PyResult<String> {
        let (target, source): (Target, Source) = (read(py, target)?, read(py, source)?);
        self.tell(py, |sandbox| sandbox.subscribe(uid, target, source))
    }

    fn command(&self, py: Python<'_>, uid: &str, text: &str) -> PyResult<String> {
        self.tell(py, |sandbox| sandbox.command(uid, text))
    }

    fn pay(
        &self,
        py: Python<'_>,
        uid: &str,
        prod_id: i64,
        amount: i64,
        add_time: &Bound<'_, PyAny>,
    ) -> PyResult<String> {
        let add_time = seconds("add_time", add_time)?;
        self.tell(py, |sandbox| sandbox.pay(uid, prod_id, amount, add_time))
    }

    fn refund(&self, py: Python<'_>, trade_no: &str) -> PyResult<String> {
        self.tell(py, |sandbox| sandbox.refund(trade_no))
    }

    fn inbox(&self, py: Python<'_>, uid_or_spt: &str) -> PyResult<String> {
        self.tell(py, |sandbox| sandbox.inbox(uid_or_spt))
    }

    fn qrcode(&self, py: Python<'_>, code: &str) -> PyResult<String> {
        self.tell(py, |sandbox| sandbox.qrcode(code))
    }

    fn now(&self, py: Python<'_>) -> PyResult<i64> {
        self.act(py, |sandbox| Ok(sandbox.now()))
    }

    fn advance(&self, py: Python<'_>, by: &Bound<'_, PyAny>) -> PyResult<()> {
        let by = seconds("seconds", by)?;
        self.act(py, |sandbox| {
            sandbox.advance(by);
            Ok(())
        })
    }

    fn set_rate_limit(&self, py: Python<'_>, enabled: bool) -> PyResult<()> {
        self.act(py, |sandbox| {
            sandbox.set_rate_limit(enabled);
            Ok(())
        })
    }

    fn inject(&self, py: Python<'_>, fault: &str) -> PyResult<()> {
        let fault: Fault = read(py, fault)?;
        self.act(py, |sandbox| sandbox.inject(fault))
    }

    fn clear_faults(&self, py: Python<'_>) -> PyResult<()> {
        self.act(py, |sandbox| {
            sandbox.clear_faults();
            Ok(())
        })
    }

    fn calls(&self, py: Python<'_>) -> PyResult<String> {
        self.tell(py, |sandbox| Ok(sandbox.calls()))
    }

    /// Waits in slices, so that Ctrl-C is heard.
    fn wait_for_calls(&self, py: Python<'_>, count: u64, timeout: &Bound<'_, PyAny>) -> PyResult<bool> {
        const SLICE: Duration = Duration::from_millis(100);
        let timeout = seconds("timeout", timeout)?;
        let mut left = timeout;
        loop {
            let slice = left.min(SLICE);
            if self.act(py, |sandbox| Ok(sandbox.wait_for_calls(count, slice)))? {
                return Ok(true);
            }
            py.check_signals()?;
            left -= slice;
            if left.is_zero() {
                return Ok(false);
            }
        }
    }

    fn callbacks(&self, py: Python<'_>) -> PyResult<String> {
        self.tell(py, |sandbox| Ok(sandbox.callbacks()))
    }
}
