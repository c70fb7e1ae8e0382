//! What core logs, in Python's `logging`. Off until asked for, so that importing the package does not import logging.

use log::{Level, LevelFilter, Log, Metadata, Record};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::arguments::refused;
use crate::wait::keep_if_waiting;

/// Sends what this package does to the logger "wxpusher_sdk", from `level` up: "DEBUG" (each call and each try), "INFO",
/// "WARNING"; "OFF" stops it. No record holds a token.
#[pyfunction]
#[pyo3(signature = (level="DEBUG"))]
pub(crate) fn log_to_python(py: Python<'_>, level: &str) -> PyResult<()> {
    let filter = match level.to_ascii_uppercase().as_str() {
        "DEBUG" => LevelFilter::Trace,
        "INFO" => LevelFilter::Info,
        "WARNING" => LevelFilter::Warn,
        "ERROR" => LevelFilter::Error,
        "OFF" => LevelFilter::Off,
        _ => return Err(refused(py, "level", "one of \"DEBUG\", \"INFO\", \"WARNING\", \"ERROR\", \"OFF\" is needed")),
    };
    // It is set already from the second time on.
    let _ = log::set_logger(&ToPython);
    log::set_max_level(filter);
    Ok(())
}

struct ToPython;

impl Log for ToPython {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("wxpusher")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            // None: the interpreter is shutting down, and nobody reads.
            if let Some(Err(raised)) = Python::try_attach(|py| hand_over(py, record)) {
                // Logging reports its handlers' errors itself; this may be Ctrl-C.
                keep_if_waiting(raised);
            }
        }
    }

    fn flush(&self) {}
}

fn hand_over(py: Python<'_>, record: &Record<'_>) -> PyResult<()> {
    static LOGGER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let logger = LOGGER.get_or_try_init(py, || {
        py.import("logging")?.call_method1("getLogger", ("wxpusher_sdk",)).map(Bound::unbind)
    })?;
    let level = match record.level() {
        Level::Error => 40,
        Level::Warn => 30,
        Level::Info => 20,
        Level::Debug | Level::Trace => 10,
    };
    logger.call_method1(py, "log", (level, "%s", record.args().to_string()))?;
    Ok(())
}
