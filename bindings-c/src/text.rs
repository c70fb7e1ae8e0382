//! Texts that go out: UTF-8 with a NUL behind, and a length for those that hold one inside.

use std::ffi::c_char;

use crate::boundary::{get_text, release};

/// A text that C can borrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text(Box<str>);

impl Text {
    /// Its start, and its length without the NUL behind it.
    pub(crate) fn parts(&self) -> (*const c_char, usize) {
        (self.0.as_ptr().cast(), self.0.len() - 1)
    }

    /// The text itself.
    pub(crate) fn as_str(&self) -> &str {
        &self.0[..self.0.len() - 1]
    }
}

impl From<String> for Text {
    fn from(mut text: String) -> Self {
        text.reserve_exact(1);
        text.push('\0');
        Self(text.into_boxed_str())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(format!("{text}\0").into_boxed_str())
    }
}

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
