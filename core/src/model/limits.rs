//! WxPusher's limits as one table (protocol §5), and the checks that use it.

use std::fmt::Display;

use super::error::{Error, Result};

/// The limits that are checked before a request is sent.
///
/// WxPusher has changed its limits over the years. A client can have its own table, so that a change at the server needs
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
    /// The maximum number of characters of `content`.
    pub content_chars: usize,
    /// The maximum number of UTF-8 bytes of `content`.
    pub content_bytes: usize,
    /// The maximum number of characters of `summary`.
    pub summary_chars: usize,
    /// The maximum number of characters of `url`.
    pub url_chars: usize,
    /// The maximum number of UIDs in one call, and the size of a broadcast's batch.
    pub uids: usize,
    /// The maximum number of topic ids in one call.
    pub topic_ids: usize,
    /// The maximum number of SPTs in one call; a longer list is split into several calls.
    pub spts: usize,
    /// The maximum number of characters of a QR code's `extra`.
    pub extra_chars: usize,
    /// The maximum validity of a QR code, in seconds.
    pub valid_time: u32,
    /// The maximum number of users on one page.
    pub page_size: u32,
}

impl Limits {
    /// The limits of the official documentation of 2026.
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

    /// The limits of the 2022 document. It gives exclusive upper bounds and no limit in bytes.
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

/// Checks the size of a text or a list.
pub(crate) fn check_size(field: &'static str, size: usize, min: usize, max: usize, unit: &str) -> Result<()> {
    if (min..=max).contains(&size) {
        return Ok(());
    }
    let allowed = match (min, max) {
        (0, max) => format!("at most {max}"),
        (min, usize::MAX) => format!("at least {min}"),
        (min, max) => format!("{min} to {max}"),
    };
    Err(Error::invalid_argument(field, format!("must have {allowed} {unit} (got {size})")))
}

/// Checks that a number is from `min` to `max`.
pub(crate) fn check_range<T: PartialOrd + Display>(field: &'static str, value: T, min: T, max: T) -> Result<()> {
    if value < min || value > max {
        return Err(Error::invalid_argument(field, format!("must be between {min} and {max} (got {value})")));
    }
    Ok(())
}

/// Checks that each item of a list is one id: not empty, without separators and white space inside.
///
/// WxPusher would accept the call and report the item as an unknown recipient.
pub(crate) fn check_ids<'a>(field: &'static str, items: impl Iterator<Item = &'a str>) -> Result<()> {
    for (at, item) in items.enumerate() {
        let number = at + 1;
        if item.trim().is_empty() {
            return Err(Error::invalid_argument(field, format!("item {number} is empty")));
        }
        if item.chars().any(is_separator) {
            let reason = format!("item {number} contains a separator or white space: pass each id as its own item");
            return Err(Error::invalid_argument(field, reason));
        }
    }
    Ok(())
}

/// Returns whether this character separates the items of a list, or is not allowed in an id.
pub(crate) fn is_separator(c: char) -> bool {
    matches!(c, ';' | ',') || c.is_whitespace() || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_unicode_scalar_values() {
        assert!(check_chars("extra", &"好".repeat(64), 1, 64).is_ok());
        let error = check_chars("extra", &"🌍".repeat(65), 1, 64).unwrap_err();
        assert_eq!(error.to_string(), "invalid argument `extra`: must have 1 to 64 characters (got 65)");
        assert!(check_chars("extra", "", 1, 64).is_err());
    }

    #[test]
    fn names_the_bound_that_exists() {
        let text = |min, max, size| check_size("x", size, min, max, "items").unwrap_err().to_string();
        assert_eq!(text(0, 2, 3), "invalid argument `x`: must have at most 2 items (got 3)");
        assert_eq!(text(1, usize::MAX, 0), "invalid argument `x`: must have at least 1 items (got 0)");
        let error = check_range("page", 0, 1, 9).unwrap_err();
        assert_eq!(error.to_string(), "invalid argument `page`: must be between 1 and 9 (got 0)");
    }

    #[test]
    fn names_the_item_that_is_not_an_id() {
        let text = |items: [&'static str; 2]| check_ids("uids", items.into_iter()).unwrap_err().to_string();
        assert_eq!(text(["UID_a", " "]), "invalid argument `uids`: item 2 is empty");
        for list in ["UID_a;UID_b", "UID_a,UID_b", "UID_a UID_b", "UID_a\nUID_b"] {
            let expected = "invalid argument `uids`: item 1 contains a separator or white space: \
                            pass each id as its own item";
            assert_eq!(text([list, "UID_c"]), expected);
        }
    }
}
