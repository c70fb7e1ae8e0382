//! `wxpusher_outcome_ensure_all`. Apart from `outcome`, because errors carry outcomes.

use crate::error::wxpusher_error;
use crate::fallible::status;
use crate::outcome::wxpusher_outcome;
use crate::pointer::shared;

/// Makes an outcome with a failed target an error, for callers who want all or nothing.
///
/// `outcome` stays the caller's. Returns WXPUSHER_ERROR_REJECTED, carrying a copy of it, when any target failed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_outcome_ensure_all(
    outcome: *const wxpusher_outcome,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `outcome` and `error`.
    unsafe { status(error, || shared(outcome, "outcome")?.to_core().ensure_all().map(drop)) }
}
