//! One file per command: its arguments and what it does.

pub(crate) mod completions;
pub(crate) mod delete;
pub(crate) mod help;
pub(crate) mod push;
mod run_command;
pub(crate) mod send;
pub(crate) mod status;
