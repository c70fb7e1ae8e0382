//! What comes in from C: pointers that may be NULL or nonsense, texts that may not be UTF-8.

use std::ffi::{CStr, c_char};
use std::{ptr, slice};

use wxpusher::{Error, Result};

/// The length that says "up to the first NUL"; `WXPUSHER_NUL_TERMINATED` in the header.
const NUL_TERMINATED: usize = usize::MAX;

/// Whether a pointer can be one to a `T` at all.
pub(crate) fn is_usable<T>(pointer: *const T) -> bool {
    !pointer.is_null() && pointer.is_aligned()
}

/// The address of a borrowed value, or NULL.
pub(crate) fn address_of<T>(borrowed: Option<&T>) -> *const T {
    borrowed.map_or(ptr::null(), ptr::from_ref)
}

fn check<T>(pointer: *const T, name: &'static str) -> Result<()> {
    if pointer.is_null() {
        return Err(Error::invalid_argument(name, "NULL"));
    }
    if !pointer.is_aligned() {
        return Err(Error::invalid_argument(name, "a misaligned pointer"));
    }
    Ok(())
}

/// A handle to look at.
///
/// # Safety
/// `handle` is NULL, misaligned or a live handle that nobody changes while `'a` lasts.
pub(crate) unsafe fn shared<'a, T>(handle: *const T, name: &'static str) -> Result<&'a T> {
    check(handle, name)?;
    // SAFETY: checked above, and the caller says it is live.
    Ok(unsafe { &*handle })
}

/// A handle to change.
///
/// # Safety
/// `handle` is NULL, misaligned or a live handle that nobody else uses while `'a` lasts.
pub(crate) unsafe fn exclusive<'a, T>(handle: *mut T, name: &'static str) -> Result<&'a mut T> {
    check(handle, name)?;
    // SAFETY: checked above, and the caller says it is live and ours alone.
    Ok(unsafe { &mut *handle })
}

/// A handle to look at, which may be left out.
///
/// # Safety
/// As for [`shared`], but NULL is fine.
pub(crate) unsafe fn optional_shared<'a, T>(handle: *const T, name: &'static str) -> Result<Option<&'a T>> {
    if handle.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise is passed on.
    unsafe { shared(handle, name).map(Some) }
}

/// A value that may be left out.
///
/// # Safety
/// `value` is NULL, misaligned or may be read from.
pub(crate) unsafe fn optional<T: Copy>(value: *const T, name: &'static str) -> Result<Option<T>> {
    if value.is_null() {
        return Ok(None);
    }
    check(value, name)?;
    // SAFETY: checked above, and the caller says it may be read.
    Ok(Some(unsafe { *value }))
}

/// A place for a result, checked before the work is done and written when it is.
pub(crate) struct Out<T>(*mut *mut T);

impl<T> Out<T> {
    /// # Safety
    /// `place` is NULL, misaligned or may be written to for as long as this lives.
    pub(crate) unsafe fn at(place: *mut *mut T, name: &'static str) -> Result<Self> {
        check(place, name)?;
        Ok(Self(place))
    }

    /// Hands a new handle to the caller.
    pub(crate) fn put(self, value: T) {
        self.put_optional(Some(value));
    }

    /// Hands a new handle to the caller, or NULL.
    pub(crate) fn put_optional(self, value: Option<T>) {
        let handle = value.map_or(ptr::null_mut(), |value| Box::into_raw(Box::new(value)));
        // SAFETY: `at` was promised that it may be written to.
        unsafe { self.0.write(handle) }
    }
}

/// A place to show something that a handle keeps.
pub(crate) struct OutRef<T>(*mut *const T);

impl<T> OutRef<T> {
    /// # Safety
    /// `place` is NULL, misaligned or may be written to for as long as this lives.
    pub(crate) unsafe fn at(place: *mut *const T, name: &'static str) -> Result<Self> {
        check(place, name)?;
        Ok(Self(place))
    }

    pub(crate) fn put(self, borrowed: Option<&T>) {
        // SAFETY: `at` was promised that it may be written to.
        unsafe { self.0.write(address_of(borrowed)) }
    }
}

/// A number of things in a row; NULL will do for none.
///
/// # Safety
/// `start` is NULL, misaligned or the start of `count` readable items that nobody changes while `'a` lasts.
pub(crate) unsafe fn array<'a, T>(start: *const T, count: usize, name: &'static str) -> Result<&'a [T]> {
    if count == 0 {
        return Ok(&[]);
    }
    check(start, name)?;
    if count.checked_mul(size_of::<T>()).is_none_or(|bytes| bytes > isize::MAX as usize) {
        return Err(Error::invalid_argument(name, format!("{count} items are more than memory can hold")));
    }
    // SAFETY: checked above, and the caller says that so many are there.
    Ok(unsafe { slice::from_raw_parts(start, count) })
}

/// Bytes, or a C string.
///
/// # Safety
/// `start` is NULL or the start of `len` readable bytes, or of a C string when `len` says so, that nobody changes
/// while `'a` lasts.
pub(crate) unsafe fn bytes<'a>(start: *const c_char, len: usize, name: &'static str) -> Result<&'a [u8]> {
    check(start, name)?;
    if len == NUL_TERMINATED {
        // SAFETY: the caller says that there is a NUL.
        return Ok(unsafe { CStr::from_ptr(start) }.to_bytes());
    }
    // SAFETY: the caller says that so many bytes are there.
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
        Error::invalid_argument(name, format!("not UTF-8: the first wrong byte is number {}", error.valid_up_to() + 1))
    })
}

/// A text that may be left out.
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

/// Texts in a row. Without lengths all are C strings.
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
