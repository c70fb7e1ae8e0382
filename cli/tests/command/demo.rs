use super::support::*;

#[test]
fn passes_all_checks() {
    let folder = Folder::new();
    let run = run(&mut bare(&folder.path(""), ["demo"])).ok();
    assert!(run.stdout.contains("All checks passed."), "{run:?}");
}
