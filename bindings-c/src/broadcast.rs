//! Broadcasts: one message to any number of users

use std::ffi::c_char;
use std::mem::MaybeUninit;

use wxpusher::{Batch, Broadcaster};

use crate::boundary::{release, release_result};
use crate::client::wxpusher_client;
use crate::error::{ErrorMemory, wxpusher_error};
use crate::fallible::{create, create_optional, status};
use crate::outcome::{OutcomeMemory, wxpusher_outcome};
use crate::owned::{Nested, Owned, opaque};
use crate::pointer::{required, texts};
use crate::send::{message, wxpusher_message};
use crate::text::TextList;

/// A broadcast, made by wxpusher_client_broadcast. One thread at a time.
///
/// Add any number of UIDs with wxpusher_broadcast_add; take batches with wxpusher_broadcast_next until it returns NULL, which
/// means that more UIDs are needed; after the last UID call wxpusher_broadcast_finish and take the remaining batches. To stop,
/// stop taking batches. To resume later, leave out the first `done` UIDs.
#[derive(Debug)]
pub struct wxpusher_broadcast {
    broadcaster: Broadcaster,
}

opaque!(wxpusher_broadcast);

/// The result of one batch.
#[repr(C)]
pub struct wxpusher_batch {
    /// The number of the batch, from 1.
    pub number: u64,
    /// The number of UIDs taken from the broadcast so far, this batch included. To resume later, leave out as many.
    pub done: u64,
    /// The number of duplicate UIDs that were dropped while this batch was filled.
    pub duplicates: u64,
    /// The UIDs of this batch.
    pub uids: *const *const c_char,
    /// Their lengths in bytes.
    pub uid_lens: *const usize,
    /// Their number, at most 2000.
    pub uids_len: usize,
    /// The result of the send; NULL if it failed. It belongs to the batch.
    pub outcome: *const wxpusher_outcome,
    /// The error of the send; NULL if there is none. It belongs to the batch.
    pub error: *const wxpusher_error,
    /// Zero.
    pub reserved: [i64; 4],
}

pub(crate) type OwnedBatch = Owned<wxpusher_batch, BatchMemory>;

pub(crate) struct BatchMemory {
    _uids: TextList,
    _outcome: Nested<wxpusher_outcome, OutcomeMemory>,
    _error: Nested<wxpusher_error, ErrorMemory>,
}

impl From<Batch> for OwnedBatch {
    fn from(batch: Batch) -> Self {
        let Batch { number, uids, done, duplicates, result } = batch;
        let uids = TextList::new(uids);
        let (outcome, error) = match result {
            Ok(outcome) => (Some(outcome.into()), None),
            Err(error) => (None, Some(error.into())),
        };
        let (outcome, error) = (Nested::new(outcome), Nested::new(error));
        let public = wxpusher_batch {
            number,
            done,
            duplicates,
            uids: uids.starts(),
            uid_lens: uids.lens(),
            uids_len: uids.len(),
            outcome: outcome.pointer(),
            error: error.pointer(),
            reserved: [0; 4],
        };
        Self::new(public, BatchMemory { _uids: uids, _outcome: outcome, _error: error })
    }
}

/// Creates a broadcast of a copy of this message, which must name no recipients. Sends nothing yet.
///
/// `*broadcast` is the caller's to free with wxpusher_broadcast_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if the
/// message exceeds a limit or names recipients, or the client has no app token.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_broadcast(
    client: Option<&wxpusher_client>,
    message: *const wxpusher_message,
    broadcast: Option<&mut MaybeUninit<*mut wxpusher_broadcast>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create(broadcast, "broadcast", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `message`.
        let message = unsafe { self::message(message) }?;
        Ok(wxpusher_broadcast { broadcaster: Broadcaster::new(&client.0, message)? })
    })
}

/// Adds copies of UIDs to the broadcast. Sends nothing. `lens` are their lengths in bytes; NULL: all are C strings.
///
/// Errors: WXPUSHER_ERROR_INVALID_ARGUMENT after wxpusher_broadcast_finish.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_broadcast_add(
    broadcast: Option<&mut wxpusher_broadcast>,
    uids: *const *const c_char,
    lens: *const usize,
    count: usize,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let broadcast = required(broadcast, "broadcast")?;
        // SAFETY: the caller keeps the header's rules for `uids` and `lens`.
        broadcast.broadcaster.add(unsafe { texts(uids, lens, count, "uids") }?)
    })
}

/// Declares that no more UIDs will be added, so that the last batch need not be full.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_broadcast_finish(
    broadcast: Option<&mut wxpusher_broadcast>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        required(broadcast, "broadcast")?.broadcaster.finish();
        Ok(())
    })
}

/// Sends the next batch, at most 2000 UIDs, and puts its result into `*batch`; NULL if the UIDs do not fill a batch and
/// wxpusher_broadcast_finish was not called, if all UIDs are sent, or after a batch that was cancelled.
///
/// Waits for the rate limit. A batch that fails does not end the broadcast and is no error of this function: see `error` of the
/// batch. `*batch` is the caller's to free with wxpusher_batch_free.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_broadcast_next(
    broadcast: Option<&mut wxpusher_broadcast>,
    batch: Option<&mut MaybeUninit<*mut wxpusher_batch>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create_optional::<OwnedBatch>(batch, "batch", error, || {
        Ok(required(broadcast, "broadcast")?.broadcaster.next_batch().map(Into::into))
    })
}

/// Frees a broadcast. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_broadcast_free(broadcast: Option<Box<wxpusher_broadcast>>) {
    release(broadcast);
}

/// Frees the result of a batch. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_batch_free(batch: *mut wxpusher_batch) {
    // SAFETY: the caller gives up `batch`, which is NULL or came from this library.
    unsafe { release_result::<OwnedBatch>(batch) }
}
