//! Ctrl-C and termination.
//!
//! While a request may be on its way, a signal cancels the client, so that the command can say whether the request was
//! sent. At any other time, and at the second signal, the process ends at once with status 130.

use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::exit::INTERRUPTED;
use crate::failure::Failure;
use crate::tr;

static IS_SET: AtomicBool = AtomicBool::new(false);
static GUARDS: AtomicUsize = AtomicUsize::new(0);

/// Installs the handler. A signal that the parent process ignores (`nohup`) stays ignored.
pub(crate) fn install() {
    // An error means that a handler exists already; then that one decides.
    let _ = ctrlc::try_set_handler(|| {
        if GUARDS.load(Ordering::SeqCst) > 0 && !IS_SET.swap(true, Ordering::SeqCst) {
            return;
        }
        crate::terminal::restore();
        let text = tr!("interrupted", "已中断");
        let _ = writeln!(std::io::stderr(), "\nwxpusher: {text}");
        std::process::exit(INTERRUPTED.into());
    });
}

/// While it exists, a signal sets the flag instead of ending the process.
pub(crate) struct Guard(());

pub(crate) fn guard() -> Guard {
    GUARDS.fetch_add(1, Ordering::SeqCst);
    Guard(())
}

impl Drop for Guard {
    fn drop(&mut self) {
        GUARDS.fetch_sub(1, Ordering::SeqCst);
    }
}

pub(crate) fn is_set() -> bool {
    IS_SET.load(Ordering::SeqCst)
}

/// Waits, and ends early with an error when a signal came.
pub(crate) fn sleep(duration: Duration) -> Result<(), Failure> {
    const SLICE: Duration = Duration::from_millis(50);
    let end = Instant::now().checked_add(duration);
    loop {
        if is_set() {
            return Err(interrupted());
        }
        let left = end.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return Ok(());
        }
        std::thread::sleep(left.min(SLICE));
    }
}

/// Waits until a signal comes. A guard must exist, otherwise the signal ends the process.
pub(crate) fn wait() {
    while sleep(Duration::MAX).is_ok() {}
}

pub(crate) fn interrupted() -> Failure {
    Failure::new(INTERRUPTED, tr!("interrupted", "已中断"))
}

/// Forgets a signal that was for a child process.
pub(crate) fn clear() {
    IS_SET.store(false, Ordering::SeqCst);
}
