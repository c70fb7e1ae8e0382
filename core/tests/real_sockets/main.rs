//! The client against real sockets. One binary, so that one logger checks all log lines for tokens.

mod cancelling;
mod connecting;
mod connections;
mod log_watch;
mod secrets;
mod server;
mod settings;
mod tls;
