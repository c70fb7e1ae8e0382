//! The options that every command has.

use super::support::*;

#[test]
fn max_retries_bounds_the_retries_of_reads() {
    let world = World::new();
    let record = ["status", "1"];
    for _ in 0..3 {
        world.answer(502, "busy");
    }
    world.run(record.iter().chain(&["--max-retries", "0"])).failed(5, "HTTP status 502");
    assert_eq!(world.sandbox.calls().len(), 1);
    world.run(record.iter().chain(&["--max-retries", "1"])).failed(5, "HTTP status 502");
    assert_eq!(world.sandbox.calls().len(), 3);
}

#[test]
fn plain_http_to_other_machines_must_be_allowed() {
    let world = World::new();
    let args = ["send", "x", "-u", ALICE, "--base-url", "http://wxpusher.invalid", "--max-retries", "0"];
    world.run(args).failed(2, "invalid value for --base-url");
    let proxy = ["--allow-plain-http", "--proxy", "http://127.0.0.1:9", "--connect-timeout", "1s"];
    world.run(args.iter().chain(&proxy)).failed(5, "nothing was sent");
    world.run(args.iter().chain(&["--allow-plain-http", "--proxy", "none"])).failed(5, "nothing was sent");
    world.run(args.iter().chain(&["--proxy", "socks5://127.0.0.1:9"])).failed(2, "--");
}

#[test]
fn wrong_certificates_name_the_flag() {
    let world = World::new();
    let file = world.folder.write("ca.pem", "nonsense");
    world.run(["send", "x", "-u", ALICE, "--ca-file", &file]).failed(2, "invalid value for --ca-file");
    world.run(["send", "x", "-u", ALICE, "--ca-file", "/nonexistent"]).failed(2, "invalid value for --ca-file");
}

#[test]
fn colors_can_be_forced() {
    let world = World::new();
    let always = world.run(["sandbox", "calls", "--color", "always"]).ok();
    assert!(!always.stdout.contains('\u{1b}'), "JSON has no colors");
    let run = world.run(["users", "list", "--color", "never"]).ok();
    assert!(!run.stdout.contains('\u{1b}'), "{run:?}");
    world.run(["users", "list", "--color", "red"]).failed(2, "--color");
}

#[test]
fn json_is_one_document_for_every_command_that_fails() {
    let world = World::new();
    let gone = ["--json", "--base-url", "http://127.0.0.1:9", "--max-retries", "0"];
    let commands: [&[&str]; 13] = [
        &["send", "x", "-u", ALICE],
        &["delete", "1"],
        &["status", "1"],
        &["qrcode", "create", "x"],
        &["qrcode", "query", "x"],
        &["users", "list"],
        &["users", "block", "1"],
        &["product", "paid-until", ALICE, "1"],
        &["broadcast", "x", "--all-users"],
        &["sandbox", "calls"],
        &["doctor"],
        &["listen", "--addr", "127.0.0.1:0", "--sandbox"],
        &["sandbox", "scan", "x", ALICE],
    ];
    for command in commands {
        let run = world.run(command.iter().chain(&gone));
        let document = run.json();
        assert!(run.status != 0 && document["error"]["message"].is_string(), "{command:?}: {run:?}");
    }
    for command in
        [&["nonsense"][..], &["send"], &["users"], &["config", "get", "x"], &["verify-link", "x"], &["mcp"], &[]]
    {
        let run = world.run(command.iter().chain(&["--json"]));
        assert_eq!(run.json()["error"]["kind"], "invalid_argument", "{command:?}");
        assert_eq!(run.status, 2, "{command:?}");
    }
}
