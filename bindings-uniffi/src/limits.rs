//! The limits of WxPusher (protocol §1).

use wxpusher::Error;

use crate::boundary::guarded;
use crate::error::Result;

/// The limits that are checked before a request is sent. To change one, copy `currentLimits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Limits {
    /// Characters of `content`, at most.
    pub content_chars: i64,
    /// UTF-8 bytes of `content`, at most.
    pub content_bytes: i64,
    /// Characters of `summary`, at most.
    pub summary_chars: i64,
    /// Characters of `url`, at most.
    pub url_chars: i64,
    /// UIDs in one call, at most. Also the size of a batch of a broadcast.
    pub uids: i64,
    /// Topics in one call, at most.
    pub topic_ids: i64,
    /// SPTs in one call, at most.
    pub spts: i64,
    /// Characters of a QR code's `extra`, at most.
    pub extra_chars: i64,
    /// Seconds a QR code is valid, at most.
    pub valid_time: i64,
    /// Users on one page, at most.
    pub page_size: i64,
}

/// Returns the limits of the documentation of 2026.
///
/// # Errors
/// `internal` only.
#[uniffi::export]
pub fn current_limits() -> Result<Limits> {
    guarded(|| Ok(wxpusher::Limits::CURRENT.into()))
}

/// Returns the limits of the documentation of 2022.
///
/// # Errors
/// `internal` only.
#[uniffi::export]
pub fn limits_of_2022() -> Result<Limits> {
    guarded(|| Ok(wxpusher::Limits::YEAR_2022.into()))
}

impl From<wxpusher::Limits> for Limits {
    fn from(limits: wxpusher::Limits) -> Self {
        let wxpusher::Limits {
            content_chars,
            content_bytes,
            summary_chars,
            url_chars,
            uids,
            topic_ids,
            spts,
            extra_chars,
            valid_time,
            page_size,
        } = limits;
        let number = |limit: usize| i64::try_from(limit).unwrap_or(i64::MAX);
        Self {
            content_chars: number(content_chars),
            content_bytes: number(content_bytes),
            summary_chars: number(summary_chars),
            url_chars: number(url_chars),
            uids: number(uids),
            topic_ids: number(topic_ids),
            spts: number(spts),
            extra_chars: number(extra_chars),
            valid_time: valid_time.into(),
            page_size: page_size.into(),
        }
    }
}

impl Limits {
    pub(crate) fn into_core(self) -> Result<wxpusher::Limits> {
        let Limits {
            content_chars,
            content_bytes,
            summary_chars,
            url_chars,
            uids,
            topic_ids,
            spts,
            extra_chars,
            valid_time,
            page_size,
        } = self;
        let limit = |name: &str, limit: i64| {
            u64::try_from(limit)
                .map_err(|_| Error::invalid_argument("limits", format!("{name} must not be negative (got {limit})")))
        };
        let size = |name, number| limit(name, number).map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let small = |name, number| limit(name, number).map(|limit| u32::try_from(limit).unwrap_or(u32::MAX));
        Ok(wxpusher::Limits {
            content_chars: size("content_chars", content_chars)?,
            content_bytes: size("content_bytes", content_bytes)?,
            summary_chars: size("summary_chars", summary_chars)?,
            url_chars: size("url_chars", url_chars)?,
            uids: size("uids", uids)?,
            topic_ids: size("topic_ids", topic_ids)?,
            spts: size("spts", spts)?,
            extra_chars: size("extra_chars", extra_chars)?,
            valid_time: small("valid_time", valid_time)?,
            page_size: small("page_size", page_size)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_survive_a_round_trip() {
        for table in [wxpusher::Limits::CURRENT, wxpusher::Limits { uids: 7, ..wxpusher::Limits::CURRENT }] {
            assert_eq!(Limits::from(table).into_core().unwrap(), table);
        }
    }

    #[test]
    fn a_negative_limit_is_refused() {
        let error = Limits { uids: -1, ..current_limits().unwrap() }.into_core().unwrap_err();
        assert_eq!(error.to_string(), "invalid argument `limits`: uids must not be negative (got -1)");
    }
}
