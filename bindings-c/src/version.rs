//! Version

use std::ffi::c_char;

use crate::boundary::static_text;

/// Returns the version of the library that is loaded, for example "0.1.0". WXPUSHER_VERSION is the version of the header.
///
/// The text is static. Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_version() -> *const c_char {
    static_text(|| VERSION)
}

const VERSION: &std::ffi::CStr =
    match std::ffi::CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => panic!("the version contains no NUL"),
    };
