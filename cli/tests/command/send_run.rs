#![cfg(unix)]

use super::support::*;

#[test]
fn sends_status_duration_and_the_end_of_the_output() {
    let world = World::new();
    let script = "echo one; echo two; echo three; exit 3";
    let run = world.run(["send", "nightly", "-u", ALICE, "--tail", "2", "--run", "sh", "-c", script]);
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.stdout.starts_with("one\ntwo\nthree\n"), "{run:?}");
    let text = &world.arrived(ALICE)[0];
    assert!(text.starts_with("nightly\n\n✗ sh -c") && text.contains("exit status 3 after 0."), "{text}");
    assert!(text.ends_with("\n\ntwo\nthree"), "{text}");
}

#[test]
fn exits_with_the_status_of_the_command_if_the_delivery_fails() {
    let world = World::new();
    let args = ["send", "-u", "UID_testnobody", "--run", "--", "sh", "-c", "exit 0"];
    world.run(args).failed(0, "the message was not delivered");
    let args = ["send", "-u", "UID_testnobody", "--run", "sh", "-c", "kill -9 $$"];
    world.run(args).failed(137, "the message was not delivered");
}

#[test]
fn a_missing_command_is_reported_by_message() {
    let world = World::new();
    world.run(["send", "-u", ALICE, "--run", "/nonexistent/command"]).failed(127, "cannot run /nonexistent/command");
    assert!(world.arrived(ALICE)[0].contains("cannot run /nonexistent/command"));
}

#[test]
fn json_is_one_document() {
    let world = World::new();
    let run = world.run(["send", "--json", "-u", ALICE, "--run", "echo", "hello"]).ok();
    assert!(run.json()["outcome"]["allOk"] == true && run.stderr.contains("hello"));
}
