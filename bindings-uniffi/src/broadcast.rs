//! One message to any number of users.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard};

use crate::boundary::{guarded, poisoned};
use crate::error::{Result, WxPusherError};
use crate::outcome::SendOutcome;

/// What became of one batch.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Batch {
    /// The batch's number, from 1.
    pub number: i64,
    /// Whom it went to: at most 2 000, none of them in an earlier batch.
    pub uids: Vec<String>,
    /// How many uids of the stream are done with, this batch included. To resume later, skip as many.
    pub done: i64,
    /// How many uids were dropped while this batch was filled, because they had been there before.
    pub duplicates: i64,
    /// What WxPusher answered; none when the batch failed.
    pub outcome: Option<SendOutcome>,
    /// Why the batch failed; none when it did not. A failed batch does not end the broadcast.
    pub error: Option<WxPusherError>,
}

/// A broadcast, without the stream of uids: feed it with `add`, and take batches with `next` until there is none. After the
/// last uid call `finish`, and take the remaining batches.
#[derive(Debug, uniffi::Object)]
pub struct Broadcaster {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    core: wxpusher::Broadcaster,
    waiting: VecDeque<String>,
    is_finished: bool,
}

impl Broadcaster {
    pub(crate) fn new(core: wxpusher::Broadcaster) -> Self {
        Self { state: Mutex::new(State { core, waiting: VecDeque::new(), is_finished: false }) }
    }

    fn state(&self) -> Result<MutexGuard<'_, State>> {
        self.state.lock().map_err(poisoned)
    }
}

#[uniffi::export]
impl Broadcaster {
    /// Hands over more uids, as many at a time as are at hand.
    ///
    /// # Errors
    /// None but a bug of the library.
    pub fn add(&self, uids: Vec<String>) -> Result<()> {
        guarded(|| {
            self.state()?.waiting.extend(uids);
            Ok(())
        })
    }

    /// Says that no more uids will come.
    ///
    /// # Errors
    /// None but a bug of the library.
    pub fn finish(&self) -> Result<()> {
        guarded(|| {
            self.state()?.is_finished = true;
            Ok(())
        })
    }

    /// Sends the next batch. None means that more uids are needed, or, after `finish`, that all are done.
    ///
    /// Waits for its turn: 20 calls in 10 s per app token, all clients of this process together.
    ///
    /// # Errors
    /// None but a bug of the library: what goes wrong with a batch is in the batch.
    pub fn next(&self) -> Result<Option<Batch>> {
        guarded(|| {
            let State { core, waiting, is_finished } = &mut *self.state()?;
            let is_full = core.fill(&mut std::iter::from_fn(|| waiting.pop_front()));
            let batch = if is_full || *is_finished { core.send_batch() } else { None };
            Ok(batch.map(Into::into))
        })
    }
}

impl From<wxpusher::Batch> for Batch {
    fn from(batch: wxpusher::Batch) -> Self {
        let wxpusher::Batch { number, uids, done, duplicates, result } = batch;
        let (outcome, error) = match result {
            Ok(outcome) => (Some(outcome.into()), None),
            Err(error) => (None, Some(error.into())),
        };
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        Self { number: count(number), uids, done: count(done), duplicates: count(duplicates), outcome, error }
    }
}
