//! The list of error kinds, by number and name.

use crate::boundary::guarded;
use crate::error::Result;

/// A kind of error: its number, fixed for ever, and its name in all languages.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ErrorKind {
    /// The number, from 1.
    pub number: i32,
    /// The name, for example `invalid_argument`.
    pub name: String,
}

/// Every kind of error, in order; what the languages' own lists are checked against.
///
/// # Errors
/// None but a bug of the library.
#[uniffi::export]
pub fn error_kinds() -> Result<Vec<ErrorKind>> {
    guarded(|| {
        let kinds = wxpusher::ErrorKind::ALL.into_iter();
        Ok(kinds.map(|(number, name)| ErrorKind { number, name: name.to_owned() }).collect())
    })
}
