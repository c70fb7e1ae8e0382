//! The one place where a call crosses into Rust.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Result, WxPusherError};

/// Runs a call; a panic in it becomes an error of kind `internal`.
///
/// Asserting unwind safety is right here: what a panic may leave half done is behind mutexes, and those tell by being
/// poisoned.
pub(crate) fn guarded<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result,
        Err(panic) => {
            let reason = reason(&*panic);
            // Dropping what was thrown could throw again.
            std::mem::forget(panic);
            Err(wxpusher::Error::internal(reason).into())
        }
    }
}

/// The error for a mutex that an earlier panic poisoned.
pub(crate) fn poisoned<T>(_: T) -> WxPusherError {
    wxpusher::Error::internal("an earlier call on this object panicked").into()
}

/// A panic's text that was put together at run time may quote anything, so only fixed ones are shown.
fn reason(panic: &(dyn Any + Send)) -> &'static str {
    panic.downcast_ref::<&str>().copied().unwrap_or("a panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caught(panic: fn() -> Result<()>) -> String {
        let error = guarded(panic).unwrap_err();
        assert!(matches!(error, WxPusherError::Internal { .. }), "{error:?}");
        error.to_string()
    }

    #[test]
    fn a_panic_becomes_an_error() {
        assert_eq!(caught(|| panic!("number seven")), "internal error in wxpusher: number seven");
    }

    #[test]
    fn what_a_panic_quotes_is_not_shown() {
        assert_eq!(caught(|| panic!("{}", "AT_testsecret".to_owned())), "internal error in wxpusher: a panic");
    }
}
