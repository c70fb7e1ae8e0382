//! The runner of the shared suite.
//!
//! Cases are data and hold every expectation ([`case`]); a scripted server plays WxPusher ([`server`]); a testee per
//! language calls the public API and reports what came of it ([`testee`]); this crate alone compares ([`verdict`]).
//! `README.md` beside this crate says how to add a case, a verb and a language.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod case;
pub mod checks;
pub mod compare;
pub mod errors;
mod expand;
pub mod language;
pub mod report;
pub mod schema;
pub mod selftest;
pub mod server;
mod strict_json;
pub mod suite;
pub mod testee;
pub mod verdict;
