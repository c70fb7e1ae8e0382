//! The state of one attempt, for the transport below ureq.
//!
//! ureq's transports see bytes and not requests. An attempt runs on one thread from beginning to end, so its state is kept
//! in a thread-local beside ureq, and no timeout has to be set in ureq itself.

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::model::error::{Phase, Sent};
use crate::policy::cancel::{CancelToken, SLICE};

/// The reason why the transport ended the attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AbortReason {
    Cancelled,
    TimedOut(Phase),
    /// No connection; the text names the host and the cause.
    Unreachable(String),
    Broken(String),
    /// The response came and cannot be read.
    Unreadable(String),
}

/// One attempt of a call.
pub(crate) struct CallContext {
    deadline: Cell<Instant>,
    connect_deadline: Instant,
    cancel: CancelToken,
    /// The request's method and target as they are sent; see `request_buffer`.
    pub(crate) method: &'static str,
    pub(crate) target: String,
    phase: Cell<Phase>,
    wrote: Cell<bool>,
    has_response: Cell<bool>,
    abort: RefCell<Option<AbortReason>>,
}

impl CallContext {
    pub(crate) fn new(
        method: &'static str,
        target: String,
        timeout: Duration,
        connect_timeout: Duration,
        cancel: CancelToken,
    ) -> Self {
        let now = Instant::now();
        Self {
            deadline: Cell::new(after(now, timeout)),
            connect_deadline: after(now, connect_timeout.min(timeout)),
            cancel,
            method,
            target,
            phase: Cell::new(Phase::Resolve),
            wrote: Cell::new(false),
            has_response: Cell::new(false),
            abort: RefCell::new(None),
        }
    }

    pub(crate) fn enter(&self, phase: Phase) {
        self.phase.set(phase);
    }

    pub(crate) fn phase(&self) -> Phase {
        self.phase.get()
    }

    /// The time of the next wait, after which [`check`](Self::check) is due.
    pub(crate) fn slice(&self) -> Duration {
        self.due().saturating_duration_since(Instant::now()).min(SLICE)
    }

    /// The time left for the current phase.
    pub(crate) fn left(&self) -> Duration {
        self.due().saturating_duration_since(Instant::now())
    }

    fn due(&self) -> Instant {
        match self.phase.get() {
            Phase::Resolve | Phase::Connect | Phase::Tls => self.connect_deadline,
            Phase::Send | Phase::Receive => self.deadline.get(),
        }
    }

    /// Limits the time that is left, for the body of an error status.
    pub(crate) fn limit_to(&self, time: Duration) {
        self.deadline.set(self.deadline.get().min(after(Instant::now(), time)));
    }

    /// To be called between the slices of every wait.
    pub(crate) fn check(&self) -> io::Result<()> {
        if self.cancel.check().is_err() {
            return Err(self.abort(AbortReason::Cancelled));
        }
        self.check_quickly()
    }

    /// To be called after each read and write: a peer that always has a byte more must not outlast the call.
    pub(crate) fn check_quickly(&self) -> io::Result<()> {
        if self.cancel.is_cancelled() {
            return Err(self.abort(AbortReason::Cancelled));
        }
        if Instant::now() >= self.due() {
            return Err(self.abort(AbortReason::TimedOut(self.phase.get())));
        }
        Ok(())
    }

    /// Records the reason for [`take_abort_reason`](Self::take_abort_reason); the error returned only unwinds ureq.
    pub(crate) fn abort(&self, reason: AbortReason) -> io::Error {
        let kind = match &reason {
            AbortReason::Cancelled => io::ErrorKind::Other,
            AbortReason::TimedOut(_) => io::ErrorKind::TimedOut,
            AbortReason::Unreachable(_) => io::ErrorKind::NotConnected,
            AbortReason::Broken(_) => io::ErrorKind::ConnectionAborted,
            AbortReason::Unreadable(_) => io::ErrorKind::InvalidData,
        };
        *self.abort.borrow_mut() = Some(reason);
        io::Error::from(kind)
    }

    pub(crate) fn take_abort_reason(&self) -> Option<AbortReason> {
        self.abort.borrow_mut().take()
    }

    /// Bytes left this machine. Those of a handshake do not belong to the request.
    pub(crate) fn note_written(&self) {
        if matches!(self.phase.get(), Phase::Send | Phase::Receive) {
            self.wrote.set(true);
        }
    }

    /// Bytes of a response arrived.
    pub(crate) fn note_response(&self) {
        self.has_response.set(true);
    }

    pub(crate) fn sent(&self) -> Sent {
        match (self.has_response.get(), self.wrote.get()) {
            (true, _) => Sent::Yes,
            (false, true) => Sent::Maybe,
            (false, false) => Sent::No,
        }
    }

    /// Makes this the context of the current thread while `run` runs.
    pub(crate) fn scope<T>(self: &Rc<Self>, run: impl FnOnce() -> T) -> T {
        struct Restore(Option<Rc<CallContext>>);
        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.set(self.0.take());
            }
        }
        let _restore = Restore(CURRENT.replace(Some(Rc::clone(self))));
        run()
    }

    /// The context of the current thread. The transport runs only inside [`scope`](Self::scope).
    pub(crate) fn current() -> io::Result<Rc<CallContext>> {
        CURRENT.with_borrow(Clone::clone).ok_or_else(|| io::Error::other("no call runs on this thread"))
    }
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<CallContext>>> = const { RefCell::new(None) };
}

/// Timeouts are at most a day, so the addition overflows on no clock; if it does, the time is already over.
fn after(now: Instant, time: Duration) -> Instant {
    now.checked_add(time).unwrap_or(now)
}
