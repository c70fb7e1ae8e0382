//! One message to any number of users.

use std::ffi::c_char;

use wxpusher::{Batch, Broadcaster};

use crate::boundary::{get, get_text, release};
use crate::c_text::Text;
use crate::client::wxpusher_client;
use crate::error::wxpusher_error;
use crate::fallible::{create, status};
use crate::message::wxpusher_message;
use crate::outcome::wxpusher_outcome;
use crate::pointer::{Out, address_of, exclusive, shared, texts};

/// A message on its way to any number of users; made by wxpusher_client_broadcast. One thread at a time.
///
/// Feed it with wxpusher_broadcast_add, as much or as little at a time as is at hand; take batches with
/// wxpusher_broadcast_next until it gives NULL, which means "feed me"; after the last uid call
/// wxpusher_broadcast_finish and take the remaining batches. To stop, stop asking. To resume later, leave out the
/// wxpusher_batch_done first uids.
#[derive(Debug)]
pub struct wxpusher_broadcast {
    broadcaster: Broadcaster,
}

/// What became of one batch.
#[derive(Debug)]
pub struct wxpusher_batch {
    number: u64,
    uids: Vec<Text>,
    done: u64,
    duplicates: u64,
    result: Result<wxpusher_outcome, wxpusher_error>,
}

impl From<Batch> for wxpusher_batch {
    fn from(batch: Batch) -> Self {
        let Batch { number, uids, done, duplicates, result } = batch;
        Self {
            number,
            uids: uids.into_iter().map(Into::into).collect(),
            done,
            duplicates,
            result: result.map(Into::into).map_err(Into::into),
        }
    }
}

/// Begins a broadcast of a message, of which it takes a copy, and which must name no target of its own. Sends nothing
/// yet.
///
/// `*broadcast` is the caller's to free with wxpusher_broadcast_free. Any thread. Errors:
/// WXPUSHER_ERROR_INVALID_ARGUMENT when the message is over a limit or names targets, or the client has no app token.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_broadcast(
    client: *const wxpusher_client,
    message: *const wxpusher_message,
    broadcast: *mut *mut wxpusher_broadcast,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `client`, `message`, `broadcast` and `error`.
    unsafe {
        create(broadcast, "broadcast", error, || {
            let client = shared(client, "client")?;
            let message = shared(message, "message")?.message.clone();
            Ok(wxpusher_broadcast { broadcaster: Broadcaster::new(&client.0, message)? })
        })
    }
}

/// Adds uids to those that wait to be sent to. `lens` is NULL or has the lengths; without it the uids are
/// NUL-terminated.
///
/// Copies them. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT after wxpusher_broadcast_finish.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_broadcast_add(
    broadcast: *mut wxpusher_broadcast,
    uids: *const *const c_char,
    lens: *const usize,
    count: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `broadcast`, `uids`, `lens` and `error`.
    unsafe {
        status(error, || {
            let broadcast = exclusive(broadcast, "broadcast")?;
            let uids = texts(uids, lens, count, "uids")?;
            broadcast.broadcaster.add(uids)
        })
    }
}

/// Says that no uid will be added: what waits is sent even if it fills no batch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_broadcast_finish(
    broadcast: *mut wxpusher_broadcast,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `broadcast` and `error`.
    unsafe {
        status(error, || {
            exclusive(broadcast, "broadcast")?.broadcaster.finish();
            Ok(())
        })
    }
}

/// Sends the next batch, at most 2000 uids, and puts what became of it into `*batch`; NULL when fewer wait and
/// wxpusher_broadcast_finish was not called, when all are sent, or after the batch that was cancelled.
///
/// Waits for its turn: 20 calls in 10 s per app token. A batch that fails does not end the broadcast, and is no error
/// of this function: see wxpusher_batch_error. `*batch` is the caller's to free with wxpusher_batch_free.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_broadcast_next(
    broadcast: *mut wxpusher_broadcast,
    batch: *mut *mut wxpusher_batch,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `broadcast`, `batch` and `error`.
    unsafe {
        status(error, || {
            let broadcast = exclusive(broadcast, "broadcast")?;
            let batch = Out::at(batch, "batch")?;
            batch.put_optional(broadcast.broadcaster.next_batch().map(Into::into));
            Ok(())
        })
    }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_broadcast_free(broadcast: *mut wxpusher_broadcast) {
    // SAFETY: the caller gives up `broadcast`, which is NULL or came from this library.
    unsafe { release(broadcast) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_batch_free(batch: *mut wxpusher_batch) {
    // SAFETY: the caller gives up `batch`, which is NULL or came from this library.
    unsafe { release(batch) }
}

/// The batch's number, from 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_batch_number(batch: *const wxpusher_batch) -> u64 {
    // SAFETY: the caller keeps the header's rules for `batch`.
    unsafe { get(batch, |batch| batch.number) }
}

/// To how many uids it went.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_batch_len(batch: *const wxpusher_batch) -> usize {
    // SAFETY: the caller keeps the header's rules for `batch`.
    unsafe { get(batch, |batch| batch.uids.len()) }
}

/// The uid of this batch with this index; NULL when there are not so many.
///
/// Borrowed from `batch`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_batch_uid(
    batch: *const wxpusher_batch,
    index: usize,
    len: *mut usize,
) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `batch` and `len`.
    unsafe { get_text(batch, len, |batch| batch.uids.get(index)) }
}

/// How many of the uids added are done with, this batch included. To resume later, leave out as many.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_batch_done(batch: *const wxpusher_batch) -> u64 {
    // SAFETY: the caller keeps the header's rules for `batch`.
    unsafe { get(batch, |batch| batch.done) }
}

/// How many uids were dropped while this batch was filled, because they had been there before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_batch_duplicates(batch: *const wxpusher_batch) -> u64 {
    // SAFETY: the caller keeps the header's rules for `batch`.
    unsafe { get(batch, |batch| batch.duplicates) }
}

/// What the server said of it; NULL when the batch failed.
///
/// Borrowed from `batch`: do not free it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_batch_outcome(batch: *const wxpusher_batch) -> *const wxpusher_outcome {
    // SAFETY: the caller keeps the header's rules for `batch`.
    unsafe { get(batch, |batch| address_of(batch.result.as_ref().ok())) }
}

/// Why it failed; NULL when it did not.
///
/// Borrowed from `batch`: do not free it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_batch_error(batch: *const wxpusher_batch) -> *const wxpusher_error {
    // SAFETY: the caller keeps the header's rules for `batch`.
    unsafe { get(batch, |batch| address_of(batch.result.as_ref().err())) }
}
