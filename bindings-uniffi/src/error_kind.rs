//! The list of error kinds, by number and name.

use crate::boundary::guarded;
use crate::error::Result;

/// A kind of error: its number and its name, both fixed and the same in all languages.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ErrorKind {
    /// The number, from 1.
    pub number: i32,
    /// The name, for example `invalid_argument`.
    pub name: String,
}

/// Returns every kind of error, in the order of the numbers.
///
/// # Errors
/// `internal` only.
#[uniffi::export]
pub fn error_kinds() -> Result<Vec<ErrorKind>> {
    guarded(|| {
        let kinds = wxpusher::ErrorKind::ALL.into_iter();
        Ok(kinds.map(|(number, name)| ErrorKind { number, name: name.to_owned() }).collect())
    })
}
