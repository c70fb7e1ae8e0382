//! The sandbox under load: prints figures and bars, and merges them into `bench.json` of the target
//! directory.
//!
//! * Sends over 8 connections, relative to an axum handler that only responds.
//! * The slowest other call while an inbox of 300 000 messages is read, relative to without readers.
//! * Memory during a run of 1 000 000 messages.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use serde_json::{Value, json};
use wxpusher_sandbox::{Sandbox, Seed};

const CONNECTIONS: usize = 8;
const ROUNDS: usize = 3;
const INBOX: usize = 300_000;
const RUN: u64 = 1_000_000;

fn main() {
    // `cargo test --benches` runs this without measuring.
    if !env::args().any(|argument| argument == "--bench") {
        return;
    }
    let bars = [
        ("sandbox.axum_vs_sends", sends_compared(), 2.0, "sends of an axum handler that only responds, per send"),
        ("sandbox.slowest_call", calls_while_an_inbox_is_read(), 10.0, "times the slowest call without readers"),
        ("sandbox.growth_mib", memory_of_a_long_run(), 16.0, "MiB from 200 000 to 1 000 000 messages"),
    ];
    let mut all = json!({});
    let mut missed = false;
    for (name, value, bar, unit) in bars {
        let verdict = if value <= bar { "ok" } else { "OVER" };
        missed |= value > bar;
        println!("{name:28} {value:10.3}  bar {bar:8.2}  {verdict:5} {unit}");
        all[name] = json!({"value": value, "bar": bar, "unit": unit});
    }
    merge(&all);
    process::exit(i32::from(missed));
}

/// Sends per second over several connections; the median of rounds that alternate with the handler.
fn sends_compared() -> f64 {
    let sandbox = Sandbox::builder().seed(Seed::demo()).rate_limit(false).start().expect("a sandbox");
    let handler = handler();
    let body =
        json!({"appToken": "AT_testdemo", "content": "hello", "contentType": 1, "uids": ["UID_testalice"]}).to_string();
    let mut ratios: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let plain = sends_per_second(handler, &body);
            let sandbox = sends_per_second(sandbox.address(), &body);
            println!("       sends per second: sandbox {sandbox:.0}, axum handler {plain:.0}");
            plain / sandbox
        })
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ROUNDS / 2]
}

/// An axum handler that reads the request and responds as a send does, on a thread of its own.
fn handler() -> SocketAddr {
    const RESPONSE: &str = r#"{"code":1000,"msg":"处理成功","data":[{"uid":"UID_testalice","topicId":null,"messageId":3100000001,"messageContentId":2200000001,"sendRecordId":4300000001,"code":1000,"status":"创建发送任务成功"}],"success":true}"#;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let respond = async |_: axum::body::Bytes| ([("content-type", "application/json")], RESPONSE);
            let router = axum::Router::new().route("/api/send/message", axum::routing::post(respond));
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, router).await
        })
    });
    address
}

fn sends_per_second(address: SocketAddr, body: &str) -> f64 {
    const TIME: Duration = Duration::from_secs(2);
    let (sent, start) = (AtomicU64::new(0), Instant::now());
    thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut connection = Connection::open(address);
                while start.elapsed() < TIME {
                    connection.post("/api/send/message", body);
                    sent.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    sent.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}

/// How many times slower the slowest call is; the best of some rounds, because other programs on
/// this machine only make calls slower.
fn calls_while_an_inbox_is_read() -> f64 {
    let sandbox =
        Sandbox::builder().seed(Seed::demo()).rate_limit(false).max_messages(2 * INBOX).start().expect("a sandbox");
    let body = json!({"appToken": "AT_testdemo", "content": "x".repeat(200), "uids": ["UID_testalice"]}).to_string();
    let mut connection = Connection::open(sandbox.address());
    for _ in 0..INBOX {
        connection.post("/api/send/message", &body);
    }
    let ratios = (0..ROUNDS).map(|_| {
        let alone = slowest_call(&sandbox);
        let stop = AtomicBool::new(false);
        let busy = thread::scope(|scope| {
            // One reader that is as fast as it can be, and one that hardly reads.
            for pause in [Duration::ZERO, Duration::from_millis(20)] {
                let (stop, address) = (&stop, sandbox.address());
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        read_inbox(address, pause, stop);
                    }
                });
            }
            let slowest = slowest_call(&sandbox);
            stop.store(true, Ordering::Relaxed);
            slowest
        });
        println!(
            "       slowest call: {:.2} ms, while the inbox is read {:.2} ms",
            alone.as_secs_f64() * 1e3,
            busy.as_secs_f64() * 1e3
        );
        busy.as_secs_f64() / alone.as_secs_f64()
    });
    ratios.fold(f64::INFINITY, f64::min)
}

