//! What a call in progress knows, within reach of the transport below ureq.
//!
//! ureq's transports see bytes and not requests. A call happens on one thread from beginning to end, so what belongs to
//! it travels beside ureq in a thread-local, and no timeout has to be set in ureq itself.

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::cancel::{CancelToken, SLICE};
use crate::error::{Phase, Sent};

/// Why the transport gave up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    Cancelled,
    TimedOut(Phase),
    /// Nobody could be reached; the text says who and why.
    Unreachable(String),
    Broken(String),
}

/// One attempt of one call.
pub(crate) struct Call {
    deadline: Instant,
    connect_deadline: Instant,
    cancel: CancelToken,
    /// The request's method and target as they go on the wire; see `gate`.
    pub(crate) method: &'static str,
    pub(crate) target: String,
    phase: Cell<Phase>,
    wrote: Cell<bool>,
    answered: Cell<bool>,
    stop: RefCell<Option<Stop>>,
}

impl Call {
    pub(crate) fn new(
        method: &'static str,
        target: String,
        timeout: Duration,
        connect_timeout: Duration,
        cancel: CancelToken,
    ) -> Self {
        let now = Instant::now();
        Self {
            deadline: now + timeout,
            connect_deadline: now + connect_timeout.min(timeout),
            cancel,
            method,
            target,
            phase: Cell::new(Phase::Resolve),
            wrote: Cell::new(false),
            answered: Cell::new(false),
            stop: RefCell::new(None),
        }
    }

    pub(crate) fn enter(&self, phase: Phase) {
        self.phase.set(phase);
    }

    pub(crate) fn phase(&self) -> Phase {
        self.phase.get()
    }

    /// How long the next wait may last before [`check`](Self::check) is due.
    pub(crate) fn slice(&self) -> Duration {
        self.due().saturating_duration_since(Instant::now()).min(SLICE)
    }

    /// The time left for what goes on now.
    pub(crate) fn left(&self) -> Duration {
        self.due().saturating_duration_since(Instant::now())
    }

    fn due(&self) -> Instant {
        match self.phase.get() {
            Phase::Resolve | Phase::Connect | Phase::Tls => self.connect_deadline,
            Phase::Send | Phase::Receive => self.deadline,
        }
    }

    /// To be called between the slices of every wait.
    pub(crate) fn check(&self) -> io::Result<()> {
        if self.cancel.check().is_err() {
            return Err(self.stop(Stop::Cancelled));
        }
        self.check_quickly()
    }

    /// To be called where something came of a wait: a peer that never lets one end must not outlast the call.
    pub(crate) fn check_quickly(&self) -> io::Result<()> {
        if self.cancel.is_cancelled() {
            return Err(self.stop(Stop::Cancelled));
        }
        if Instant::now() >= self.due() {
            return Err(self.stop(Stop::TimedOut(self.phase.get())));
        }
        Ok(())
    }

    /// Notes why, for [`take_stop`](Self::take_stop); the error returned only unwinds ureq.
    pub(crate) fn stop(&self, stop: Stop) -> io::Error {
        let kind = match &stop {
            Stop::Cancelled => io::ErrorKind::Other,
            Stop::TimedOut(_) => io::ErrorKind::TimedOut,
            Stop::Unreachable(_) => io::ErrorKind::NotConnected,
            Stop::Broken(_) => io::ErrorKind::ConnectionAborted,
        };
        *self.stop.borrow_mut() = Some(stop);
        io::Error::from(kind)
    }

    pub(crate) fn take_stop(&self) -> Option<Stop> {
        self.stop.borrow_mut().take()
    }

    /// Bytes left this machine. Those of a handshake say nothing about the request.
    pub(crate) fn note_written(&self) {
        if matches!(self.phase.get(), Phase::Send | Phase::Receive) {
            self.wrote.set(true);
        }
    }

    /// Bytes of an answer arrived.
    pub(crate) fn note_answered(&self) {
        self.answered.set(true);
    }

    pub(crate) fn sent(&self) -> Sent {
        match (self.answered.get(), self.wrote.get()) {
            (true, _) => Sent::Yes,
            (false, true) => Sent::Maybe,
            (false, false) => Sent::No,
        }
    }

    /// Makes this the call of the current thread while `run` runs.
    pub(crate) fn scope<T>(self: &Rc<Self>, run: impl FnOnce() -> T) -> T {
        struct Restore(Option<Rc<Call>>);
        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.set(self.0.take());
            }
        }
        let _restore = Restore(CURRENT.replace(Some(Rc::clone(self))));
        run()
    }

    /// The call of the current thread. The transport runs only inside [`scope`](Self::scope).
    pub(crate) fn current() -> io::Result<Rc<Call>> {
        CURRENT.with_borrow(Clone::clone).ok_or_else(|| io::Error::other("no call on this thread"))
    }
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Call>>> = const { RefCell::new(None) };
}
