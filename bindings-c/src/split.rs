//! Long content in several messages.

use std::ffi::c_char;

use wxpusher::{Limits, split_content};

use crate::boundary::{get, get_text, release};
use crate::c_text::Text;
use crate::config::wxpusher_config;
use crate::error::wxpusher_error;
use crate::fallible::create;
use crate::message::content_type;
use crate::pointer::{optional_shared, text};

/// A list of texts.
#[derive(Debug)]
pub struct wxpusher_texts(Vec<Text>);

/// Splits a content that exceeds the limits into parts for one message each, at ends of paragraphs or lines. If there is more
/// than one part, each begins with its number: "(1/3)" and a line feed. `content_type` is WXPUSHER_CONTENT_TEXT or
/// WXPUSHER_CONTENT_MARKDOWN. The limits are those of `config`, or WXPUSHER_LIMITS_CURRENT if it is NULL.
///
/// `*texts` is the caller's to free with wxpusher_texts_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT for HTML,
/// for an empty content, and for more than 9999 parts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_split_content(
    content_type: i32,
    content: *const c_char,
    content_len: usize,
    config: *const wxpusher_config,
    texts: *mut *mut wxpusher_texts,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `content`, `config`, `texts` and `error`.
    unsafe {
        create(texts, "texts", error, || {
            let content_type = self::content_type(content_type)?;
            let content = text(content, content_len, "content")?;
            let config = optional_shared(config, "config")?;
            let limits = config.map_or(Limits::CURRENT, |config| config.config.get_limits());
            let parts = split_content(content, content_type, &limits)?;
            Ok(wxpusher_texts(parts.into_iter().map(Into::into).collect()))
        })
    }
}

/// The number of texts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_texts_len(texts: *const wxpusher_texts) -> usize {
    // SAFETY: the caller keeps the header's rules for `texts`.
    unsafe { get(texts, |texts| texts.0.len()) }
}

/// The text with this index; NULL if there is none.
///
/// Borrowed from `texts`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_texts_get(
    texts: *const wxpusher_texts,
    index: usize,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `texts` and `len`.
    unsafe { get_text(texts, len, |texts| texts.0.get(index)) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_texts_free(texts: *mut wxpusher_texts) {
    // SAFETY: the caller gives up `texts`, which is NULL or came from this library.
    unsafe { release(texts) }
}
