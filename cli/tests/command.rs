//! The command as people and scripts meet it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use wxpusher_sandbox::{CannedResponse, Fault, FaultKind, Sandbox};

const TOKEN: &str = "AT_testdemo";

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxpusher"));
    for name in ["WXPUSHER_APP_TOKEN", "WXPUSHER_UIDS", "WXPUSHER_TOPIC_IDS", "WXPUSHER_BASE_URL"] {
        command.env_remove(name);
    }
    command.args(args);
    command
}

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(!stdout.contains(TOKEN) && !stderr.contains(TOKEN), "a token is shown:\n{stdout}{stderr}");
    (status.code().unwrap(), stdout, stderr)
}

/// `wxpusher send` with a token, to a sandbox.
fn send(sandbox: &Sandbox, args: &[&str]) -> (i32, String, String) {
    run(command(&["send", "--base-url", sandbox.url()]).args(args).env("WXPUSHER_APP_TOKEN", TOKEN))
}

#[test]
fn the_demonstration_ends_well() {
    let mut demo = command(&["demo"]);
    let Output { status, stdout, .. } = demo.output().unwrap();
    let text = String::from_utf8(stdout).unwrap();
    assert!(status.success() && text.contains("Everything was as it should be."), "{text}");
}

#[test]
fn a_message_is_sent() {
    let sandbox = Sandbox::start().unwrap();
    let args = ["**好**", "--markdown", "--uid", "UID_testalice", "--topic", "9701", "--summary", "s", "--url", "u"];
    let (status, stdout, stderr) = send(&sandbox, &args);
    assert_eq!((status, stderr.as_str()), (0, ""));
    assert!(stdout.starts_with("✓ UID_testalice  创建发送任务成功  sendRecordId "), "{stdout}");
    let message = &sandbox.inbox("UID_testalice").unwrap()[0];
    assert_eq!((message.content.as_deref(), message.content_type), (Some("**好**"), 3));
    assert_eq!((message.summary.as_str(), message.url.as_deref()), ("s", Some("u")));
}

#[test]
fn standard_input_and_json() {
    let sandbox = Sandbox::start().unwrap();
    let mut child = command(&["send", "-", "--json", "--html"])
        .env("WXPUSHER_APP_TOKEN", TOKEN)
        .env("WXPUSHER_BASE_URL", sandbox.url())
        .env("WXPUSHER_UIDS", "UID_testalice")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("<p>磁盘</p>\n".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let outcome: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&outcome["allOk"], &outcome["targets"][0]["code"]), (&Value::Bool(true), &1000.into()));
    let message = &sandbox.inbox("UID_testalice").unwrap()[0];
    assert_eq!((message.content.as_deref(), message.content_type), (Some("<p>磁盘</p>\n"), 2));
}

#[test]
fn the_status_tells_what_went_wrong() {
    let sandbox = Sandbox::start().unwrap();
    let (status, stdout, stderr) = send(&sandbox, &["x", "--uid", "UID_testalice", "--uid", "UID_testnobody"]);
    assert_eq!((status, stderr.as_str()), (4, "wxpusher: 1 of 2 targets were refused\n"));
    assert!(stdout.contains("✗ UID_testnobody  1001 用户UID=[UID_testnobody]不存在"), "{stdout}");

    let (status, _, stderr) = send(&sandbox, &["x", "--uid", "UID_testnobody"]);
    assert_eq!(status, 3);
    assert!(stderr.starts_with("wxpusher: no recipient was accepted: UID_testnobody: 1001"), "{stderr}");

    let (status, _, stderr) =
        run(command(&["send", "x", "--uid", "U", "--base-url", sandbox.url()])
            .env("WXPUSHER_APP_TOKEN", "AT_testwrong"));
    assert_eq!(status, 3, "{stderr}");
    assert!(stderr.starts_with("wxpusher: WxPusher responded with code 1002: "), "{stderr}");

    let (status, _, stderr) = send(&sandbox, &["x"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("invalid argument `uids`: no recipient"), "{stderr}");
    assert_eq!(send(&sandbox, &["x", "--uid", "U", "--html", "--markdown"]).0, 2);
    assert_eq!(send(&sandbox, &["x", "--topic", "abc"]).0, 2);
    assert_eq!(run(&mut command(&["sned"])).0, 2);

    let broken = CannedResponse { status: 502, headers: Default::default(), body: "<html>".into() };
    sandbox.inject(Fault::new(FaultKind::Response(broken))).unwrap();
    assert_eq!(send(&sandbox, &["x", "--uid", "UID_testalice"]).0, 5);

    let url = sandbox.url().to_owned();
    drop(sandbox);
    let (status, _, stderr) =
        run(command(&["send", "x", "--uid", "U", "--base-url", &url]).env("WXPUSHER_APP_TOKEN", TOKEN));
    assert_eq!(status, 5);
    assert!(stderr.contains("cannot connect") && stderr.contains("nothing was sent"), "{stderr}");
}

#[test]
fn the_sandbox_command_serves() {
    let mut child = command(&["sandbox", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let url = first.rsplit(' ').next().unwrap().to_owned();
    let (status, _, stderr) =
        run(command(&["send", "你好", "--uid", "UID_testalice", "--base-url", &url]).env("WXPUSHER_APP_TOKEN", TOKEN));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((status, stderr.as_str()), (0, ""));
}

/// Runs `wxpusher sandbox` with these arguments until SIGTERM; returns its first line and status.
#[cfg(unix)]
fn run_sandbox(args: &[&str], ready: &std::path::Path) -> (String, Option<i32>) {
    let mut child = command(&["sandbox", "--port", "0"]).args(args).stdout(Stdio::piped()).spawn().unwrap();
    let line = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    assert!(ready.exists(), "the ready file is written before the first line");
    let status = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
    (line, child.wait().unwrap().code())
}

#[cfg(unix)]
#[test]
fn the_sandbox_command_reads_a_seed_and_ends_on_sigterm() {
    let folder = std::env::temp_dir().join(format!("wxpusher-cli-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (seed, ready) = (folder.join("seed.json"), folder.join("ready"));
    std::fs::write(&seed, r#"{"apps": [{"id": 7, "token": "AT_testshop", "name": "shop"}]}"#).unwrap();
    let ready_text = ready.to_str().unwrap().to_owned();
    let args = ["--seed", seed.to_str().unwrap(), "--ready-file", &ready_text, "--json", "--max-messages", "10"];
    let (line, status) = run_sandbox(&args, &ready);
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert!(line["url"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{line}");
    assert_eq!(status, Some(0));
    assert!(!ready.exists());

    std::fs::write(&seed, r#"{"apps": [{"id": 7}]}"#).unwrap();
    let (status, _, stderr) = run(&mut command(&["sandbox", "--port", "0", "--seed", seed.to_str().unwrap()]));
    assert!(status == 2 && stderr.contains("--seed") && stderr.contains("token"), "{stderr}");
    let (status, _, stderr) = run(&mut command(&["sandbox", "--port", "0", "--public-url", "nonsense"]));
    assert!(status == 2 && stderr.contains("publicUrl"), "{stderr}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn completions_and_help() {
    for shell in ["bash", "zsh", "fish"] {
        let (status, stdout, _) = run(&mut command(&["completions", shell]));
        assert!(status == 0 && stdout.contains("sandbox"), "{shell}");
    }
    let (status, stdout, _) = run(&mut command(&["send", "--help"]));
    assert!(status == 0 && stdout.contains("WXPUSHER_APP_TOKEN") && stdout.contains("df -h | wxpusher send -"));
}
