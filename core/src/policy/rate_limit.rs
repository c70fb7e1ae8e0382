//! The rate limit of sends (protocol §5) and the scan interval of QR codes (§2.3), within this process.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::clock::Clock;
use super::fork_safe::ForkSafe;
use crate::model::secret::AppToken;

/// So many calls in any window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RateLimit {
    pub(crate) calls: u32,
    pub(crate) window: Duration,
}

impl Default for RateLimit {
    fn default() -> Self {
        Self { calls: 20, window: Duration::from_secs(10) }
    }
}

impl RateLimit {
    /// The window and 2 % more, for calls that take longer to arrive than those before them.
    fn padded_window(&self) -> Duration {
        self.window.saturating_add(self.window / 50)
    }
}

/// Spreads calls so that no window holds more than the limit.
///
/// A forked child starts with an empty window: the parent's lock may never be released in the child.
#[derive(Debug)]
pub(crate) struct RateLimiter {
    limit: RateLimit,
    /// The times of the last calls, oldest first.
    slots: ForkSafe<Mutex<VecDeque<Duration>>>,
}

/// The limiters of a process: clients of one app with the same limit share one.
type Shared = HashMap<(AppToken, RateLimit), Arc<RateLimiter>>;

impl RateLimiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self { limit, slots: ForkSafe::new() }
    }

    /// The limiter of an app: shared in the whole process if the clock is, otherwise a new one.
    pub(crate) fn of(token: Option<&AppToken>, limit: RateLimit, clock: &dyn Clock) -> Arc<RateLimiter> {
        static SHARED: ForkSafe<Mutex<Shared>> = ForkSafe::new();
        match token {
            Some(token) if clock.is_shared() => {
                let mut shared = SHARED.get(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
                shared.retain(|_, limiter| Arc::strong_count(limiter) > 1 || limiter.is_busy(clock));
                let limiter = shared.entry((token.clone(), limit)).or_insert_with(|| Arc::new(Self::new(limit)));
                Arc::clone(limiter)
            }
            _ => Arc::new(Self::new(limit)),
        }
    }

    fn is_busy(&self, clock: &dyn Clock) -> bool {
        let slots = self.slots.get(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        slots.back().is_some_and(|last| last.saturating_add(self.limit.padded_window()) > clock.elapsed())
    }

    /// Reserves the next call and returns how long to wait before making it.
    pub(crate) fn reserve(&self, clock: &dyn Clock) -> Duration {
        let now = clock.elapsed();
        self.reserve_at(now).saturating_sub(now)
    }

    fn reserve_at(&self, now: Duration) -> Duration {
        let mut slots = self.slots.get(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        let mut slot = now.max(slots.back().copied().unwrap_or_default());
        if slots.len() >= self.limit.calls as usize {
            let oldest = slots.pop_front().unwrap_or_default();
            slot = slot.max(oldest.saturating_add(self.limit.padded_window()));
        }
        slots.push_back(slot);
        slot
    }
}

/// The minimum time between two queries for the scanner of one QR code. WxPusher bans accounts that query faster.
pub(crate) const SCAN_INTERVAL: Duration = Duration::from_secs(10);

/// Remembers when the scanner of each QR code was last queried in this process.
#[derive(Debug)]
pub(crate) struct ScanLimiter(ForkSafe<Mutex<VecDeque<(Duration, String)>>>);

impl Default for ScanLimiter {
    fn default() -> Self {
        Self(ForkSafe::new())
    }
}

impl ScanLimiter {
    pub(crate) fn shared() -> &'static ScanLimiter {
        static SHARED: ScanLimiter = ScanLimiter(ForkSafe::new());
        &SHARED
    }

    /// Reserves the next query for this code and returns its time.
    pub(crate) fn reserve(&self, code: &str, now: Duration) -> Duration {
        let mut queries = self.0.get(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        queries.retain(|(at, _)| *at + SCAN_INTERVAL > now);
        let last = queries.iter().rev().find(|(_, other)| other == code).map(|(at, _)| *at);
        let slot = last.map_or(now, |last| now.max(last + SCAN_INTERVAL));
        queries.push_back((slot, code.to_owned()));
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PADDED: Duration = Duration::from_millis(10_200);

    #[test]
    fn no_window_holds_more_calls_than_the_limit() {
        let limiter = RateLimiter::new(RateLimit::default());
        let slots: Vec<_> = (0..100).map(|_| limiter.reserve_at(Duration::ZERO)).collect();
        assert_eq!(slots[..20], [Duration::ZERO; 20]);
        for pair in slots.windows(21) {
            assert!(pair[20] - pair[0] >= PADDED, "{pair:?}");
        }
        assert_eq!(slots[99], PADDED * 4);
    }

    #[test]
    fn uses_the_configured_limit() {
        let limiter = RateLimiter::new(RateLimit { calls: 2, window: Duration::from_secs(1) });
        let slots: Vec<_> = (0..4).map(|_| limiter.reserve_at(Duration::ZERO)).collect();
        assert_eq!(slots, [0, 0, 1_020, 1_020].map(Duration::from_millis));
    }

    #[test]
    fn a_pause_frees_the_whole_window() {
        let limiter = RateLimiter::new(RateLimit::default());
        for _ in 0..20 {
            limiter.reserve_at(Duration::ZERO);
        }
        let later = PADDED + Duration::from_secs(1);
        assert!((0..20).all(|_| limiter.reserve_at(later) == later));
        assert!(limiter.reserve_at(later) > later);
    }

    #[test]
    fn one_code_is_queried_every_ten_seconds_and_others_at_once() {
        let limiter = ScanLimiter::default();
        let second = Duration::from_secs(1);
        assert_eq!(limiter.reserve("a", second), second);
        assert_eq!(limiter.reserve("b", second), second);
        assert_eq!(limiter.reserve("a", second * 2), second * 11);
        assert_eq!(limiter.reserve("a", second * 3), second * 21);
        assert_eq!(limiter.reserve("b", second * 12), second * 12);
    }
}
