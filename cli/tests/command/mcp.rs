use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command};

use serde_json::{Value, json};

use super::support::*;

/// A session with the server, by plain JSON-RPC.
struct Session {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    id: u64,
}

impl Session {
    fn start(world: &World, args: &[&str]) -> Self {
        let mut command = world.command(["mcp"].iter().chain(args));
        command.env("WXPUSHER_SPT", "SPT_testalice").env("WXPUSHER_UIDS", BOB);
        let mut child = start(&mut command);
        let (stdin, stdout) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut session = Self { child, stdin, stdout, id: 0 };
        let client = json!({"name": "test", "version": "1"});
        session
            .request("initialize", json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}));
        session.write(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        session
    }

    fn write(&mut self, message: &Value) {
        writeln!(self.stdin, "{message}").unwrap();
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.write(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let mut line = String::new();
            assert!(self.stdout.read_line(&mut line).unwrap() > 0, "the server ended");
            assert!(!line.contains(TOKEN) && !line.contains("SPT_testalice"), "a token is shown: {line}");
            let message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] == id {
                return message;
            }
        }
    }

    fn tools(&mut self) -> Vec<String> {
        let tools = self.request("tools/list", json!({}))["result"]["tools"].clone();
        let mut names: Vec<_> =
            tools.as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }

    /// Calls a tool; returns whether it failed, and its document.
    fn call(&mut self, name: &str, arguments: Value) -> (bool, Value) {
        let response = self.request("tools/call", json!({"name": name, "arguments": arguments}));
        let result = &response["result"];
        let Some(text) = result["content"][0]["text"].as_str() else { return (true, response) };
        (result["isError"] == true, serde_json::from_str(text).unwrap_or(Value::Null))
    }

    fn end(mut self) {
        drop(self.stdin);
        assert!(self.child.wait().unwrap().success());
    }
}

#[test]
fn needs_recipients() {
    let world = World::new();
    world.run(["mcp"]).failed(2, "at least one of --allow-uid, --allow-topic and --allow-spt");
    world.run(["mcp", "--allow-spt"]).failed(2, "--allow-spt: no SPT");
}

#[test]
fn offers_only_what_is_allowed() {
    let world = World::new();
    let mut session = Session::start(&world, &["--allow-uid", ALICE]);
    assert_eq!(session.tools(), ["send", "status"]);
    session.end();
    let mut session = Session::start(&world, &["--allow-spt", "--with-users"]);
    assert_eq!(session.tools(), ["push", "status", "users"]);
    assert!(!session.call("push", json!({"content": "pushed"})).0);
    assert!(session.call("users", json!({})).1["users"][0]["uid"].is_string());
    session.end();
    assert_eq!(world.arrived(ALICE), ["pushed"]);
}

#[test]
fn sends_to_allowed_recipients_and_counts() {
    let world = World::new();
    let mut session = Session::start(&world, &["--allow-uid", ALICE, "--max-sends", "2"]);
    let (failed, outcome) = session.call("send", json!({"content": "**a**", "format": "markdown"}));
    assert!(!failed, "{outcome}");
    let record = &outcome["targets"][0]["sendRecordId"];
    assert_eq!(session.call("status", json!({"send_record_id": record})).1["code"], 1);
    let (failed, document) = session.call("send", json!({"content": "b", "uids": [BOB]}));
    assert!(
        failed && document["error"]["message"].as_str().unwrap().contains("not an allowed recipient"),
        "{document}"
    );
    assert!(session.call("send", json!({"content": "c", "base_url": "http://127.0.0.1:9"})).0);
    assert!(!session.call("send", json!({"content": "d", "uids": [ALICE]})).0);
    let (failed, document) = session.call("send", json!({"content": "e"}));
    assert!(failed && document["error"]["message"].as_str().unwrap().contains("--max-sends"), "{document}");
    session.end();
    assert_eq!(world.arrived(ALICE), ["**a**", "d"]);
    assert!(world.arrived(BOB).is_empty());
}

/// NOT RUN without the official Python SDK (`pip install mcp`), named by the interpreter in MCP_PYTHON.
#[test]
fn works_with_the_official_python_sdk() {
    let python = std::env::var("MCP_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !Command::new(&python).args(["-c", "import mcp"]).output().is_ok_and(|output| output.status.success()) {
        println!("NOT RUN: {python} has no package mcp");
        return;
    }
    let world = World::new();
    let mut client = Command::new(python);
    client.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mcp_client.py")).arg(env!("CARGO_BIN_EXE_wxpusher"));
    client.env("WXPUSHER_APP_TOKEN", TOKEN).env("WXPUSHER_BASE_URL", world.sandbox.url());
    run(&mut client).ok();
    assert_eq!(world.arrived(ALICE), ["from the SDK"]);
}
