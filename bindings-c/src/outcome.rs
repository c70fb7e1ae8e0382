//! Results of sends

use std::ffi::c_char;
use std::ptr;

use wxpusher::{SendOutcome, TargetResult};

use crate::boundary::release_result;
use crate::owned::{Owned, Rows};

/// The result for one recipient.
#[repr(C)]
pub struct wxpusher_target {
    /// The user's UID; NULL for a topic.
    pub uid: *const c_char,
    /// The length of the UID.
    pub uid_len: usize,
    /// The topic's id; 0 for a user.
    pub topic_id: i64,
    /// Deprecated by WxPusher: the id that wxpusher_client_query_message_status takes; 0: none.
    pub message_id: i64,
    /// The id that wxpusher_client_query_status takes; 0: none.
    pub send_record_id: i64,
    /// 1000 if the send was accepted, or else the server's code; 0 if the response does not mention this recipient.
    pub code: i64,
    /// The server's text.
    pub status: *const c_char,
    /// Its length.
    pub status_len: usize,
    /// Whether the send to this recipient was accepted.
    pub is_ok: bool,
    /// Zero.
    pub reserved: [i64; 4],
}

/// The result of a send. "Accepted" means that WxPusher created a sending task, not that a user has seen the message.
#[repr(C)]
pub struct wxpusher_outcome {
    /// The id that wxpusher_client_delete_message takes; 0: none.
    pub message_content_id: i64,
    /// One row for each recipient: first the UIDs, then the topics, in the order of the message, without duplicates.
    pub targets: *const *const wxpusher_target,
    /// The number of recipients.
    pub targets_len: usize,
    /// The number of recipients that were not accepted.
    pub failed: usize,
    /// Zero.
    pub reserved: [i64; 4],
}

pub(crate) type OwnedOutcome = Owned<wxpusher_outcome, OutcomeMemory>;

pub(crate) struct OutcomeMemory {
    /// Each of its texts has a NUL at its end, for C.
    outcome: SendOutcome,
    _rows: Rows<wxpusher_target>,
}

/// Terminates a text, and returns its start and its length without the NUL.
fn terminate(text: &mut String) -> (*const c_char, usize) {
    let len = text.len();
    text.reserve_exact(1);
    text.push('\0');
    (text.as_ptr().cast(), len)
}

impl From<SendOutcome> for OwnedOutcome {
    fn from(mut outcome: SendOutcome) -> Self {
        let failed = outcome.failed().count();
        let SendOutcome { message_content_id, targets } = &mut outcome;
        let message_content_id = message_content_id.unwrap_or(0);
        let rows = Rows::new(targets.iter_mut().map(row).collect());
        let public = wxpusher_outcome {
            message_content_id,
            targets: rows.pointers(),
            targets_len: rows.len(),
            failed,
            reserved: [0; 4],
        };
        Self::new(public, OutcomeMemory { outcome, _rows: rows })
    }
}

fn row(target: &mut TargetResult) -> wxpusher_target {
    let is_ok = target.is_ok();
    let TargetResult { uid, topic_id, message_id, send_record_id, code, status } = target;
    let (uid, uid_len) = uid.as_mut().map_or((ptr::null(), 0), terminate);
    let (status, status_len) = terminate(status);
    wxpusher_target {
        uid,
        uid_len,
        topic_id: topic_id.unwrap_or(0),
        message_id: message_id.unwrap_or(0),
        send_record_id: send_record_id.unwrap_or(0),
        code: *code,
        status,
        status_len,
        is_ok,
        reserved: [0; 4],
    }
}

impl OutcomeMemory {
    /// The outcome without the NULs.
    pub(crate) fn to_core(&self) -> SendOutcome {
        let mut outcome = self.outcome.clone();
        for target in &mut outcome.targets {
            target.uid.as_mut().map(String::pop);
            target.status.pop();
        }
        outcome
    }
}

/// Frees the result of a send. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_outcome_free(outcome: *mut wxpusher_outcome) {
    // SAFETY: the caller gives up `outcome`, which is NULL or came from this library.
    unsafe { release_result::<OwnedOutcome>(outcome) }
}
