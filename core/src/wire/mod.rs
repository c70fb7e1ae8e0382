//! The protocol's JSON and links, without the network.

pub(crate) mod callback;
pub(crate) mod entry_link;
pub(crate) mod envelope;
mod json;
mod lenient;
