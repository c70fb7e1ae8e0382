//! Text that C can borrow: UTF-8 followed by a NUL. Its length is kept beside it, because text may contain NUL.

use std::ffi::c_char;

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
