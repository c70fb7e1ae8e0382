use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;

use serde_json::Value;

use super::support::*;

/// A running `listen`, after it has printed its URL.
struct Listener {
    child: Child,
    stderr: BufReader<std::process::ChildStderr>,
    address: String,
    path: String,
}

fn listen(world: &World, args: &[&str]) -> Listener {
    let all = ["listen", "--addr", "127.0.0.1:0"].iter().chain(args);
    let mut child = start(&mut world.command(all));
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    stderr.read_line(&mut line).unwrap();
    let url = line.trim().rsplit(' ').next().unwrap();
    let (address, path) = url.strip_prefix("http://").unwrap_or_else(|| panic!("{line}")).split_once('/').unwrap();
    Listener { child, stderr, address: address.to_owned(), path: format!("/{path}") }
}

impl Listener {
    fn post(&self, path: &str, body: &str) -> u16 {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response.split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// Waits for the end; returns the status, the lines of standard output and the rest of standard error.
    fn end(mut self) -> (i32, Vec<Value>, String) {
        let mut stderr = String::new();
        self.stderr.read_to_string(&mut stderr).unwrap();
        let run = end(self.child);
        let lines = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (run.status, lines, stderr)
    }
}

fn command(text: &str) -> String {
    format!(r##"{{"action":"send_up_cmd","data":{{"uid":"UID_x","appId":97,"time":1,"content":"#97 {text}"}}}}"##)
}

#[test]
fn prints_one_line_per_event_and_drops_repeats() {
    let world = World::new();
    let listener = listen(&world, &["--count", "2", "--json"]);
    assert!(listener.path.len() > 30, "{}", listener.path);
    assert_eq!(listener.post("/callback", "{}"), 404);
    assert_eq!(listener.post(&listener.path, &"x".repeat(65 * 1024)), 413);
    assert_eq!(listener.post(&listener.path, "not a callback"), 200);
    for text in ["a", "a", "b"] {
        assert_eq!(listener.post(&listener.path, &command(text)), 200);
    }
    let (status, lines, stderr) = listener.end();
    assert_eq!((status, lines.len()), (0, 3), "{lines:?}");
    assert_eq!((&lines[0]["event"], &lines[1]["data"]["command"]), (&"command".into(), &"b".into()));
    assert_eq!(lines[2]["outcome"]["events"], 2);
    assert!(stderr.contains("not a WxPusher callback"), "{stderr}");
}

#[test]
fn filters_events() {
    let world = World::new();
    let listener = listen(&world, &["--count", "1", "--events", "subscribe,pay", "--path", "/cb"]);
    assert_eq!(listener.path, "/cb");
    listener.post("/cb", &command("a"));
    let subscribe = r#"{"action":"app_subscribe","data":{"appId":97,"source":"scan","time":1,"uid":"UID_x"}}"#;
    listener.post("/cb", subscribe);
    let (status, lines, _) = listener.end();
    assert_eq!((status, lines.len()), (0, 1), "{lines:?}");
    assert_eq!(lines[0]["action"], "app_subscribe");
}

#[test]
fn forwards_bodies_as_they_are() {
    let world = World::new();
    let target = listen(&world, &["--count", "1", "--path", "/target"]);
    let url = format!("http://{}/target?key=secret", target.address);
    let lost = "http://127.0.0.1:9/lost?key=secret";
    let args = ["--count", "1", "--path", "/cb", "--forward-to", &url, "--forward-to", lost, "--max-retries", "0"];
    let listener = listen(&world, &args);
    listener.post("/cb", &command("a"));
    let (status, _, stderr) = listener.end();
    assert!(
        status == 0 && stderr.contains("--forward-to: http://127.0.0.1:9/lost: ") && !stderr.contains("secret"),
        "{stderr}"
    );
    assert_eq!(target.end().1[0]["data"]["command"], "a");
}

#[cfg(unix)]
#[test]
fn runs_a_command_without_tokens() {
    let world = World::new();
    let script = "cat; echo \"$WXPUSHER_EVENT_KIND $WXPUSHER_EVENT_ACTION $WXPUSHER_EVENT_UID $WXPUSHER_EVENT_APP_ID\"; \
                  env | grep -c TOKEN; exit 3";
    let listener = listen(&world, &["--count", "1", "--path", "/cb", "--exec", "sh", "-c", script]);
    listener.post("/cb", &command("a"));
    let (status, lines, stderr) = listener.end();
    assert_eq!((status, lines.len()), (0, 1));
    assert!(stderr.contains("command send_up_cmd UID_x 97\n0\n"), "{stderr}");
    assert!(stderr.contains("--exec: sh ended with exit status: 3"), "{stderr}");
}

#[test]
fn sets_and_restores_the_callback_url_of_a_sandbox() {
    let world = World::new();
    world.sandbox.set_callback_url(97, Some("http://127.0.0.1:9/before")).unwrap();
    let listener = listen(&world, &["--count", "1", "--sandbox"]);
    assert!(world.sandbox.world().apps[0].callback_url.as_deref().unwrap().ends_with(&listener.path));
    world.sandbox.command(ALICE, "#97 重启").unwrap();
    let (status, lines, _) = listener.end();
    assert_eq!((status, &lines[0]["data"]["command"]), (0, &"重启".into()));
    assert_eq!(world.sandbox.world().apps[0].callback_url.as_deref(), Some("http://127.0.0.1:9/before"));
    world.run(["listen", "--addr", "127.0.0.1:0", "--sandbox", "--app", "1"]).failed(2, "no such app");
}

#[test]
fn names_wrong_arguments() {
    let world = World::new();
    world.run(["listen", "--path", "callback"]).failed(2, "--path must begin with /");
    world.run(["listen", "--forward-to", "ftp://x"]).failed(2, "--forward-to must be an http or https URL");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    world.run(["listen", "--addr", &addr]).failed(1, "--addr: cannot listen on");
}
