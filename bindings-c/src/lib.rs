//! WxPusher for C and C++.
//!
//! The library that people use is `include/wxpusher.h`, made from this crate by cbindgen, and `include/wxpusher.hpp` on top
//! of it. Its rules (who owns what, what may be NULL, which thread may do what) stand at the top of that header, in
//! `cbindgen.toml`, and every function here relies on its callers keeping them.
//!
//! The modules are named like those of core. Below them: `boundary` and `fallible` (the bodies of exported functions),
//! `pointer` (arguments) and `c_text` (texts that C can borrow).

#![deny(missing_docs, clippy::undocumented_unsafe_blocks)]
#![allow(non_camel_case_types)] // The names are C's.
#![allow(clippy::missing_safety_doc)] // The header says it once for all functions.

mod boundary;
mod broadcast;
mod c_text;
mod callback;
mod client;
mod config;
mod ensure_all;
mod entry_link;
mod error;
mod fallible;
mod follow_url;
mod message;
mod outcome;
#[cfg(feature = "panic-test")]
mod panic_test;
mod pay_end_time;
mod pointer;
mod qrcode;
mod simple_push;
mod split;
mod status;
mod text;
mod user_query;
mod users;
mod users_v1;
mod version;

pub use broadcast::*;
pub use callback::*;
pub use client::*;
pub use config::*;
pub use ensure_all::*;
pub use entry_link::*;
pub use error::*;
pub use follow_url::*;
pub use message::*;
pub use outcome::*;
#[cfg(feature = "panic-test")]
pub use panic_test::*;
pub use pay_end_time::*;
pub use qrcode::*;
pub use simple_push::*;
pub use split::*;
pub use status::*;
pub use text::{wxpusher_text, wxpusher_text_free, wxpusher_text_get};
pub use user_query::*;
pub use users::*;
pub use users_v1::*;
pub use version::*;

#[cfg(test)]
mod tests {
    use super::*;

    fn shared_between_threads<T: Send + Sync>() {}

    /// The header promises it of all that is taken as `const`, and that every handle may change threads.
    #[test]
    fn every_handle_may_be_shared() {
        shared_between_threads::<wxpusher_batch>();
        shared_between_threads::<wxpusher_broadcast>();
        shared_between_threads::<wxpusher_callback>();
        shared_between_threads::<wxpusher_client>();
        shared_between_threads::<wxpusher_config>();
        shared_between_threads::<wxpusher_entry_link_verifier>();
        shared_between_threads::<wxpusher_error>();
        shared_between_threads::<wxpusher_message>();
        shared_between_threads::<wxpusher_outcome>();
        shared_between_threads::<wxpusher_pay_end_times>();
        shared_between_threads::<wxpusher_qrcode>();
        shared_between_threads::<wxpusher_simple_push>();
        shared_between_threads::<wxpusher_status>();
        shared_between_threads::<wxpusher_text>();
        shared_between_threads::<wxpusher_texts>();
        shared_between_threads::<wxpusher_user_page>();
        shared_between_threads::<wxpusher_user_page_v1>();
        shared_between_threads::<wxpusher_user_query>();
        shared_between_threads::<wxpusher_users>();
    }
}
