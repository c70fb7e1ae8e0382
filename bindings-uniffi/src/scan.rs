//! Waiting for a scan without blocking a thread, for coroutines.

use std::sync::Mutex;
use std::time::Duration;

use wxpusher::{ScanPoll, ScanWait};

use crate::boundary::{guarded, poisoned};
use crate::error::Result;
use crate::time::TimeSpan;

/// The polls of one `waitForScan`. Before each `poll` the caller waits for `dueIn`, calls `reserve`, and waits for
/// its result.
#[derive(Debug, uniffi::Object)]
pub struct ScanPoller {
    client: wxpusher::Client,
    code: String,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    wait: ScanWait,
    /// When the next poll is due, on the client's clock; absent before the first one.
    next: Option<Duration>,
}

/// The result of a poll.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ScanResult {
    /// Whether the wait is over.
    pub is_over: bool,
    /// The UID of the user who scanned the code.
    pub uid: Option<String>,
}

impl ScanPoller {
    pub(crate) fn new(client: &wxpusher::Client, code: String, timeout: Duration) -> Self {
        let state = Mutex::new(State { wait: ScanWait::new(client, timeout), next: None });
        Self { client: client.without_waiting(), code, state }
    }
}

#[uniffi::export]
impl ScanPoller {
    /// Returns the time until the next poll is due.
    ///
    /// # Errors
    /// `internal` only.
    pub fn due_in(&self) -> Result<TimeSpan> {
        guarded(|| {
            let next = self.state.lock().map_err(poisoned)?.next.unwrap_or_default();
            Ok(rounded_up(next.saturating_sub(self.client.config().get_clock().elapsed())))
        })
    }

    /// Reserves a poll that is due, and returns the time to wait before it: against the real WxPusher at least 10 s pass
    /// between two polls of this process for the same code.
    ///
    /// # Errors
    /// `internal` only.
    pub fn reserve(&self) -> Result<TimeSpan> {
        guarded(|| Ok(rounded_up(self.client.reserve_scan(&self.code))))
    }

    /// Polls once.
    ///
    /// # Errors
    /// Those of `waitForScan`.
    pub fn poll(&self) -> Result<ScanResult> {
        guarded(|| {
            let polled = self.client.config().get_clock().elapsed();
            let result = self.client.query_scan_uid(&self.code);
            let mut state = self.state.lock().map_err(poisoned)?;
            Ok(match state.wait.after_poll(polled, result) {
                ScanPoll::Done(result) => ScanResult { is_over: true, uid: result? },
                ScanPoll::PollAt(next) => {
                    state.next = Some(next);
                    ScanResult { is_over: false, uid: None }
                }
            })
        })
    }
}

fn rounded_up(time: Duration) -> TimeSpan {
    TimeSpan { ms: i64::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX) }
}
