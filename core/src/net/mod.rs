//! The network: the only code that uses ureq.

pub(crate) mod base_url;
pub(crate) mod client;
mod compression;
mod context;
mod interim;
pub(crate) mod proxy;
mod request_buffer;
mod resolver;
pub(crate) mod roots;
mod tcp;
