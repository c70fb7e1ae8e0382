//! What the Python package `wxpusher_sdk` is made of: core's types and verbs, as Python has them.
//!
//! The rooms are core's. What only Python has: `arguments` (what may be passed), `wait` (signals, panics and the GIL),
//! `record` (how a result behaves), `words` (the enums), `log`, `command` and `sandbox`.

#![forbid(unsafe_code)]

mod arguments;
mod broadcast;
mod callback;
mod client;
mod command;
mod config;
mod entry_link;
mod error;
mod limits;
mod log;
mod message;
mod outcome;
mod pay_end_time;
mod qrcode;
mod record;
mod sandbox;
mod status;
mod users;
mod wait;
mod words;

/// The native part of `wxpusher_sdk`. Import from `wxpusher_sdk` instead.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::broadcast::{Batch, Broadcast};
    #[pymodule_export]
    use super::callback::{AppSubscribe, OrderPay, SendUpCmd, UnknownCallback, parse_callback};
    #[pymodule_export]
    use super::client::Client;
    #[pymodule_export]
    use super::command::run_command;
    #[pymodule_export]
    use super::entry_link::EntryLinkVerifier;
    #[pymodule_export]
    use super::error::error_kinds;
    #[pymodule_export]
    use super::limits::Limits;
    #[pymodule_export]
    use super::log::log_to_python;
    #[pymodule_export]
    use super::outcome::{SendOutcome, TargetResult};
    #[pymodule_export]
    use super::pay_end_time::PayEndTime;
    #[pymodule_export]
    use super::qrcode::Qrcode;
    #[pymodule_export]
    use super::sandbox::Sandbox;
    #[pymodule_export]
    use super::status::SendStatus;
    #[pymodule_export]
    use super::users::{User, UserPage, UserPageV1, UserV1, Users};
    #[pymodule_export]
    use super::wait::provoke_panic;
}
