//! Whether, and when, to retry.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use crate::model::error::{Error, Sent};

/// The number of retries, and the delays before them.
///
/// Calls that read, delete or block are retried on connection errors, timeouts, HTTP 429 and 5xx. Sends, and the creation
/// of QR codes, are retried only if no part of the request has left your machine. All attempts and delays are within the
/// client's total timeout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// The maximum number of retries after the first attempt; 0 means no retry. 2 by default.
    pub max_retries: u32,
    /// The delay before the first retry is random, from 0 to this. It doubles with each retry. 200 ms by default.
    pub base_delay: Duration,
    /// The maximum delay, except for a `Retry-After` header of the server. 5 s by default.
    pub max_delay: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { max_retries: 2, base_delay: Duration::from_millis(200), max_delay: Duration::from_secs(5) }
    }
}

impl RetryPolicy {
    /// No retries.
    pub const NEVER: RetryPolicy =
        RetryPolicy { max_retries: 0, base_delay: Duration::ZERO, max_delay: Duration::ZERO };

    /// Returns the delay before the next attempt, or `None` if there is to be none. `attempt` counts from 1.
    pub(crate) fn delay(
        &self,
        attempt: u32,
        error: &Error,
        idempotent: bool,
        retry_after: Option<Duration>,
    ) -> Option<Duration> {
        let is_repeatable = idempotent || error.sent() == Sent::No;
        if attempt > self.max_retries || !is_repeatable || !error.kind().is_transient() {
            return None;
        }
        Some(retry_after.unwrap_or_else(|| self.backoff(attempt)))
    }

    /// Full jitter: a random delay from 0 to the doubled base, so that clients that failed together do not retry together.
    fn backoff(&self, attempt: u32) -> Duration {
        let ceiling = self.base_delay.saturating_mul(1 << (attempt - 1).min(16)).min(self.max_delay);
        ceiling.mul_f64(random_fraction())
    }
}

fn random_fraction() -> f64 {
    // Each `RandomState` has other keys; good enough to spread clients, and no dependency.
    RandomState::new().hash_one(()) as f64 / u64::MAX as f64
}

/// Reads a `Retry-After` header: seconds, or a date.
pub(crate) fn retry_after(header: &str, now: SystemTime) -> Option<Duration> {
    let header = header.trim();
    match header.parse::<u64>() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let date = httpdate::parse_http_date(header).ok()?;
            Some(date.duration_since(now).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::error::ErrorKind;
    use crate::model::secret::ServerText;

    fn status(status: u16) -> Error {
        Error::new(ErrorKind::HttpStatus { status, code: None, msg: ServerText::default() }, Sent::Yes)
    }

    fn broken(sent: Sent) -> Error {
        Error::new(ErrorKind::Transport { reason: String::new() }, sent)
    }

    #[test]
    fn repeats_only_what_is_idempotent_or_was_not_sent() {
        let policy = RetryPolicy::default();
        assert!(policy.delay(1, &broken(Sent::Maybe), true, None).is_some());
        assert!(policy.delay(1, &broken(Sent::Maybe), false, None).is_none());
        assert!(policy.delay(1, &broken(Sent::No), false, None).is_some());
        assert!(policy.delay(1, &status(429), false, None).is_none());
        assert!(policy.delay(1, &status(429), true, None).is_some());
        assert!(policy.delay(1, &status(404), true, None).is_none());
    }

    #[test]
    fn stops_after_max_retries() {
        let policy = RetryPolicy::default();
        assert!(policy.delay(2, &status(500), true, None).is_some());
        assert!(policy.delay(3, &status(500), true, None).is_none());
        assert!(RetryPolicy::NEVER.delay(1, &status(500), true, None).is_none());
    }

    #[test]
    fn delays_double_up_to_the_maximum() {
        let policy = RetryPolicy {
            max_retries: 99,
            base_delay: Duration::from_millis(100),
            max_delay: Duration::from_millis(250),
        };
        let longest = |attempt| (0..200).map(|_| policy.backoff(attempt)).max().unwrap();
        assert!(longest(1) <= Duration::from_millis(100));
        assert!(longest(2) <= Duration::from_millis(200));
        assert!(longest(60) <= Duration::from_millis(250));
        assert!(longest(60) > Duration::from_millis(100), "full jitter reaches the upper half");
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = httpdate::parse_http_date("Mon, 23 Nov 2026 18:00:00 GMT").unwrap();
        assert_eq!(retry_after(" 7 ", now), Some(Duration::from_secs(7)));
        assert_eq!(retry_after("Mon, 23 Nov 2026 18:00:30 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(retry_after("Mon, 23 Nov 2026 17:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
    }
}
