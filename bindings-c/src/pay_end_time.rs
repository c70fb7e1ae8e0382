//! Until when somebody has paid.

use wxpusher::{PayEndTime, ResourceType};

use crate::boundary::{get, release};
use crate::pointer::address_of;

/// An app.
pub const WXPUSHER_RESOURCE_APP: i64 = 1;
/// A topic.
pub const WXPUSHER_RESOURCE_TOPIC: i64 = 2;

/// Until when somebody has paid, for each app and topic of a product.
#[derive(Debug)]
pub struct wxpusher_pay_end_times(Vec<wxpusher_pay_end_time>);

/// Until when somebody has paid for one app or topic.
#[derive(Debug)]
pub struct wxpusher_pay_end_time {
    resource_type: i64,
    resource_id: i64,
    pay_end_time: i64,
}

impl From<Vec<PayEndTime>> for wxpusher_pay_end_times {
    fn from(items: Vec<PayEndTime>) -> Self {
        Self(items.into_iter().map(Into::into).collect())
    }
}

impl From<PayEndTime> for wxpusher_pay_end_time {
    fn from(item: PayEndTime) -> Self {
        let PayEndTime { resource_type, resource_id, pay_end_time } = item;
        let resource_type = match resource_type {
            ResourceType::App => WXPUSHER_RESOURCE_APP,
            ResourceType::Topic => WXPUSHER_RESOURCE_TOPIC,
            ResourceType::Other(number) => number,
        };
        Self { resource_type, resource_id, pay_end_time }
    }
}

/// How many there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_pay_end_times_len(pay_end_times: *const wxpusher_pay_end_times) -> usize {
    // SAFETY: the caller keeps the header's rules for `pay_end_times`.
    unsafe { get(pay_end_times, |pay_end_times| pay_end_times.0.len()) }
}

/// The one with this index; NULL when there are not so many.
///
/// Borrowed from `pay_end_times`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_pay_end_times_item(
    pay_end_times: *const wxpusher_pay_end_times,
    index: usize,
) -> *const wxpusher_pay_end_time {
    // SAFETY: the caller keeps the header's rules for `pay_end_times`.
    unsafe { get(pay_end_times, |pay_end_times| address_of(pay_end_times.0.get(index))) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_pay_end_times_free(pay_end_times: *mut wxpusher_pay_end_times) {
    // SAFETY: the caller gives up `pay_end_times`, which is NULL or came from this library.
    unsafe { release(pay_end_times) }
}

/// WXPUSHER_RESOURCE_APP, WXPUSHER_RESOURCE_TOPIC or a number that this version does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_pay_end_time_resource_type(pay_end_time: *const wxpusher_pay_end_time) -> i64 {
    // SAFETY: the caller keeps the header's rules for `pay_end_time`.
    unsafe { get(pay_end_time, |pay_end_time| pay_end_time.resource_type) }
}

/// The id of the app or topic.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_pay_end_time_resource_id(pay_end_time: *const wxpusher_pay_end_time) -> i64 {
    // SAFETY: the caller keeps the header's rules for `pay_end_time`.
    unsafe { get(pay_end_time, |pay_end_time| pay_end_time.resource_id) }
}

/// Until when, in milliseconds since the epoch; may be past.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_pay_end_time_pay_end_time(pay_end_time: *const wxpusher_pay_end_time) -> i64 {
    // SAFETY: the caller keeps the header's rules for `pay_end_time`.
    unsafe { get(pay_end_time, |pay_end_time| pay_end_time.pay_end_time) }
}
