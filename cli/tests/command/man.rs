use super::support::*;

#[test]
fn writes_a_page_per_command() {
    let world = World::new();
    assert!(world.run(["man"]).ok().stdout.contains(".TH wxpusher 1"));
    let dir = world.folder.path("man1");
    world.run(["man", "--dir", dir.to_str().unwrap()]).ok();
    for page in ["wxpusher.1", "wxpusher-send.1", "wxpusher-users-list.1"] {
        assert!(dir.join(page).is_file(), "{page}");
    }
}

/// NOT RUN without groff.
#[cfg(unix)]
#[test]
fn pages_are_rendered_without_warnings() {
    use std::process::Command;
    if Command::new("groff").arg("--version").output().is_err() {
        println!("NOT RUN: groff is not installed");
        return;
    }
    let world = World::new();
    let dir = world.folder.path("man1");
    world.run(["man", "--dir", dir.to_str().unwrap()]).ok();
    for page in std::fs::read_dir(dir).unwrap() {
        let page = page.unwrap().path();
        let output = Command::new("groff").args(["-ww", "-man", "-Tutf8", "-Kutf8", "-z"]).arg(&page).output().unwrap();
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{page:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
