//! The built command against a sandbox: one module per command.

mod support;

mod broadcast;
mod callback;
mod completions;
mod config;
mod delete;
mod demo;
mod doctor;
mod globals;
mod help;
mod lang;
mod listen;
mod man;
mod mcp;
mod product;
mod profile;
mod push;
mod qrcode;
mod sandbox;
mod send;
mod send_run;
mod status;
mod terminal;
mod users;
mod verify_link;
