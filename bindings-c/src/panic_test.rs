//! Functions that panic, for the tests of the panic boundary; not part of an installed library.

use std::mem::MaybeUninit;

use crate::boundary::{call, release};
use crate::error::wxpusher_error;
use crate::fallible::create;
use crate::owned::opaque;

/// A handle whose destructor panics.
#[derive(Debug)]
pub struct wxpusher_panic(());

opaque!(wxpusher_panic);

impl Drop for wxpusher_panic {
    fn drop(&mut self) {
        panic!("a deliberate panic in a destructor");
    }
}

/// Panics in a function with status; `secret` is in the panic's text, which must not be repeated.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_panic_in_status(
    secret: bool,
    out: Option<&mut MaybeUninit<*mut wxpusher_panic>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<wxpusher_panic>(out, "out", error, || {
        if secret {
            let token = String::from("AT_testsecret");
            panic!("a deliberate panic about {token}");
        }
        panic!("a deliberate panic");
    })
}

/// Panics in a function without status, unless `handle` is 255 or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_panic_in_getter(handle: Option<&u8>) -> i64 {
    call(|| match handle {
        Some(&byte) if byte < u8::MAX => panic!("a deliberate panic"),
        _ => 1,
    })
}

/// Makes a handle whose destructor panics.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_panic_new(
    out: Option<&mut MaybeUninit<*mut wxpusher_panic>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create(out, "out", error, || Ok(wxpusher_panic(())))
}

/// Panics in a destructor.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_panic_free(handle: Option<Box<wxpusher_panic>>) {
    release(handle);
}
