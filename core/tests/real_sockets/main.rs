//! The client against real sockets. One binary, so that one logger watches all of it for tokens.

mod answers;
mod broadcast;
mod cancelling;
mod connections;
mod endpoints;
mod scanning;
mod secrets;
mod server;
mod settings;
mod tls;
mod trying_again;
