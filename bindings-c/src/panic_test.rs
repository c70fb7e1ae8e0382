//! What the tests of the panic boundary call; in no library that anybody installs.

use crate::boundary::{get, release};
use crate::error::wxpusher_error;
use crate::fallible::create;

/// Something whose every use panics.
#[derive(Debug)]
pub struct wxpusher_panic(u8);

impl Drop for wxpusher_panic {
    fn drop(&mut self) {
        panic!("a deliberate panic in a destructor");
    }
}

/// Panics in a function with status; `secret` is in the panic's text, which must not be repeated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_panic_in_status(
    secret: bool,
    out: *mut *mut wxpusher_panic,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the tests keep the header's rules for `out` and `error`.
    unsafe {
        create(out, "out", error, || {
            if secret {
                let token = String::from("AT_testsecret");
                panic!("a deliberate panic about {token}");
            }
            panic!("a deliberate panic");
        })
    }
}

/// Panics in a getter; `handle` may be any byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_panic_in_getter(handle: *const u8) -> i64 {
    // SAFETY: the tests keep the header's rules for `handle`.
    unsafe { get(handle, |byte| if *byte < u8::MAX { panic!("a deliberate panic") } else { 1 }) }
}

/// Makes a handle whose destructor panics.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_panic_new(out: *mut *mut wxpusher_panic, error: *mut *mut wxpusher_error) -> i32 {
    // SAFETY: the tests keep the header's rules for `out` and `error`.
    unsafe { create(out, "out", error, || Ok(wxpusher_panic(0))) }
}

/// Panics in a destructor.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_panic_free(handle: *mut wxpusher_panic) {
    // SAFETY: the tests give up `handle`.
    unsafe { release(handle) }
}
