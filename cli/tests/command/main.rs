//! The built command against a sandbox: one module per command.

mod support;

mod broadcast;
mod callback;
mod completions;
mod config;
mod delete;
mod demo;
mod doctor;
mod help;
mod lang;
mod listen;
mod man;
mod product;
mod profile;
mod push;
mod qrcode;
mod sandbox;
mod send;
mod send_run;
mod status;
mod users;
mod verify_link;
