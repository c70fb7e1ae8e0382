//! The clock of the sandbox.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Runs with the machine's clock, or is frozen; either way it can be moved forward.
///
/// It never goes back, so whatever is stored in order of time stays in order.
#[derive(Debug)]
pub(crate) struct Clock {
    base_ms: i64,
    running_since: Option<Instant>,
}

impl Clock {
    pub(crate) fn running() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { base_ms: millis(since_epoch), running_since: Some(Instant::now()) }
    }

    pub(crate) fn frozen_at(ms: i64) -> Self {
        Self { base_ms: ms, running_since: None }
    }

    pub(crate) fn now(&self) -> i64 {
        let elapsed = self.running_since.map_or(Duration::ZERO, |at| at.elapsed());
        self.base_ms.saturating_add(millis(elapsed))
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.base_ms = self.base_ms.saturating_add(millis(by));
    }
}

pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frozen_clock_moves_only_by_advance() {
        let mut clock = Clock::frozen_at(1_000);
        assert_eq!(clock.now(), 1_000);
        clock.advance(Duration::from_secs(3));
        assert_eq!(clock.now(), 4_000);
    }

    #[test]
    fn advance_does_not_overflow() {
        let mut clock = Clock::running();
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), i64::MAX);
    }
}
