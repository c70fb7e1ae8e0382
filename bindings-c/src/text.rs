//! `wxpusher_text`: a text that a function returns by itself.

use std::ffi::c_char;

use crate::boundary::{get_text, release};
use crate::c_text::Text;

/// A text of its own, for functions that give nothing else: a uid.
#[derive(Debug)]
pub struct wxpusher_text(Text);

impl From<String> for wxpusher_text {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

/// The text, UTF-8 with a NUL behind.
///
/// Borrowed from `text`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_text_get(text: *const wxpusher_text, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `text` and `len`.
    unsafe { get_text(text, len, |text| Some(&text.0)) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_text_free(text: *mut wxpusher_text) {
    // SAFETY: the caller gives up `text`, which is NULL or came from this library.
    unsafe { release(text) }
}
