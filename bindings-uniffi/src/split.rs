//! Splitting a text that is longer than one message may be.

use crate::boundary::guarded;
use crate::error::Result;
use crate::limits::Limits;
use crate::message::ContentType;

/// Splits a text into parts that are each within the limits of one message.
///
/// A text within the limits is returned as it is. Otherwise each part begins with its number, as "(1/3)" and a line feed.
/// Parts end at a paragraph if possible, else at a line, at a space, or between two characters. In Markdown a fenced code
/// block that is split is closed at the end of a part and opened again in the next one.
///
/// # Errors
/// `invalid_argument` for HTML, for an empty text, and for limits too small to hold the number of the part.
#[uniffi::export(default(content_type = None, limits = None))]
pub fn split_content(
    content: String,
    content_type: Option<ContentType>,
    limits: Option<Limits>,
) -> Result<Vec<String>> {
    guarded(|| {
        let content_type = content_type.map(Into::into).unwrap_or_default();
        let limits = limits.map_or(Ok(wxpusher::Limits::CURRENT), Limits::into_core)?;
        Ok(wxpusher::split_content(&content, content_type, &limits)?)
    })
}
