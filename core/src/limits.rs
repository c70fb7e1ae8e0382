//! What WxPusher takes, as one table (wire.md §5).

use crate::error::{Error, Result};

/// The limits that are checked before anything is sent.
///
/// The server's limits have moved over the years; a client may carry its own table, so that a change at the server needs
/// no release of this library. Characters are Unicode scalar values.
///
/// ```
/// use wxpusher::Limits;
/// assert_eq!(Limits::default().url_chars, 1_000);
/// assert_eq!(Limits::YEAR_2022.url_chars, 399);
/// let own = Limits { summary_chars: 20, ..Limits::default() };
/// # assert_eq!(own.uids, 2_000);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Characters of `content`, at most.
    pub content_chars: usize,
    /// UTF-8 bytes of `content`, at most.
    pub content_bytes: usize,
    /// Characters of `summary`, at most.
    pub summary_chars: usize,
    /// Characters of `url`, at most.
    pub url_chars: usize,
    /// Uids in one call, at most. Also the size of a batch of a broadcast.
    pub uids: usize,
    /// Topics in one call, at most.
    pub topic_ids: usize,
    /// SPTs in one call, at most.
    pub spts: usize,
    /// Characters of a QR code's `extra`, at most.
    pub extra_chars: usize,
    /// Seconds a QR code may live, at most.
    pub valid_time: u32,
    /// Users on one page, at most.
    pub page_size: u32,
}

impl Limits {
    /// What the documentation of 2026 says.
    pub const CURRENT: Limits = Limits {
        content_chars: 40_000,
        content_bytes: 65_535,
        summary_chars: 100,
        url_chars: 1_000,
        uids: 2_000,
        topic_ids: 5,
        spts: 10,
        extra_chars: 64,
        valid_time: 30 * 24 * 60 * 60,
        page_size: 100,
    };

    /// What the document of 2022 says: its limits were exclusive, and it knew none in bytes.
    pub const YEAR_2022: Limits = Limits {
        content_chars: 39_999,
        content_bytes: usize::MAX,
        summary_chars: 99,
        url_chars: 399,
        uids: 1_999,
        topic_ids: 4,
        ..Limits::CURRENT
    };
}

impl Default for Limits {
    fn default() -> Self {
        Limits::CURRENT
    }
}

/// Checks that a text has from `min` to `max` characters.
pub(crate) fn check_chars(field: &'static str, text: &str, min: usize, max: usize) -> Result<()> {
    // A text of n bytes has at most n characters, so most texts need no counting.
    if (min..=max).contains(&text.len()) && min <= 1 {
        return Ok(());
    }
    check_size(field, text.chars().count(), min, max, "characters")
}

/// Checks that there are from `min` to `max` of something.
pub(crate) fn check_size(field: &'static str, size: usize, min: usize, max: usize, unit: &str) -> Result<()> {
    if size < min {
        return Err(Error::invalid_argument(field, format!("{size} {unit}, at least {min} is needed")));
    }
    if size > max {
        return Err(Error::invalid_argument(field, format!("{size} {unit}, the limit is {max}")));
    }
    Ok(())
}

/// Checks that a list of ids holds no empty one.
pub(crate) fn check_no_empty<'a>(field: &'static str, mut items: impl Iterator<Item = &'a str>) -> Result<()> {
    match items.position(|item| item.trim().is_empty()) {
        Some(at) => Err(Error::invalid_argument(field, format!("item {} is empty", at + 1))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_scalar_values_and_not_bytes() {
        assert!(check_chars("extra", &"好".repeat(64), 1, 64).is_ok());
        let error = check_chars("extra", &"🌍".repeat(65), 1, 64).unwrap_err();
        assert_eq!(error.to_string(), "invalid argument `extra`: 65 characters, the limit is 64");
        assert!(check_chars("extra", "", 1, 64).is_err());
    }

    #[test]
    fn an_empty_item_is_named_by_its_place() {
        let error = check_no_empty("uids", ["UID_a", " "].into_iter()).unwrap_err();
        assert_eq!(error.to_string(), "invalid argument `uids`: item 2 is empty");
    }
}
