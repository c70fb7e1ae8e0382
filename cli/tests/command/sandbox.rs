use std::io::{BufRead, BufReader};

use super::support::*;

#[test]
fn serves_until_it_is_ended() {
    let world = World::new();
    let mut child = start(&mut world.command(["sandbox", "--listen", "127.0.0.1:0"]));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let url = first.rsplit(' ').next().unwrap().to_owned();
    let sent = world.run(["send", "你好", "--uid", ALICE, "--base-url", &url]);
    child.kill().unwrap();
    child.wait().unwrap();
    sent.ok();
    assert!(world.arrived(ALICE).is_empty(), "--base-url wins over WXPUSHER_BASE_URL");
}

#[test]
fn users_time_and_faults_are_controlled() {
    let world = World::new();
    let code =
        world.run(["qrcode", "create", "x", "--json"]).ok().json()["outcome"]["code"].as_str().unwrap().to_owned();
    world.run(["sandbox", "scan", &code, BOB]).ok();
    assert_eq!(world.run(["qrcode", "query", &code]).ok().stdout, "UID_testbob\n");
    world.run(["sandbox", "subscribe", ALICE, "--topic", "9701"]).ok();
    world.run(["sandbox", "subscribe", ALICE]).failed(2, "--app");
    world.run(["sandbox", "command", ALICE, "#97 重启"]).ok();
    let trade_no = world.run(["sandbox", "pay", BOB, "12", "--json"]).ok().json()["outcome"]["tradeNo"]
        .as_str()
        .unwrap()
        .to_owned();
    world.run(["sandbox", "refund", &trade_no]).ok();
    let before = world.sandbox.now();
    world.run(["sandbox", "clock", "--advance", "1d"]).ok();
    assert!(world.sandbox.now() - before >= 86_400_000);
    world.run(["sandbox", "fault", "502", "--route", "send"]).ok();
    world.run(["send", "a", "-u", ALICE]).failed(6, "502");
    world.run(["sandbox", "fault", "hang", "--times", "3"]).ok();
    world.run(["sandbox", "fault", "--clear"]).ok();
    world.run(["send", "b", "-u", ALICE]).ok();
    assert!(world.run(["sandbox", "inbox", ALICE]).ok().stdout.contains("\"b\""));
    assert!(world.run(["sandbox", "calls"]).ok().stdout.contains("send"));
    world.run(["sandbox", "scan", "nothing", BOB]).failed(3, "the sandbox responded with status");
    world
        .run(["sandbox", "calls", "--base-url", "http://127.0.0.1:9"])
        .failed(5, "no sandbox responds at http://127.0.0.1:9");
}

/// Runs `wxpusher sandbox` with these arguments until SIGTERM; returns its first line and status.
#[cfg(unix)]
fn run_until_sigterm(world: &World, args: &[&str], ready: &std::path::Path) -> (String, Option<i32>) {
    let mut child = start(world.command(["sandbox", "--port", "0"]).args(args));
    let line = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    assert!(ready.exists(), "the ready file is written before the first line");
    let kill = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    (line, child.wait().unwrap().code())
}

#[cfg(unix)]
#[test]
fn reads_a_seed_and_ends_on_sigterm() {
    let world = World::new();
    let seed = world.folder.write("seed.json", r#"{"apps": [{"id": 7, "token": "AT_testshop", "name": "shop"}]}"#);
    let ready = world.folder.path("ready");
    let ready_text = ready.to_str().unwrap();
    let args = ["--seed", seed.as_str(), "--ready-file", ready_text, "--json", "--max-messages", "10"];
    let (line, status) = run_until_sigterm(&world, &args, &ready);
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert!(line["outcome"]["url"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{line}");
    assert_eq!(status, Some(0));
    assert!(!ready.exists());

    std::fs::write(&seed, r#"{"apps": [{"id": 7}]}"#).unwrap();
    world.run(["sandbox", "--port", "0", "--seed", seed.as_str()]).failed(2, "--seed").failed(2, "token");
    world.run(["sandbox", "--port", "0", "--public-url", "nonsense"]).failed(2, "publicUrl");
}
