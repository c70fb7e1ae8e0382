//! The whole suite with the Rust testee, and the self-tests of the runner, as a `cargo test`.

use ffi_tests::language::Places;
use ffi_tests::report::table;
use ffi_tests::suite::{self, Selection};

#[test]
fn every_case_holds_in_rust() {
    let selection = Selection { languages: vec!["rust".to_owned()], cases: None };
    let outcome = suite::run(&Places::of_this_checkout(), &selection).unwrap();
    let red = outcome.red(true);
    assert!(red.is_empty(), "{}", table::render(&outcome, &red));
}
