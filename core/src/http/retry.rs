//! Whether, and when, to try again.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

use crate::error::{Error, ErrorKind, Sent};

/// How often a call is tried, and how long it waits in between.
///
/// Reads, deletes and blocking are tried again on connect errors, broken connections, timeouts, 429 and 5xx. Sends, and
/// the making of QR codes, are tried again only when no byte of them was sent. All tries and waits fit into the client's
/// total timeout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Tries in all, the first included; 1 means no retry. 3 by default.
    pub attempts: u32,
    /// The wait before the second try is random, from 0 to this; it doubles with each try. 200 ms by default.
    pub base: Duration,
    /// No wait is longer, but for a `Retry-After` of the server. 5 s by default.
    pub most: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: 3, base: Duration::from_millis(200), most: Duration::from_secs(5) }
    }
}

impl RetryPolicy {
    /// Never try again.
    pub const NEVER: RetryPolicy = RetryPolicy { attempts: 1, base: Duration::ZERO, most: Duration::ZERO };

    /// The wait before the next try, or `None` when there is to be none.
    pub(crate) fn delay(
        &self,
        tried: u32,
        error: &Error,
        idempotent: bool,
        retry_after: Option<Duration>,
    ) -> Option<Duration> {
        let repeatable = idempotent || error.sent() == Sent::No;
        if tried >= self.attempts || !repeatable || !is_transient(error.kind()) {
            return None;
        }
        Some(retry_after.unwrap_or_else(|| self.backoff(tried)))
    }

    /// Full jitter: anything from nothing to the doubled base, so that clients that failed together do not return together.
    fn backoff(&self, tried: u32) -> Duration {
        let ceiling = self.base.saturating_mul(1 << (tried - 1).min(16)).min(self.most);
        ceiling.mul_f64(random_fraction())
    }
}

fn is_transient(kind: &ErrorKind) -> bool {
    match kind {
        ErrorKind::Connect { .. } | ErrorKind::Timeout { .. } | ErrorKind::Transport { .. } => true,
        ErrorKind::HttpStatus { status } => *status == 429 || (500..600).contains(status),
        ErrorKind::InvalidArgument { .. }
        | ErrorKind::Tls { .. }
        | ErrorKind::Api { .. }
        | ErrorKind::Rejected { .. }
        | ErrorKind::InvalidResponse { .. }
        | ErrorKind::InvalidCallback { .. }
        | ErrorKind::InvalidSignature { .. }
        | ErrorKind::Cancelled
        | ErrorKind::Internal { .. } => false,
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

    fn status(status: u16) -> Error {
        Error::new(ErrorKind::HttpStatus { status }, Sent::Yes)
    }

    fn broken(sent: Sent) -> Error {
        Error::new(ErrorKind::Transport { reason: String::new() }, sent)
    }

    #[test]
    fn what_may_have_been_done_is_repeated_only_when_that_does_no_harm() {
        let policy = RetryPolicy::default();
        assert!(policy.delay(1, &broken(Sent::Maybe), true, None).is_some());
        assert!(policy.delay(1, &broken(Sent::Maybe), false, None).is_none());
        assert!(policy.delay(1, &broken(Sent::No), false, None).is_some());
        assert!(policy.delay(1, &status(429), false, None).is_none());
        assert!(policy.delay(1, &status(429), true, None).is_some());
        assert!(policy.delay(1, &status(404), true, None).is_none());
    }

    #[test]
    fn the_budget_is_kept() {
        let policy = RetryPolicy::default();
        assert!(policy.delay(2, &status(500), true, None).is_some());
        assert!(policy.delay(3, &status(500), true, None).is_none());
        assert!(RetryPolicy::NEVER.delay(1, &status(500), true, None).is_none());
    }

    #[test]
    fn waits_double_up_to_the_most() {
        let policy = RetryPolicy { attempts: 99, base: Duration::from_millis(100), most: Duration::from_millis(250) };
        let longest = |tried| (0..200).map(|_| policy.backoff(tried)).max().unwrap();
        assert!(longest(1) <= Duration::from_millis(100));
        assert!(longest(2) <= Duration::from_millis(200));
        assert!(longest(60) <= Duration::from_millis(250));
        assert!(longest(60) > Duration::from_millis(100), "jitter that never reaches up is not full");
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
