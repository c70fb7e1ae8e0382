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
        Err(panic) => Err(wxpusher::Error::internal(text_of(&*panic)).into()),
    }
}

/// The error for a mutex that an earlier panic poisoned.
pub(crate) fn poisoned<T>(_: T) -> WxPusherError {
    wxpusher::Error::internal("an earlier call on this object panicked").into()
}

fn text_of(panic: &(dyn Any + Send)) -> String {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (None, Some(text)) => text.clone(),
        (None, None) => "a panic without text".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        let error = guarded::<()>(|| panic!("number {}", 7)).unwrap_err();
        assert_eq!(error.to_string(), "a bug in wxpusher: number 7");
        assert!(matches!(error, WxPusherError::Internal { .. }));
    }
}
