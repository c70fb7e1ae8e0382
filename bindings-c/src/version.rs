//! Which version this is.

use std::ffi::c_char;

use crate::boundary::call;

/// The version of the library that runs, for example "0.1.0". WXPUSHER_VERSION is the one compiled against.
///
/// Lives for ever. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_version() -> *const c_char {
    call(|| concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast())
}
