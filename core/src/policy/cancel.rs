//! Cancellation of calls.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::clock::Clock;

/// The longest wait without a check for cancellation.
pub(crate) const SLICE: Duration = Duration::from_millis(100);

/// Called by the waiting thread about every [`SLICE`]; `true` cancels the call.
pub(crate) type OnWait = Arc<dyn Fn() -> bool + Send + Sync>;

/// The call was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cancelled;

/// A flag that, once set, ends all waits that use it.
#[derive(Clone)]
pub(crate) struct CancelToken(Arc<Node>);

struct Node {
    set: AtomicBool,
    parent: Option<CancelToken>,
    on_wait: Option<OnWait>,
}

impl CancelToken {
    pub(crate) fn new(on_wait: Option<OnWait>) -> Self {
        Self(Arc::new(Node { set: AtomicBool::new(false), parent: None, on_wait }))
    }

    /// Creates a token that is cancelled together with this one.
    pub(crate) fn child(&self) -> Self {
        let on_wait = self.0.on_wait.clone();
        Self(Arc::new(Node { set: AtomicBool::new(false), parent: Some(self.clone()), on_wait }))
    }

    pub(crate) fn cancel(&self) {
        self.0.set.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.0.set.load(Ordering::Relaxed) || self.0.parent.as_ref().is_some_and(CancelToken::is_cancelled)
    }

    /// Checks the flag and calls the hook. To be called in every wait.
    pub(crate) fn check(&self) -> Result<(), Cancelled> {
        let is_cancelled_by_hook = || self.0.on_wait.as_ref().is_some_and(|on_wait| on_wait());
        if self.is_cancelled() || is_cancelled_by_hook() { Err(Cancelled) } else { Ok(()) }
    }

    /// Waits on the clock, in slices.
    pub(crate) fn sleep(&self, clock: &dyn Clock, duration: Duration) -> Result<(), Cancelled> {
        let end = clock.elapsed().saturating_add(duration);
        loop {
            self.check()?;
            let left = end.saturating_sub(clock.elapsed());
            if left.is_zero() {
                return Ok(());
            }
            clock.sleep(left.min(SLICE));
        }
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CancelToken").field(&self.is_cancelled()).finish()
    }
}
