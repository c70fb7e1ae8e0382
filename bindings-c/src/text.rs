//! Texts

use std::ffi::c_char;

use crate::boundary::release_result;
use crate::owned::{Owned, Texts, array};

/// A text.
#[repr(C)]
pub struct wxpusher_text {
    /// The text: UTF-8, terminated by NUL. A text that a server sent can contain NUL, too.
    pub text: *const c_char,
    /// Its length in bytes, without the NUL at its end.
    pub len: usize,
    /// Zero.
    pub reserved: [i64; 2],
}

/// A list of texts.
#[repr(C)]
pub struct wxpusher_texts {
    /// The texts, each UTF-8 and terminated by NUL; NULL if there are none.
    pub texts: *const *const c_char,
    /// Their lengths in bytes.
    pub lens: *const usize,
    /// Their number.
    pub len: usize,
    /// Zero.
    pub reserved: [i64; 2],
}

pub(crate) type OwnedText = Owned<wxpusher_text, Texts>;

pub(crate) type OwnedTexts = Owned<wxpusher_texts, TextList>;

/// An array of texts and their lengths.
pub(crate) struct TextList {
    _texts: Texts,
    starts: Vec<*const c_char>,
    lens: Vec<usize>,
}

impl TextList {
    pub(crate) fn new(list: Vec<String>) -> Self {
        let mut texts = Texts::default();
        let (starts, lens) = list.into_iter().map(|text| texts.add(text)).unzip();
        Self { _texts: texts, starts, lens }
    }

    pub(crate) fn starts(&self) -> *const *const c_char {
        array(&self.starts)
    }

    pub(crate) fn lens(&self) -> *const usize {
        array(&self.lens)
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }
}

impl From<String> for OwnedText {
    fn from(text: String) -> Self {
        let mut texts = Texts::default();
        let (text, len) = texts.add(text);
        Self::new(wxpusher_text { text, len, reserved: [0; 2] }, texts)
    }
}

impl From<Vec<String>> for OwnedTexts {
    fn from(list: Vec<String>) -> Self {
        let list = TextList::new(list);
        let public = wxpusher_texts { texts: list.starts(), lens: list.lens(), len: list.len(), reserved: [0; 2] };
        Self::new(public, list)
    }
}

/// Frees a text. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_text_free(text: *mut wxpusher_text) {
    // SAFETY: the caller gives up `text`, which is NULL or came from this library.
    unsafe { release_result::<OwnedText>(text) }
}

/// Frees a list of texts. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_texts_free(texts: *mut wxpusher_texts) {
    // SAFETY: the caller gives up `texts`, which is NULL or came from this library.
    unsafe { release_result::<OwnedTexts>(texts) }
}
