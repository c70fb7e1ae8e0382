//! What the scripted server knows: the script, the connections, and what was not as scripted.

use std::collections::{BTreeMap, VecDeque};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::case::Exchange;

pub(super) struct Shared {
    pub(super) port: u16,
    pub(super) state: Mutex<State>,
    pub(super) changed: Condvar,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) stopping: bool,
    pub(super) began: Option<Instant>,
    pub(super) script: VecDeque<Exchange>,
    pub(super) asked: usize,
    pub(super) answering: usize,
    pub(super) connections: usize,
    pub(super) open: BTreeMap<usize, Arc<TcpStream>>,
    pub(super) problems: Vec<String>,
}

impl Shared {
    pub(super) fn new(port: u16) -> Self {
        Self { port, state: Mutex::default(), changed: Condvar::new() }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn wait<'a>(&self, state: MutexGuard<'a, State>, at_most: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, at_most).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Sleeps, unless the case ends first. Says whether it may go on.
    pub(super) fn pause(&self, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        let mut state = self.lock();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if state.stopping || left.is_zero() {
                return !state.stopping;
            }
            state = self.wait(state, left);
        }
    }

    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.stopping = true;
        for stream in state.open.values() {
            drop(stream.shutdown(Shutdown::Both));
        }
        self.changed.notify_all();
    }

    pub(super) fn complain(&self, problem: String) {
        self.lock().problems.push(problem);
    }
}
