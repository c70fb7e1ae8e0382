//! The bodies of exported functions that cannot fail: a panic is caught, NULL gives an empty result.
//!
//! The body of every exported function is one call of a function of this module or of `fallible`; `tests/exports.rs`
//! checks it.

use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use crate::c_text::Text;
use crate::pointer::is_usable;

/// What a function without status returns when it has nothing to say.
pub(crate) trait Nothing {
    const NOTHING: Self;
}

macro_rules! nothing {
    ($($kind:ty => $nothing:expr),+ $(,)?) => {
        $(impl Nothing for $kind {
            const NOTHING: Self = $nothing;
        })+
    };
}

nothing! { () => (), bool => false, i32 => 0, i64 => 0, u64 => 0, usize => 0 }

impl<T> Nothing for *const T {
    const NOTHING: Self = ptr::null();
}

impl<T> Nothing for *mut T {
    const NOTHING: Self = ptr::null_mut();
}

/// Runs a body that cannot fail, but for a bug.
pub(crate) fn call<T: Nothing>(body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| {
        std::mem::forget(panic);
        T::NOTHING
    })
}

/// Reads something of a handle.
///
/// # Safety
/// `handle` is NULL or a live handle that nobody changes.
pub(crate) unsafe fn get<H, T: Nothing>(handle: *const H, read: impl FnOnce(&H) -> T) -> T {
    call(|| {
        // SAFETY: the caller's promise about `handle`; what cannot be a handle was sorted out before.
        if is_usable(handle) { read(unsafe { &*handle }) } else { T::NOTHING }
    })
}

/// Reads a text of a handle; NULL, with length 0, when there is none.
///
/// # Safety
/// `handle` is NULL or a live handle that nobody changes; `len` is NULL or may be written to.
pub(crate) unsafe fn get_text<H>(
    handle: *const H,
    len: *mut usize,
    read: impl FnOnce(&H) -> Option<&Text>,
) -> *const c_char {
    call(|| {
        // SAFETY: the caller's promise about `handle`; what cannot be a handle was sorted out before.
        let text = if is_usable(handle) { read(unsafe { &*handle }) } else { None };
        let (start, size) = text.map_or((ptr::null(), 0), Text::parts);
        if is_usable(len) {
            // SAFETY: the caller's promise about `len`.
            unsafe { len.write(size) }
        }
        start
    })
}

/// Reads a number that may be missing, and says whether it is there.
///
/// # Safety
/// `handle` is NULL or a live handle that nobody changes; `value` is NULL or may be written to.
pub(crate) unsafe fn get_optional<H>(handle: *const H, value: *mut i64, read: impl FnOnce(&H) -> Option<i64>) -> bool {
    call(|| {
        // SAFETY: the caller's promise about `handle`; what cannot be a handle was sorted out before.
        let Some(number) = (if is_usable(handle) { read(unsafe { &*handle }) } else { None }) else { return false };
        if is_usable(value) {
            // SAFETY: the caller's promise about `value`.
            unsafe { value.write(number) }
        }
        true
    })
}

/// Frees a handle.
///
/// # Safety
/// `handle` is NULL or came from this library, and is not used again.
pub(crate) unsafe fn release<H>(handle: *mut H) {
    call(|| {
        if is_usable(handle) {
            // SAFETY: every handle is a box, and the caller gives this one up.
            drop(unsafe { Box::from_raw(handle) });
        }
    });
}
