//! `pthread_cancel` must not unwind through Rust: it is disabled for the duration of a call, which ends by its timeout.

/// Disables the cancellation of the current thread while it lives.
pub(crate) struct ThreadCancellationDisabled {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    previous: std::ffi::c_int,
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
mod pthread {
    use std::ffi::c_int;

    #[cfg(target_os = "linux")]
    pub(super) const PTHREAD_CANCEL_DISABLE: c_int = 1;
    #[cfg(target_vendor = "apple")]
    pub(super) const PTHREAD_CANCEL_DISABLE: c_int = 0;

    unsafe extern "C" {
        pub(super) fn pthread_setcancelstate(state: c_int, previous: *mut c_int) -> c_int;
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
impl ThreadCancellationDisabled {
    pub(crate) fn new() -> Self {
        let mut previous = 0;
        // SAFETY: the function only writes to `previous`, which is ours.
        unsafe { pthread::pthread_setcancelstate(pthread::PTHREAD_CANCEL_DISABLE, &raw mut previous) };
        Self { previous }
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
impl Drop for ThreadCancellationDisabled {
    fn drop(&mut self) {
        let mut disabled = 0;
        // SAFETY: the function only writes to `disabled`, which is ours.
        unsafe { pthread::pthread_setcancelstate(self.previous, &raw mut disabled) };
    }
}

/// Other systems have no thread cancellation (Android, Windows).
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
impl ThreadCancellationDisabled {
    pub(crate) fn new() -> Self {
        Self {}
    }
}
