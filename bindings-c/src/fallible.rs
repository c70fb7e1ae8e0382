//! The boundary between Rust and C, for functions that can fail: errors and panics become numbers, values become pointers.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};

use wxpusher::{Error, Result};

use crate::boundary::call;
use crate::cancellation::ThreadCancellationDisabled;
use crate::error::{OwnedError, WXPUSHER_OK, wxpusher_error};
use crate::owned::HandOut;
#[cfg(any(windows, test))]
use crate::pointer::is_usable;
use crate::pointer::required;

/// The place for a pointer that a function hands out. What was there before is never read.
pub(crate) type Out<'a, T> = Option<&'a mut MaybeUninit<*mut T>>;

/// Runs a body that can fail: returns 0, or the number of the error, which is put into `error`.
pub(crate) fn status(error: Out<'_, wxpusher_error>, body: impl FnOnce() -> Result<()>) -> i32 {
    let Err(failure) = run(body) else { return WXPUSHER_OK };
    let number = failure.number();
    call(|| {
        if let Some(error) = error {
            error.write(OwnedError::from(failure).hand_out());
        }
    });
    number
}

/// Runs a body that makes a value, and puts the pointer to it into `place`.
pub(crate) fn create<T: HandOut>(
    place: Out<'_, T::Public>,
    name: &'static str,
    error: Out<'_, wxpusher_error>,
    make: impl FnOnce() -> Result<T>,
) -> i32 {
    status(error, || {
        let place = required(place, name)?;
        place.write(make()?.hand_out());
        Ok(())
    })
}

/// Like [`create`], for a value that may be absent: then the pointer is NULL.
pub(crate) fn create_optional<T: HandOut>(
    place: Out<'_, T::Public>,
    name: &'static str,
    error: Out<'_, wxpusher_error>,
    make: impl FnOnce() -> Result<Option<T>>,
) -> i32 {
    status(error, || {
        let place = required(place, name)?;
        place.write(make()?.map_or(std::ptr::null_mut(), HandOut::hand_out));
        Ok(())
    })
}

/// Runs a body that can fail: returns 0, or the number of the error, whose text is put into a buffer of `size` bytes, always
/// terminated by NUL and shortened at the end of a character.
///
/// # Safety
/// `buffer` is NULL or the start of `size` writable bytes.
pub(crate) unsafe fn status_with_text(buffer: *mut c_char, size: usize, body: impl FnOnce() -> Result<()>) -> i32 {
    let failure = run(body).err();
    let number = failure.as_ref().map_or(WXPUSHER_OK, Error::number);
    call(|| {
        let text = failure.map(|failure| failure.to_string()).unwrap_or_default();
        if buffer.is_null() || size == 0 {
            return;
        }
        let mut len = text.len().min(size - 1);
        while !text.is_char_boundary(len) {
            len -= 1;
        }
        // SAFETY: the caller says that `size` bytes can be written, and `len` is less than `size`.
        unsafe {
            buffer.copy_from_nonoverlapping(text.as_ptr().cast(), len);
            buffer.add(len).write(0);
        }
    });
    number
}

/// Like [`status_with_text`], in UTF-16, for a buffer of `size` 16-bit units.
///
/// # Safety
/// `buffer` is NULL or the start of `size` writable units.
#[cfg(any(windows, test))]
pub(crate) unsafe fn status_with_utf16_text(buffer: *mut u16, size: usize, body: impl FnOnce() -> Result<()>) -> i32 {
    let failure = run(body).err();
    let number = failure.as_ref().map_or(WXPUSHER_OK, Error::number);
    call(|| {
        let text = failure.map(|failure| failure.to_string()).unwrap_or_default();
        if !is_usable(buffer) || size == 0 {
            return;
        }
        let mut units = Vec::new();
        for character in text.chars() {
            if units.len() + character.len_utf16() >= size {
                break;
            }
            units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
        }
        units.push(0);
        // SAFETY: the caller says that `size` units can be written, and there are at most as many.
        unsafe { buffer.copy_from_nonoverlapping(units.as_ptr(), units.len()) };
    });
    number
}

fn run(body: impl FnOnce() -> Result<()>) -> Result<()> {
    let _guard = ThreadCancellationDisabled::new();
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| {
        let failure = Error::from_panic(&*panic);
        // Dropping the payload could panic again.
        std::mem::forget(panic);
        Err(failure)
    })
}
