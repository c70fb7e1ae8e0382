//! Outcomes as errors

use std::mem::MaybeUninit;

use crate::error::wxpusher_error;
use crate::fallible::status;
use crate::outcome::{OwnedOutcome, wxpusher_outcome};
use crate::pointer::result;

/// Makes a result in which a recipient was not accepted an error.
///
/// Any thread. Errors: WXPUSHER_ERROR_REJECTED, with the result for each recipient.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_outcome_ensure_all(
    outcome: *const wxpusher_outcome,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `outcome`.
    status(error, || unsafe { result::<OwnedOutcome>(outcome, "outcome") }?.memory().to_core().ensure_all())
}
