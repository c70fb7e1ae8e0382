use super::support::*;

#[test]
fn profiles_are_added_used_and_removed() {
    let world = World::new();
    world.run(["profile", "add", "sandbox"]).ok();
    world.run(["profile", "add", "sandbox"]).failed(2, "exists already");
    world.run(["profile", "add", "a b"]).failed(2, "letters, digits");
    world.run(["config", "set", "base_url", "http://127.0.0.1:9", "--profile", "sandbox"]).ok();
    world.run(["profile", "use", "sandbox"]).ok();
    assert_eq!(world.run(["profile", "list"]).ok().stdout, "*\tsandbox\thttp://127.0.0.1:9\n");
    assert_eq!(world.run(["config", "get", "base_url"]).ok().stdout, "http://127.0.0.1:9\n");
    world.run(["profile", "use", "other"]).failed(2, "there is no profile other");
    world.run(["send", "x", "-u", ALICE, "--profile", "other"]).failed(2, "--profile: there is no profile other");
    world.run(["profile", "remove", "sandbox"]).failed(2, "--yes");
    world.run(["profile", "remove", "sandbox", "-y"]).ok();
    assert_eq!(world.run(["profile", "list"]).ok().stdout, "");
}
