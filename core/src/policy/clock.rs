//! The clock, replaceable in tests.

use std::fmt;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The clock used by retries, the rate limit, polling and the verification of entry links.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// Returns the time since a fixed moment. Never decreases.
    fn elapsed(&self) -> Duration;

    /// Returns the time in milliseconds since the epoch.
    fn unix_ms(&self) -> i64;

    /// Waits. Callers wait in short slices, and check for cancellation in between.
    fn sleep(&self, duration: Duration);

    /// Returns whether this is the clock of the whole process, so that clients can share their rate limit.
    fn is_shared(&self) -> bool {
        false
    }
}

/// The system clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    fn unix_ms(&self) -> i64 {
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => since.as_millis() as i64,
            Err(before) => -(before.duration().as_millis() as i64),
        }
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }

    fn is_shared(&self) -> bool {
        true
    }
}

/// A clock for tests: it moves only by [`advance`](Self::advance) and by [`sleep`](Clock::sleep), which returns at once.
///
/// ```
/// use std::time::Duration;
/// use wxpusher::{Clock, ManualClock};
///
/// let clock = ManualClock::at_unix_ms(1_700_000_000_000);
/// clock.sleep(Duration::from_secs(10));
/// assert_eq!(clock.unix_ms(), 1_700_000_010_000);
/// ```
#[derive(Debug, Default)]
pub struct ManualClock {
    start_ms: i64,
    elapsed: Mutex<Duration>,
}

impl ManualClock {
    /// Creates a clock that shows this time.
    pub fn at_unix_ms(start_ms: i64) -> Self {
        Self { start_ms, elapsed: Mutex::default() }
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        *self.elapsed.lock().expect("no code panics while holding this lock") += by;
    }
}

impl Clock for ManualClock {
    fn elapsed(&self) -> Duration {
        *self.elapsed.lock().expect("no code panics while holding this lock")
    }

    fn unix_ms(&self) -> i64 {
        self.start_ms + self.elapsed().as_millis() as i64
    }

    fn sleep(&self, duration: Duration) {
        self.advance(duration);
    }
}
