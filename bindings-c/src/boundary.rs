//! The one place where Rust ends: panics stop here, failures become numbers, NULL becomes nothing.
//!
//! The body of every exported function is one call of a function of this module; `tests/exports.rs` checks it.

use std::any::Any;
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use wxpusher::{Error, Result};

use crate::error::{WXPUSHER_OK, wxpusher_error};
use crate::pointer::{Out, is_usable};
use crate::text::Text;

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

/// Runs a body that may fail: 0, or the error's number with the error put into `error`.
///
/// # Safety
/// `error` is NULL or may be written to.
pub(crate) unsafe fn status(error: *mut *mut wxpusher_error, body: impl FnOnce() -> Result<()>) -> i32 {
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return WXPUSHER_OK,
        Ok(Err(failure)) => failure,
        Err(panic) => describe(panic),
    };
    let number = failure.number();
    call(|| {
        if is_usable(error) {
            // SAFETY: the caller says that `error`, when it is not NULL, may be written to.
            unsafe { error.write(Box::into_raw(Box::new(wxpusher_error::from(failure)))) }
        }
    });
    number
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

/// A pointer to something borrowed, or NULL.
pub(crate) fn pointer<T>(borrowed: Option<&T>) -> *const T {
    borrowed.map_or(ptr::null(), ptr::from_ref)
}

/// Puts a new handle into the caller's hands.
///
/// # Safety
/// `place` is NULL or may be written to.
pub(crate) unsafe fn create<T>(
    place: *mut *mut T,
    name: &'static str,
    error: *mut *mut wxpusher_error,
    make: impl FnOnce() -> Result<T>,
) -> i32 {
    // SAFETY: the caller's promises about `place` and `error` are passed on.
    unsafe {
        status(error, || {
            let place = Out::at(place, name)?;
            place.put(make()?);
            Ok(())
        })
    }
}

/// Only a text that stands in our source is repeated: one made at run time might hold anything. What was thrown is
/// never dropped, because that runs code which may throw in turn.
fn describe(panic: Box<dyn Any + Send>) -> Error {
    let reason =
        panic.downcast_ref::<&'static str>().map_or_else(|| "a panic".to_owned(), |text| format!("a panic: {text}"));
    std::mem::forget(panic);
    Error::internal(reason)
}
