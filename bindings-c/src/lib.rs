//! WxPusher for C and C++.
//!
//! The library's interface is `include/wxpusher.h`, which cbindgen makes of this crate, and `include/wxpusher.hpp` on top of it.
//! The rules for its callers (ownership, NULL, threads) are at the top of that header, and every function here relies on them.
//!
//! The modules have core's names. Below them are `boundary` and `fallible` (no panic leaves Rust, errors become numbers), `pointer` (arguments)
//! and `owned` (results).
//!
//! Arguments are references wherever Rust owns what they point to: opaque handles, and the places for pointers that a function
//! hands out. Requests, results and texts are raw pointers, because their memory is the caller's or has a size that only the
//! library knows.

#![deny(missing_docs, clippy::undocumented_unsafe_blocks)]
#![allow(non_camel_case_types)] // The names are C's.
#![allow(clippy::missing_safety_doc)] // The header states the rules once for all functions.

mod boundary;
mod broadcast;
mod callback;
mod cancellation;
mod client;
mod config;
mod ensure_all;
mod entry_link;
mod error;
mod fallible;
mod follow_url;
#[cfg(all(test, target_pointer_width = "64"))]
mod layout_test;
mod outcome;
mod owned;
#[cfg(feature = "panic-test")]
mod panic_test;
mod pay_end_time;
mod pointer;
mod qrcode;
mod send;
#[cfg(any(windows, test))]
mod send_text_utf16;
mod simple_push;
mod split;
mod status;
mod text;
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
pub use outcome::*;
#[cfg(feature = "panic-test")]
pub use panic_test::*;
pub use pay_end_time::*;
pub use qrcode::*;
pub use send::*;
#[cfg(any(windows, test))]
pub use send_text_utf16::*;
pub use simple_push::*;
pub use split::*;
pub use status::*;
pub use text::*;
pub use users::*;
pub use users_v1::*;
pub use version::*;

#[cfg(test)]
mod tests {
    use super::*;

    fn shared_between_threads<T: Send + Sync>() {}

    /// The header promises that handles can move between threads, and that `const` ones can be shared.
    #[test]
    fn handles_can_be_shared_between_threads() {
        shared_between_threads::<wxpusher_broadcast>();
        shared_between_threads::<wxpusher_client>();
        shared_between_threads::<wxpusher_config>();
        shared_between_threads::<wxpusher_entry_link_verifier>();
        shared_between_threads::<wxpusher::Users>();
    }
}
