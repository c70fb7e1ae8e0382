//! The built command against a sandbox: one module per command.

mod support;

mod completions;
mod delete;
mod demo;
mod help;
mod push;
mod sandbox;
mod send;
mod send_run;
mod status;
