//! What changed, for those who watch: `/sandbox/events` and calls with `wait`.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// How many changes are kept for a watcher that reconnects.
const KEPT: usize = 10_000;

/// A change, as `/sandbox/events` reports it.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) id: u64,
    pub(crate) kind: &'static str,
    pub(crate) data: String,
}

#[derive(Debug)]
pub(crate) struct ChangeLog {
    changes: Mutex<VecDeque<Change>>,
    newest: watch::Sender<u64>,
}

impl Default for ChangeLog {
    fn default() -> Self {
        Self { changes: Mutex::default(), newest: watch::Sender::new(0) }
    }
}

impl ChangeLog {
    /// Adds a change; `data` is JSON.
    pub(crate) fn add(&self, kind: &'static str, data: String) {
        let mut changes = self.lock();
        let id = *self.newest.borrow() + 1;
        if changes.len() == KEPT {
            changes.pop_front();
        }
        changes.push_back(Change { id, kind, data });
        // Under the lock, so that ids are in order.
        self.newest.send_replace(id);
    }

    pub(crate) fn newest(&self) -> u64 {
        *self.newest.borrow()
    }

    /// Wakes at each change.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// At most `limit` changes after this id, and whether some before them are no longer kept.
    pub(crate) fn after(&self, id: u64, limit: usize) -> (Vec<Change>, bool) {
        let changes = self.lock();
        let first = changes.partition_point(|change| change.id <= id);
        let missed = changes.front().is_some_and(|oldest| oldest.id > id + 1);
        (changes.range(first..).take(limit).cloned().collect(), missed)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Change>> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
