//! `errors.json` and core have to agree, both ways.

use ffi_tests::errors::ErrorList;
use ffi_tests::language::Places;
use wxpusher::{ErrorKind, Sent};

#[test]
fn the_list_of_kinds_is_the_one_of_core() {
    let list = ErrorList::load(&Places::of_this_checkout().suite).unwrap();
    let ours: Vec<(i64, &str)> = list.kinds.iter().map(|entry| (entry.number, entry.kind.as_str())).collect();
    let cores: Vec<(i64, &str)> = ErrorKind::ALL.iter().map(|(number, name)| (i64::from(*number), *name)).collect();
    assert_eq!(ours, cores);
    assert_eq!(list.sent, [Sent::No, Sent::Maybe, Sent::Yes].map(Sent::as_str));
}
