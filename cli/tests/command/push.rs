use super::support::*;

const SPT: &str = "SPT_testalice";

#[test]
fn takes_spts_from_the_environment_or_a_file() {
    let world = World::new();
    run(world.command(["push", "a"]).env("WXPUSHER_SPT", SPT).env_remove("WXPUSHER_APP_TOKEN")).ok();
    let file = world.folder.write("spts", format!("# people\n\n{SPT}\n"));
    world.run(["push", "-m", "b", "--spt-file", &file]).ok();
    world.run_with_input(["push", "c", "--spt-file", "-"], SPT.as_bytes()).ok();
    assert_eq!(world.arrived(ALICE), ["a", "b", "c"]);
}

#[test]
fn names_the_variable_without_spts() {
    let world = World::new();
    world.run(["push", "a"]).failed(2, "no SPT: set WXPUSHER_SPT or WXPUSHER_SPT_LIST, or give --spt-file");
    world.run(["push", "a", "--spt-file", "/nonexistent"]).failed(2, "--spt-file: cannot read /nonexistent");
}

#[test]
fn reports_refused_spts() {
    let world = World::new();
    let run = run(world.command(["push", "a", "--json"]).env("WXPUSHER_SPT_LIST", "SPT_testnobody"));
    assert_eq!(run.status, 3);
    assert_eq!(run.json()["error"]["sent"], "yes");
}
