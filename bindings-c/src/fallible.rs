//! The bodies of exported functions that can fail: an error or a panic becomes a status number and a `wxpusher_error`.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use wxpusher::{Error, Result};

use crate::boundary::call;
use crate::error::{WXPUSHER_OK, wxpusher_error};
use crate::pointer::{Out, is_usable};

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
