//! The arguments: pointers that may be NULL, texts that may not be UTF-8, requests of older and newer programs.

use std::ffi::{CStr, c_char};
use std::{ptr, slice};

use wxpusher::{Error, Result};

/// The length of a text that ends at its first NUL; `WXPUSHER_NUL_TERMINATED` in the header.
pub(crate) const NUL_TERMINATED: usize = usize::MAX;

/// Whether a pointer can be one to a `T`.
pub(crate) fn is_usable<T>(pointer: *const T) -> bool {
    !pointer.is_null() && pointer.is_aligned()
}

fn check<T>(pointer: *const T, name: &'static str) -> Result<()> {
    if pointer.is_null() {
        return Err(null(name));
    }
    if !pointer.is_aligned() {
        return Err(Error::invalid_argument(name, "must be an aligned pointer"));
    }
    Ok(())
}

fn null(name: &'static str) -> Error {
    Error::invalid_argument(name, "must not be NULL")
}

/// A handle or a place for a result, which must not be NULL.
pub(crate) fn required<T>(argument: Option<T>, name: &'static str) -> Result<T> {
    argument.ok_or_else(|| null(name))
}

/// A result of this library.
///
/// # Safety
/// `result` is NULL, misaligned or a live result whose holder is a `T`.
pub(crate) unsafe fn result<'a, T: crate::owned::HandOut>(
    result: *const T::Public,
    name: &'static str,
) -> Result<&'a T> {
    let holder: *const T = result.cast();
    check(holder, name)?;
    // SAFETY: checked above, and the caller says that it is live.
    Ok(unsafe { &*holder })
}

/// A request: a struct that begins with its size, so that programs of other versions can be served.
///
/// # Safety
/// The struct is `repr(C)`, its first field is the `usize` size, and its fields are integers and raw pointers, for which every
/// value is valid.
pub(crate) unsafe trait Request: Copy {
    /// The values of fields that the program's version of the struct does not have.
    const ABSENT: Self;
}

/// No version of a request will be larger.
const MAX_REQUEST_SIZE: usize = 4096;

/// Reads a request: the fields that the program's version and this one have; the others are absent.
///
/// # Safety
/// `request` is NULL, misaligned, or the start of as many readable bytes as its first field says.
pub(crate) unsafe fn request<T: Request>(request: *const T, name: &'static str) -> Result<T> {
    check(request, name)?;
    // SAFETY: checked above, and every version of a request begins with its size.
    let size = unsafe { request.cast::<usize>().read() };
    if !(size_of::<usize>()..=MAX_REQUEST_SIZE).contains(&size) || size % size_of::<usize>() != 0 {
        let reason = format!("must be initialised with its WXPUSHER_…_INIT (got size {size})");
        return Err(Error::invalid_argument(name, reason));
    }
    let mut known = T::ABSENT;
    // SAFETY: the program has `size` bytes, we have room for a `T`, and every byte pattern is valid in it.
    unsafe {
        let room = (&raw mut known).cast::<u8>();
        ptr::copy_nonoverlapping(request.cast::<u8>(), room, size.min(size_of::<T>()));
    }
    Ok(known)
}

/// An array. NULL is allowed if `count` is 0.
///
/// # Safety
/// `start` is NULL, misaligned, or the start of `count` readable items that do not change while `'a` lasts.
pub(crate) unsafe fn array<'a, T>(start: *const T, count: usize, name: &'static str) -> Result<&'a [T]> {
    if count == 0 {
        return Ok(&[]);
    }
    check(start, name)?;
    if count.checked_mul(size_of::<T>()).is_none_or(|bytes| bytes > isize::MAX as usize) {
        return Err(Error::invalid_argument(name, format!("must have a length that fits into memory (got {count})")));
    }
    // SAFETY: checked above, and the caller says that there are so many items.
    Ok(unsafe { slice::from_raw_parts(start, count) })
}

/// Bytes, or a C string.
///
/// # Safety
/// `start` is NULL, or the start of `len` readable bytes, or of a C string if `len` is [`NUL_TERMINATED`], which do not change
/// while `'a` lasts.
pub(crate) unsafe fn bytes<'a>(start: *const c_char, len: usize, name: &'static str) -> Result<&'a [u8]> {
    check(start, name)?;
    if len == NUL_TERMINATED {
        // SAFETY: the caller says that it is a C string.
        return Ok(unsafe { CStr::from_ptr(start) }.to_bytes());
    }
    // SAFETY: the caller says that there are so many bytes.
    unsafe { array(start.cast::<u8>(), len, name) }
}

/// A text.
///
/// # Safety
/// As for [`bytes`].
pub(crate) unsafe fn text<'a>(start: *const c_char, len: usize, name: &'static str) -> Result<&'a str> {
    // SAFETY: the caller's promise is passed on.
    let bytes = unsafe { bytes(start, len, name)? };
    std::str::from_utf8(bytes).map_err(|error| {
        Error::invalid_argument(name, format!("must be UTF-8 (byte {} is not)", error.valid_up_to() + 1))
    })
}

/// A UTF-16 text that ends at its first NUL.
///
/// # Safety
/// `start` is NULL, misaligned, or the start of 16-bit units that end in NUL.
#[cfg(any(windows, test))]
pub(crate) unsafe fn utf16(start: *const u16, name: &'static str) -> Result<String> {
    check(start, name)?;
    let mut len = 0;
    // SAFETY: checked above, and the caller says that there is a NUL.
    let units = unsafe {
        while *start.add(len) != 0 {
            len += 1;
        }
        slice::from_raw_parts(start, len)
    };
    String::from_utf16(units).map_err(|_| Error::invalid_argument(name, "must be UTF-16"))
}

/// A text that is absent if it is NULL.
///
/// # Safety
/// As for [`bytes`].
pub(crate) unsafe fn optional_text<'a>(
    start: *const c_char,
    len: usize,
    name: &'static str,
) -> Result<Option<&'a str>> {
    if start.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise is passed on.
    unsafe { text(start, len, name).map(Some) }
}

/// An array of texts. If `lens` is NULL, all are C strings.
///
/// # Safety
/// As for [`array`] of `texts` and, unless it is NULL, of `lens`, and as for [`bytes`] of each text.
pub(crate) unsafe fn texts<'a>(
    texts: *const *const c_char,
    lens: *const usize,
    count: usize,
    name: &'static str,
) -> Result<Vec<&'a str>> {
    // SAFETY: the caller's promise is passed on.
    let (starts, lens) = unsafe {
        let lens = if lens.is_null() { None } else { Some(array(lens, count, "lens")?) };
        (array(texts, count, name)?, lens)
    };
    let one = |(at, start): (usize, &*const c_char)| {
        let len = lens.map_or(NUL_TERMINATED, |lens| lens[at]);
        // SAFETY: the caller's promise about each text.
        unsafe { text(*start, len, name) }
    };
    starts.iter().enumerate().map(one).collect()
}
