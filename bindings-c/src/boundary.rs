//! The boundary between Rust and C, for functions that cannot fail: panics end here.
//!
//! The body of every exported function is one call of a function of this module or of `fallible`; `tests/exports.rs` checks it.

use std::ffi::{CStr, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::owned::HandOut;
use crate::pointer::is_usable;

/// Runs a body that cannot fail, except by a bug: then the result is `T`'s default.
pub(crate) fn call<T: Default>(body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| {
        // Dropping the payload could panic again.
        std::mem::forget(panic);
        T::default()
    })
}

/// Frees a handle.
pub(crate) fn release<T>(handle: Option<Box<T>>) {
    call(|| drop(handle));
}

/// Frees a result.
///
/// # Safety
/// `result` is NULL, or was handed out by this library as a `T` and is not used again.
pub(crate) unsafe fn release_result<T: HandOut>(result: *mut T::Public) {
    call(|| {
        let holder: *mut T = result.cast();
        if is_usable(holder) {
            // SAFETY: `T::hand_out` made the pointer of a box of a `T`, and the caller gives it up.
            drop(unsafe { Box::from_raw(holder) });
        }
    });
}

/// Returns a static text.
pub(crate) fn static_text(text: impl FnOnce() -> &'static CStr) -> *const c_char {
    call(|| StaticText(text())).0.as_ptr()
}

struct StaticText(&'static CStr);

impl Default for StaticText {
    fn default() -> Self {
        Self(c"")
    }
}

/// Returns a new handle.
pub(crate) fn new_handle<T: HandOut<Public = T> + Default>() -> *mut T {
    // A default handle allocates a few bytes and cannot fail.
    T::default().hand_out()
}
