//! The panic boundary: every exported function runs inside [`guarded`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Result, WxPusherError};

/// Runs a call and turns a panic into an error of kind `internal`.
///
/// `AssertUnwindSafe` is sound here: state that a panic may leave half changed is behind mutexes, which are then poisoned.
pub(crate) fn guarded<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result,
        Err(panic) => {
            let error = wxpusher::Error::from_panic(&*panic).into();
            // The destructor of the payload could panic again.
            std::mem::forget(panic);
            Err(error)
        }
    }
}

/// Returns the error for a mutex that an earlier panic poisoned.
pub(crate) fn poisoned<T>(_: T) -> WxPusherError {
    wxpusher::Error::internal("an earlier call on this object panicked").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caught(panic: fn() -> Result<()>) -> String {
        let error = guarded(panic).unwrap_err();
        assert_eq!(error.details().number, 13, "{error:?}");
        error.to_string()
    }

    #[test]
    fn a_panic_becomes_an_error() {
        assert!(caught(|| panic!("number seven")).contains("number seven"));
    }

    #[test]
    fn tokens_in_a_panic_text_are_masked() {
        let text = caught(|| panic!("{}", "AT_testsecret".to_owned()));
        assert!(text.contains("AT_***") && !text.contains("secret"), "{text}");
    }
}