fn slowest_call(sandbox: &Sandbox) -> Duration {
    let mut connection = Connection::open(sandbox.address());
    let body = json!({"appToken": "AT_testdemo", "content": "x", "uids": ["UID_testbob"]}).to_string();
    let mut slowest = Duration::ZERO;
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(2) {
        let call = Instant::now();
        connection.post("/api/send/message", &body);
        slowest = slowest.max(call.elapsed());
    }
    slowest
}

fn read_inbox(address: SocketAddr, pause: Duration, stop: &AtomicBool) {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let request = "GET /sandbox/inbox/UID_testalice HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("a request");
    let mut piece = vec![0; 64 * 1024];
    while !stop.load(Ordering::Relaxed) && stream.read(&mut piece).is_ok_and(|read| read > 0) {
        thread::sleep(pause);
    }
}

/// How much the memory of this process grows while most of the messages are sent, in MiB.
fn memory_of_a_long_run() -> f64 {
    let sandbox = Sandbox::builder().seed(Seed::demo()).rate_limit(false).start().expect("a sandbox");
    let body = json!({"appToken": "AT_testdemo", "content": "x".repeat(200), "uids": ["UID_testalice"]}).to_string();
    let send = |count: u64| {
        thread::scope(|scope| {
            for _ in 0..CONNECTIONS {
                scope.spawn(|| {
                    let mut connection = Connection::open(sandbox.address());
                    for _ in 0..count / CONNECTIONS as u64 {
                        connection.post("/api/send/message", &body);
                    }
                });
            }
        });
    };
    send(RUN / 5);
    let before = resident_mib();
    send(RUN - RUN / 5);
    let after = resident_mib();
    println!("       resident memory: {before:.0} MiB after {} messages, {after:.0} MiB after {RUN}", RUN / 5);
    assert_eq!(sandbox.inbox("UID_testalice").expect("a user").len(), 50_000);
    (after - before).max(0.0)
}

fn resident_mib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib: f64 = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0.0);
    kib / 1024.0
}

/// A keep-alive connection that does as little as possible.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("a socket");
        Self(BufReader::new(stream))
    }

    fn post(&mut self, path: &str, body: &str) {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.get_mut().write_all(request.as_bytes()).expect("a request");
        let (mut line, mut length) = (String::new(), 0);
        loop {
            line.clear();
            self.0.read_line(&mut line).expect("a response");
            if line == "\r\n" {
                break;
            }
            assert!(!line.is_empty(), "the connection was closed");
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut response = vec![0; length];
        self.0.read_exact(&mut response).expect("a body");
        assert!(response.starts_with(br#"{"code":1000"#), "{}", String::from_utf8_lossy(&response));
    }
}

fn merge(bars: &Value) {
    let target = env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target")), PathBuf::from);
    let path = target.join("bench.json");
    let mut all: Value = fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or(json!({}));
    for (name, bar) in bars.as_object().expect("an object") {
        all[name] = bar.clone();
    }
    fs::create_dir_all(&target).expect("a target directory");
    fs::write(&path, format!("{all:#}\n")).expect("a writable target directory");
}
