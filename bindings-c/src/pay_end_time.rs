//! Paid subscriptions

use std::ffi::c_char;
use std::mem::MaybeUninit;

use wxpusher::{PayEndTime, ResourceType};

use crate::boundary::release_result;
use crate::client::wxpusher_client;
use crate::error::wxpusher_error;
use crate::fallible::create;
use crate::owned::{Owned, Rows};
use crate::pointer::{required, text};

/// An app.
pub const WXPUSHER_RESOURCE_APP: i64 = 1;
/// A topic.
pub const WXPUSHER_RESOURCE_TOPIC: i64 = 2;

/// The paid-until time of one resource of a product.
#[repr(C)]
pub struct wxpusher_pay_end_time {
    /// WXPUSHER_RESOURCE_…, or a number that this version does not know.
    pub resource_type: i64,
    /// The id of the app or topic.
    pub resource_id: i64,
    /// The end of the paid time, in milliseconds since the epoch.
    pub pay_end_time: i64,
    /// Zero.
    pub reserved: [i64; 4],
}

/// The paid-until times of a user for a product.
#[repr(C)]
pub struct wxpusher_pay_end_times {
    /// One row for each resource of the product.
    pub items: *const *const wxpusher_pay_end_time,
    /// Their number.
    pub items_len: usize,
    /// Zero.
    pub reserved: [i64; 4],
}

pub(crate) type OwnedPayEndTimes = Owned<wxpusher_pay_end_times, Rows<wxpusher_pay_end_time>>;

impl From<Vec<PayEndTime>> for OwnedPayEndTimes {
    fn from(items: Vec<PayEndTime>) -> Self {
        let rows = Rows::new(items.into_iter().map(row).collect());
        let public = wxpusher_pay_end_times { items: rows.pointers(), items_len: rows.len(), reserved: [0; 4] };
        Self::new(public, rows)
    }
}

fn row(item: PayEndTime) -> wxpusher_pay_end_time {
    let PayEndTime { resource_type, resource_id, pay_end_time } = item;
    let resource_type = match resource_type {
        ResourceType::App => WXPUSHER_RESOURCE_APP,
        ResourceType::Topic => WXPUSHER_RESOURCE_TOPIC,
        ResourceType::Other(number) => number,
    };
    wxpusher_pay_end_time { resource_type, resource_id, pay_end_time, reserved: [0; 4] }
}

/// Returns the paid-until time of a user for each resource of a product.
///
/// `*pay_end_times` is the caller's to free with wxpusher_pay_end_times_free. Any thread. Errors: WXPUSHER_ERROR_API if there is
/// no such product, and those of the network and the server.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_client_query_pay_end_time(
    client: Option<&wxpusher_client>,
    uid: *const c_char,
    uid_len: usize,
    prod_id: i64,
    pay_end_times: Option<&mut MaybeUninit<*mut wxpusher_pay_end_times>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedPayEndTimes>(pay_end_times, "pay_end_times", error, || {
        let client = required(client, "client")?;
        // SAFETY: the caller keeps the header's rules for `uid`.
        let uid = unsafe { text(uid, uid_len, "uid") }?;
        Ok(client.0.query_pay_end_time(uid, prod_id)?.into())
    })
}

/// Frees the paid-until times. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_pay_end_times_free(pay_end_times: *mut wxpusher_pay_end_times) {
    // SAFETY: the caller gives up `pay_end_times`, which is NULL or came from this library.
    unsafe { release_result::<OwnedPayEndTimes>(pay_end_times) }
}
