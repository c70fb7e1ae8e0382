//! What became of a send, target by target.

use std::ffi::c_char;

use wxpusher::{SendOutcome, TargetResult};

use crate::boundary::{get, get_optional, get_text, release};
use crate::c_text::Text;
use crate::pointer::address_of;

/// What WxPusher answered to one send. Some targets may have failed: ask wxpusher_outcome_all_ok.
///
/// Accepted means that a sending task was created, not that somebody has seen the message.
#[derive(Debug)]
pub struct wxpusher_outcome {
    message_content_id: Option<i64>,
    targets: Vec<wxpusher_target>,
}

/// What became of one target.
#[derive(Debug)]
pub struct wxpusher_target {
    uid: Option<Text>,
    topic_id: Option<i64>,
    message_id: Option<i64>,
    send_record_id: Option<i64>,
    code: i64,
    status: Text,
    is_ok: bool,
}

impl From<SendOutcome> for wxpusher_outcome {
    fn from(outcome: SendOutcome) -> Self {
        let SendOutcome { message_content_id, targets } = outcome;
        Self { message_content_id, targets: targets.into_iter().map(Into::into).collect() }
    }
}

impl From<TargetResult> for wxpusher_target {
    fn from(target: TargetResult) -> Self {
        let is_ok = target.is_ok();
        let TargetResult { uid, topic_id, message_id, send_record_id, code, status } = target;
        Self { uid: uid.map(Into::into), topic_id, message_id, send_record_id, code, status: status.into(), is_ok }
    }
}

impl wxpusher_outcome {
    pub(crate) fn to_core(&self) -> SendOutcome {
        let Self { message_content_id, targets } = self;
        SendOutcome {
            message_content_id: *message_content_id,
            targets: targets.iter().map(wxpusher_target::to_core).collect(),
        }
    }

    fn succeeded(&self) -> usize {
        self.targets.iter().filter(|target| target.is_ok).count()
    }
}

impl wxpusher_target {
    fn to_core(&self) -> TargetResult {
        let Self { uid, topic_id, message_id, send_record_id, code, status, is_ok: _ } = self;
        TargetResult {
            uid: uid.as_ref().map(|uid| uid.as_str().to_owned()),
            topic_id: *topic_id,
            message_id: *message_id,
            send_record_id: *send_record_id,
            code: *code,
            status: status.as_str().to_owned(),
        }
    }
}

/// The id of the landing page that all targets share, what wxpusher_client_delete_message takes; false when there is
/// none.
///
/// `value` may be NULL and is left alone when there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_outcome_message_content_id(
    outcome: *const wxpusher_outcome,
    value: *mut i64,
) -> bool {
    // SAFETY: the caller keeps the header's rules for `outcome` and `value`.
    unsafe { get_optional(outcome, value, |outcome| outcome.message_content_id) }
}

/// How many targets it tells of.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_outcome_len(outcome: *const wxpusher_outcome) -> usize {
    // SAFETY: the caller keeps the header's rules for `outcome`.
    unsafe { get(outcome, |outcome| outcome.targets.len()) }
}

/// The target with this index: uids first, then topics, in the order asked, duplicates collapsed; NULL when there are
/// not so many.
///
/// Borrowed from `outcome`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_outcome_target(
    outcome: *const wxpusher_outcome,
    index: usize,
) -> *const wxpusher_target {
    // SAFETY: the caller keeps the header's rules for `outcome`.
    unsafe { get(outcome, |outcome| address_of(outcome.targets.get(index))) }
}

/// For how many targets a sending task was created.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_outcome_succeeded(outcome: *const wxpusher_outcome) -> usize {
    // SAFETY: the caller keeps the header's rules for `outcome`.
    unsafe { get(outcome, |outcome| outcome.succeeded()) }
}

/// For how many targets none was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_outcome_failed(outcome: *const wxpusher_outcome) -> usize {
    // SAFETY: the caller keeps the header's rules for `outcome`.
    unsafe { get(outcome, |outcome| outcome.targets.len() - outcome.succeeded()) }
}

/// Whether every target was accepted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_outcome_all_ok(outcome: *const wxpusher_outcome) -> bool {
    // SAFETY: the caller keeps the header's rules for `outcome`.
    unsafe { get(outcome, |outcome| outcome.succeeded() == outcome.targets.len()) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_outcome_free(outcome: *mut wxpusher_outcome) {
    // SAFETY: the caller gives up `outcome`, which is NULL or came from this library.
    unsafe { release(outcome) }
}

/// The user it is about; NULL for a topic.
///
/// Borrowed from `target`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_target_uid(target: *const wxpusher_target, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `target` and `len`.
    unsafe { get_text(target, len, |target| target.uid.as_ref()) }
}

/// The topic it is about; false for a user.
///
/// `value` may be NULL and is left alone when there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_target_topic_id(target: *const wxpusher_target, value: *mut i64) -> bool {
    // SAFETY: the caller keeps the header's rules for `target` and `value`.
    unsafe { get_optional(target, value, |target| target.topic_id) }
}

/// The message id of the 2022 document, deprecated, what wxpusher_client_query_message_status takes; false when there
/// is none.
///
/// `value` may be NULL and is left alone when there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_target_message_id(target: *const wxpusher_target, value: *mut i64) -> bool {
    // SAFETY: the caller keeps the header's rules for `target` and `value`.
    unsafe { get_optional(target, value, |target| target.message_id) }
}

/// The id of this delivery, what wxpusher_client_query_status takes; false when there is none.
///
/// `value` may be NULL and is left alone when there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_target_send_record_id(target: *const wxpusher_target, value: *mut i64) -> bool {
    // SAFETY: the caller keeps the header's rules for `target` and `value`.
    unsafe { get_optional(target, value, |target| target.send_record_id) }
}

/// 1000 when the task was created, the server's code when not, 0 when the answer did not mention this target.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_target_code(target: *const wxpusher_target) -> i64 {
    // SAFETY: the caller keeps the header's rules for `target`.
    unsafe { get(target, |target| target.code) }
}

/// The server's text for this target, untouched; empty when it said nothing.
///
/// Borrowed from `target`. `len` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_target_status(target: *const wxpusher_target, len: *mut usize) -> *const c_char {
    // SAFETY: the caller keeps the header's rules for `target` and `len`.
    unsafe { get_text(target, len, |target| Some(&target.status)) }
}

/// Whether a sending task was created.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_target_is_ok(target: *const wxpusher_target) -> bool {
    // SAFETY: the caller keeps the header's rules for `target`.
    unsafe { get(target, |target| target.is_ok) }
}
