use super::support::*;

#[test]
fn ends_well() {
    let folder = Folder::new();
    let run = run(&mut bare(&folder.path(""), ["demo"])).ok();
    assert!(run.stdout.contains("Everything was as it should be."), "{run:?}");
}
