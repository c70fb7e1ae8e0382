//! The public data: what callers pass in and get back. Depends on nothing else of this crate.

pub(crate) mod callback;
mod ensure_all;
pub(crate) mod error;
pub(crate) mod lenient;
pub(crate) mod limits;
pub(crate) mod message;
pub(crate) mod outcome;
pub(crate) mod pay_end_time;
pub(crate) mod qrcode;
pub(crate) mod secret;
pub(crate) mod split;
pub(crate) mod status;
pub(crate) mod user;
