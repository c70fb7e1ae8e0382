//! The protocol's JSON and links, without the network.

pub(crate) mod callback;
pub(crate) mod entry_link;
pub(crate) mod envelope;
pub(crate) mod follow_url;
mod json;
mod lenient;
