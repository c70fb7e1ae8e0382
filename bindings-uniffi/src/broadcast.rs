//! Broadcasts: one message to any number of users, batch by batch.

use std::sync::{Mutex, MutexGuard};

use crate::boundary::{guarded, poisoned};
use crate::error::{Result, WxPusherError};
use crate::outcome::SendOutcome;

/// The result of one batch of a broadcast.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Batch {
    /// The batch's number, from 1.
    pub number: i64,
    /// The UIDs of this batch: at most 2 000, none of which was in an earlier batch.
    pub uids: Vec<String>,
    /// The number of UIDs taken from the stream so far, this batch included. To resume later, skip as many.
    pub done: i64,
    /// The number of duplicate UIDs that were dropped while this batch was filled.
    pub duplicates: i64,
    /// The outcome of the send; absent if the batch failed.
    pub outcome: Option<SendOutcome>,
    /// The error of the send; absent if it succeeded. A failed batch does not end the broadcast.
    pub error: Option<WxPusherError>,
}

/// A broadcast without a stream of UIDs. Pass UIDs with `add`, and take batches with `next` until it returns nothing. After
/// the last UID call `finish`, and take the remaining batches.
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
    /// Adds UIDs.
    ///
    /// # Errors
    /// `invalid_argument` for a UID that is empty or contains white space or a separator.
    pub fn add(&self, uids: Vec<String>) -> Result<()> {
        guarded(|| Ok(self.core()?.add(uids)?))
    }

    /// Ends the stream of UIDs.
    ///
    /// # Errors
    /// `internal` only.
    pub fn finish(&self) -> Result<()> {
        guarded(|| {
            self.core()?.finish();
            Ok(())
        })
    }

    /// Sends the next batch. Returns nothing if more UIDs are needed, or, after `finish`, if all batches were sent.
    ///
    /// Waits for the rate limit of the client.
    ///
    /// # Errors
    /// `internal` only: the error of a batch is in the batch.
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
