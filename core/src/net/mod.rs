//! Everything that knows of sockets, time or JSON envelopes.

pub(crate) mod call;
pub(crate) mod cancel;
pub(crate) mod envelope;
pub(crate) mod exchange;
mod gate;
pub(crate) mod pace;
mod per_process;
mod resolver;
pub(crate) mod retry;
mod transport;
