//! Tests of the sandbox over sockets and through the handle.

mod callbacks;
mod client;
mod control;
mod faults;
mod lifecycle;
mod living_clients;
mod receiver;
mod refusals;
mod routes;
mod time;
