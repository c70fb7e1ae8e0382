//! Time, so that tests can drive it.

use std::fmt;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where retrying, pacing, polling and checking of entry links take the time from.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// Time since some fixed moment; never goes back.
    fn elapsed(&self) -> Duration;

    /// Milliseconds since the epoch.
    fn unix_ms(&self) -> i64;

    /// Lets this much time pass. Callers wait in short slices, to notice a cancellation in between.
    fn sleep(&self, duration: Duration);

    /// Whether this clock tells the time that every other client of the process goes by, too.
    fn is_shared(&self) -> bool {
        false
    }
}

/// The machine's clock.
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

/// A clock that stands still until it is told to go: sleeping moves it, and takes no time.
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
    /// A clock that shows this time.
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
