//! Delivery status and deletion

use std::ffi::c_char;
use std::mem::MaybeUninit;

use wxpusher::SendStatus;

use crate::boundary::release_result;
use crate::client::wxpusher_client;
use crate::error::wxpusher_error;
use crate::fallible::{create, status};
use crate::owned::{Owned, Texts};
use crate::pointer::required;

/// The delivery status of a message to one recipient.
#[repr(C)]
pub struct wxpusher_status {
    /// The server's status number; only 1 (waiting to be sent) is documented.
    pub code: i64,
    /// The server's text.
    pub text: *const c_char,
    /// Its length.
    pub text_len: usize,
    /// Whether `code` is present.
    pub has_code: bool,
    /// Whether the message is waiting to be sent.
    pub is_waiting: bool,
    /// Zero.
    pub reserved: [i64; 4],
}

pub(crate) type OwnedStatus = Owned<wxpusher_status, Texts>;

impl From<SendStatus> for OwnedStatus {
    fn from(status: SendStatus) -> Self {
        let is_waiting = status.is_waiting();
        let SendStatus { code, text } = status;
        let mut texts = Texts::default();
        let (text, text_len) = texts.add(text);
        let public = wxpusher_status {
            code: code.unwrap_or(0),
            text,
            text_len,
            has_code: code.is_some(),
            is_waiting,
            reserved: [0; 4],
        };
        Self::new(public, texts)
    }
}

/// Returns the delivery status by send_record_id of wxpusher_target. WxPusher keeps it for 7 days.
///
/// `*send_status` is the caller's to free with wxpusher_status_free. Any thread. Errors: WXPUSHER_ERROR_API if the server has no
/// such record, and those of the network and the server.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_query_status(
    client: Option<&wxpusher_client>,
    send_record_id: i64,
    send_status: Option<&mut MaybeUninit<*mut wxpusher_status>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedStatus>(send_status, "send_status", error, || {
        Ok(required(client, "client")?.0.query_status(send_record_id)?.into())
    })
}

/// Returns the delivery status by message_id of wxpusher_target: the interface of the 2022 document.
///
/// `*send_status` is the caller's to free with wxpusher_status_free. Any thread. Errors: as wxpusher_client_query_status.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_query_message_status(
    client: Option<&wxpusher_client>,
    message_id: i64,
    send_status: Option<&mut MaybeUninit<*mut wxpusher_status>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedStatus>(send_status, "send_status", error, || {
        Ok(required(client, "client")?.0.query_message_status(message_id)?.into())
    })
}

/// Frees a delivery status. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_status_free(status: *mut wxpusher_status) {
    // SAFETY: the caller gives up `status`, which is NULL or came from this library.
    unsafe { release_result::<OwnedStatus>(status) }
}

/// Deletes the page of a message, by message_content_id of wxpusher_outcome. Notifications that were delivered remain.
///
/// Any thread. Errors: WXPUSHER_ERROR_API if the server has no such message, and those of the network and the server.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_client_delete_message(
    client: Option<&wxpusher_client>,
    message_content_id: i64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || required(client, "client")?.0.delete_message(message_content_id))
}
