//! Times and durations, for which each language has its own type.

use std::time::Duration;

use wxpusher::Error;

use crate::error::Result;

/// A point in time: `kotlin.time.Instant`, `Date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timestamp {
    pub(crate) unix_ms: i64,
}

uniffi::custom_type!(Timestamp, i64, {
    try_lift: |unix_ms| Ok(Timestamp { unix_ms }),
    lower: |timestamp| timestamp.unix_ms,
});

impl From<i64> for Timestamp {
    fn from(unix_ms: i64) -> Self {
        Self { unix_ms }
    }
}

/// A length of time: `kotlin.time.Duration`, `TimeInterval`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSpan {
    pub(crate) ms: i64,
}

uniffi::custom_type!(TimeSpan, i64, {
    try_lift: |ms| Ok(TimeSpan { ms }),
    lower: |span| span.ms,
});

impl From<i64> for TimeSpan {
    fn from(ms: i64) -> Self {
        Self { ms }
    }
}

impl TimeSpan {
    pub(crate) fn duration(self, field: &'static str) -> Result<Duration> {
        let ms = u64::try_from(self.ms)
            .map_err(|_| Error::invalid_argument(field, format!("must not be negative (got {} ms)", self.ms)))?;
        Ok(Duration::from_millis(ms))
    }

    /// Returns whole seconds, rounded up so that less than one second is not 0.
    pub(crate) fn seconds(self, field: &'static str) -> Result<u32> {
        let ms = self.duration(field)?.as_millis();
        Ok(u32::try_from(ms.div_ceil(1000)).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_rounded_up() {
        let seconds = |ms| TimeSpan { ms }.seconds("valid_time").unwrap();
        assert_eq!([seconds(0), seconds(1), seconds(1000), seconds(i64::MAX)], [0, 1, 1, u32::MAX]);
    }

    #[test]
    fn a_negative_span_names_its_field() {
        let error = TimeSpan { ms: -5 }.seconds("valid_time").unwrap_err();
        assert_eq!(error.to_string(), "invalid argument `valid_time`: must not be negative (got -5 ms)");
    }
}
