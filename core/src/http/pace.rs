//! Not more calls than WxPusher takes: 20 in 10 s per app (wire.md §5), and one look at a QR code in 10 s (§2.3).

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::cancel::{CancelToken, Cancelled};
use crate::clock::Clock;
use crate::secret::AppToken;

/// Calls in one window.
const CALLS: usize = 20;
/// WxPusher's window is 10 s. The fifth of a second covers calls that take longer to arrive than those before them.
const WINDOW: Duration = Duration::from_millis(10_200);

/// Lets [`CALLS`] calls pass in any [`WINDOW`].
#[derive(Debug, Default)]
pub(crate) struct Pacer(Mutex<VecDeque<Duration>>);

impl Pacer {
    /// The pacer of an app: one for the whole process when the clock is everybody's, else one of its own.
    pub(crate) fn of(token: Option<&AppToken>, clock: &dyn Clock) -> Arc<Pacer> {
        static SHARED: Mutex<Option<HashMap<AppToken, Arc<Pacer>>>> = Mutex::new(None);
        match token {
            Some(token) if clock.is_shared() => {
                let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
                let pacers = shared.get_or_insert_default();
                pacers.retain(|_, pacer| Arc::strong_count(pacer) > 1 || pacer.is_busy(clock));
                Arc::clone(pacers.entry(token.clone()).or_default())
            }
            _ => Arc::default(),
        }
    }

    fn is_busy(&self, clock: &dyn Clock) -> bool {
        let slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slots.back().is_some_and(|last| *last + WINDOW > clock.elapsed())
    }

    /// Waits for this call's turn.
    pub(crate) fn wait(&self, clock: &dyn Clock, cancel: &CancelToken) -> Result<(), Cancelled> {
        let now = clock.elapsed();
        cancel.sleep(clock, self.reserve(now).saturating_sub(now))
    }

    /// Takes the next free moment.
    fn reserve(&self, now: Duration) -> Duration {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut slot = now.max(slots.back().copied().unwrap_or_default());
        if slots.len() >= CALLS {
            let oldest = slots.pop_front().unwrap_or_default();
            slot = slot.max(oldest + WINDOW);
        }
        slots.push_back(slot);
        slot
    }
}

/// Between two looks at one QR code lie at least 10 s, or WxPusher bans the account.
pub(crate) const SCAN_INTERVAL: Duration = Duration::from_secs(10);

/// When each code was last asked for, by anybody in this process.
#[derive(Debug, Default)]
pub(crate) struct ScanPacer(Mutex<VecDeque<(Duration, String)>>);

impl ScanPacer {
    pub(crate) fn shared() -> &'static ScanPacer {
        static SHARED: ScanPacer = ScanPacer(Mutex::new(VecDeque::new()));
        &SHARED
    }

    /// Takes the next moment at which this code may be asked for.
    pub(crate) fn reserve(&self, code: &str, now: Duration) -> Duration {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|(at, _)| *at + SCAN_INTERVAL > now);
        let last = asked.iter().rev().find(|(_, other)| other == code).map(|(at, _)| *at);
        let slot = last.map_or(now, |last| now.max(last + SCAN_INTERVAL));
        asked.push_back((slot, code.to_owned()));
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_window_holds_more_than_twenty_calls() {
        let pacer = Pacer::default();
        let slots: Vec<_> = (0..100).map(|_| pacer.reserve(Duration::ZERO)).collect();
        assert_eq!(slots[..20], [Duration::ZERO; 20]);
        for pair in slots.windows(CALLS + 1) {
            assert!(pair[CALLS] - pair[0] >= WINDOW, "{pair:?}");
        }
        assert_eq!(slots[99], WINDOW * 4);
    }

    #[test]
    fn a_pause_gives_the_whole_window_back() {
        let pacer = Pacer::default();
        for _ in 0..20 {
            pacer.reserve(Duration::ZERO);
        }
        let later = WINDOW + Duration::from_secs(1);
        assert!((0..20).all(|_| pacer.reserve(later) == later));
        assert!(pacer.reserve(later) > later);
    }

    #[test]
    fn one_code_is_asked_for_every_ten_seconds_and_others_are_free() {
        let pacer = ScanPacer::default();
        let second = Duration::from_secs(1);
        assert_eq!(pacer.reserve("a", second), second);
        assert_eq!(pacer.reserve("b", second), second);
        assert_eq!(pacer.reserve("a", second * 2), second * 11);
        assert_eq!(pacer.reserve("a", second * 3), second * 21);
        assert_eq!(pacer.reserve("b", second * 12), second * 12);
    }
}
