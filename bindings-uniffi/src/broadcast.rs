//! One message to any number of users.

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
    core: Mutex<wxpusher::Broadcaster>,
}

impl Broadcaster {
    pub(crate) fn new(core: wxpusher::Broadcaster) -> Self {
        Self { core: Mutex::new(core) }
    }

    fn core(&self) -> Result<MutexGuard<'_, wxpusher::Broadcaster>> {
        self.core.lock().map_err(poisoned)
    }
}

#[uniffi::export]
impl Broadcaster {
    /// Hands over more uids, as many at a time as are at hand.
    ///
    /// # Errors
    /// None but a bug of the library.
    pub fn add(&self, uids: Vec<String>) -> Result<()> {
        guarded(|| Ok(self.core()?.add(uids)?))
    }

    /// Says that no more uids will come.
    ///
    /// # Errors
    /// None but a bug of the library.
    pub fn finish(&self) -> Result<()> {
        guarded(|| {
            self.core()?.finish();
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
        guarded(|| Ok(self.core()?.next_batch().map(Into::into)))
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
