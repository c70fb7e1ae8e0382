//! The `wxpusher` command, carried by the wheel.

use std::ffi::OsString;

use pyo3::prelude::*;

use crate::wait::wait;

/// Runs the command with these arguments, the program's name first, and gives the status to exit with.
#[pyfunction(name = "_run_command")]
pub(crate) fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
    wait(py, || Ok(wxpusher_cli::run(arguments)))
}
