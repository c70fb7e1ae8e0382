//! Long content in several messages

use std::ffi::c_char;
use std::mem::MaybeUninit;

use wxpusher::{Limits, split_content};

use crate::config::wxpusher_config;
use crate::error::wxpusher_error;
use crate::fallible::create;
use crate::pointer::text;
use crate::send::content_type;
use crate::text::{OwnedTexts, wxpusher_texts};

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
    config: Option<&wxpusher_config>,
    texts: Option<&mut MaybeUninit<*mut wxpusher_texts>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedTexts>(texts, "texts", error, || {
        let content_type = self::content_type(content_type)?;
        // SAFETY: the caller keeps the header's rules for `content`.
        let content = unsafe { text(content, content_len, "content") }?;
        let limits = config.map_or(Limits::CURRENT, |config| config.config.get_limits());
        Ok(split_content(content, content_type, &limits)?.into())
    })
}
