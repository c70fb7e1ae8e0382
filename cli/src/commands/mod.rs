//! One file per command: its arguments and what it does.

pub(crate) mod broadcast;
pub(crate) mod callback;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod delete;
pub(crate) mod doctor;
pub(crate) mod help;
pub(crate) mod listen;
pub(crate) mod man;
pub(crate) mod mcp;
pub(crate) mod product;
pub(crate) mod profile;
pub(crate) mod push;
pub(crate) mod qrcode;
pub(crate) mod run_command;
pub(crate) mod sandbox_actions;
pub(crate) mod send;
pub(crate) mod status;
pub(crate) mod users;
pub(crate) mod verify_link;
