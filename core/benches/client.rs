//! The bars of the design, measured: prints them, and merges them into `bench.json` of the target directory.
//!
//! Ratios are between loops that take turns in one run, because the machine's speed changes from minute to minute. Client and
//! server stay on cores of their own: a server is another machine, and does not empty the caches of whoever calls it.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
#[cfg(target_os = "linux")]
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, fs, thread};

use rustix::event::{PollFd, PollFlags, poll};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wxpusher::{Client, Config, Message, parse_callback};

const ANSWER: &str = r#"{"code":1000,"msg":"处理成功","success":true,"data":[{"uid":"UID_a","topicId":null,
    "messageId":7,"messageContentId":8,"sendRecordId":2438072956,"code":1000,"status":"创建发送任务成功"}]}"#;

fn main() {
    // `cargo test --benches` and `cargo clippy` run or build this, too; only `cargo bench` measures.
    if !env::args().any(|arg| arg == "--bench") {
        return;
    }
    pin(0);
    let server = KeepAlive::start();
    let send = compare_sends(&server);
    let threads = extra_threads(&server);
    let connects = connects_per_call(&server);
    let bars = [
        ("core.send_vs_raw", send, 1.25, "times the median of a raw socket loop"),
        ("core.threads_per_call", threads, 0.0, "threads beyond those there before"),
        ("core.connects_per_call", connects, 0.0, "connections after the first call"),
        ("core.parse_callback_ns", parse_callback_ns(), 1000.0, "ns"),
    ];
    let mut all = json!({});
    for (name, value, bar, unit) in bars {
        let verdict = if value <= bar { "ok" } else { "OVER" };
        println!("{name:28} {value:10.3}  bar {bar:8.2}  {verdict:5} {unit}");
        all[name] = json!({"value": value, "bar": bar, "unit": unit});
    }
    merge(&all);
}

/// The median send of a client, in medians of a raw loop that does the same JSON work.
fn compare_sends(server: &KeepAlive) -> f64 {
    const ROUNDS: usize = 6_000;
    let client = server.client();
    let message = Message::text("磁盘已满").uid("UID_a");
    let mut raw = Raw::connect(server);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(timed(|| raw.send("磁盘已满", "UID_a")));
        ours.push(timed(|| assert!(client.send(&message).expect("the server accepts").all_ok())));
    }
    let (ours, theirs) = (median(&mut ours), median(&mut theirs));
    println!("a send takes {:.1} µs, a raw one {:.1} µs", ours * 1e6, theirs * 1e6);
    ours / theirs
}

/// How many threads were ever seen beyond those there before, while two thousand calls were made by name and by number.
fn extra_threads(server: &KeepAlive) -> f64 {
    let tasks = || fs::read_dir("/proc/self/task").map_or(0, |tasks| tasks.count());
    let by_name = Config::new().app_token("AT_test").base_url(server.url().replace("127.0.0.1", "localhost"));
    let clients = [server.client(), Client::with_config(by_name).expect("a loopback URL")];
    let message = Message::text("x").uid("UID_a");
    for client in &clients {
        assert!(client.send(&message).expect("the server accepts").all_ok());
    }
    let before = tasks();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut most = 0;
            while !is_over.load(Ordering::Relaxed) {
                most = most.max(tasks());
            }
            most
        });
        for _ in 0..1_000 {
            for client in &clients {
                assert!(client.send(&message).expect("the server accepts").all_ok());
            }
        }
        is_over.store(true, Ordering::Relaxed);
        let most = watching.join().expect("the watcher only counts");
        // The watcher is one itself.
        most.saturating_sub(before + 1) as f64
    })
}

fn connects_per_call(server: &KeepAlive) -> f64 {
    let client = server.client();
    let message = Message::text("x").uid("UID_a");
    assert!(client.send(&message).expect("the server accepts").all_ok());
    let before = server.connections.load(Ordering::SeqCst);
    for _ in 0..1_000 {
        assert!(client.send(&message).expect("the server accepts").all_ok());
    }
    (server.connections.load(Ordering::SeqCst) - before) as f64 / 1_000.0
}

fn parse_callback_ns() -> f64 {
    const BODY: &str = r#"{"action":"app_subscribe","data":{"appId":123,"appKey":"AK_xxxxxx","appName":"应用名字",
        "source":"scan","userName":"","userHeadImg":"","time":1569416451573,"uid":"UID_xxxxxx","extra":"xxx"}}"#;
    const CALLS: u32 = 1_000;
    let mut rounds: Vec<_> = (0..200)
        .map(|_| {
            timed(|| {
                for _ in 0..CALLS {
                    black_box(parse_callback(black_box(BODY.as_bytes())).expect("a callback"));
                }
            })
        })
        .collect();
    median(&mut rounds) * 1e9 / f64::from(CALLS)
}

/// Keeps the current thread on the first or the second of the cores this process may use.
fn pin(which: usize) {
    #[cfg(target_os = "linux")]
    {
        use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
        static ALLOWED: LazyLock<CpuSet> =
            LazyLock::new(|| sched_getaffinity(None).expect("a process has an affinity"));
        let Some(core) = (0..CpuSet::MAX_CPU).filter(|core| ALLOWED.is_set(*core)).nth(which) else {
            return println!("one core only: client and server share it");
        };
        let mut set = CpuSet::new();
        set.set(core);
        sched_setaffinity(None, &set).expect("the core is one of those allowed");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = which;
}

fn timed(act: impl FnOnce()) -> f64 {
    let start = Instant::now();
    act();
    start.elapsed().as_secs_f64()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// A server that accepts everything and keeps its connections.
struct KeepAlive {
    url: String,
    connections: Arc<AtomicUsize>,
}

impl KeepAlive {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        thread::spawn(move || {
            pin(1);
            serve(&listener, &counter);
        });
        Self { url, connections }
    }

    fn url(&self) -> &str {
        &self.url
    }

    fn client(&self) -> Client {
        Client::with_config(Config::new().app_token("AT_test").base_url(self.url())).expect("a loopback URL")
    }
}

/// Serves all connections from one thread, so that whoever is measured waits for the same one on the same core.
fn serve(listener: &TcpListener, connections: &AtomicUsize) {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{ANSWER}", ANSWER.len());
    let mut streams: Vec<BufReader<TcpStream>> = Vec::new();
    loop {
        let mut waiting = vec![PollFd::new(listener, PollFlags::IN)];
        waiting.extend(streams.iter().map(|stream| PollFd::new(stream.get_ref(), PollFlags::IN)));
        poll(&mut waiting, None).expect("poll");
        let ready: Vec<bool> = waiting.iter().map(|waiting| !waiting.revents().is_empty()).collect();
        drop(waiting);
        let mut is_ready = ready[1..].iter();
        streams.retain_mut(|stream| {
            !is_ready.next().expect("one for each")
                || (read_message(stream).is_some() && stream.get_mut().write_all(answer.as_bytes()).is_ok())
        });
        if ready[0] {
            let (stream, _) = listener.accept().expect("a connection");
            stream.set_nodelay(true).expect("a socket");
            connections.fetch_add(1, Ordering::SeqCst);
            streams.push(BufReader::new(stream));
        }
    }
}

/// Reads a request or an answer, and returns its body.
fn read_message(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        if line == "\r\n" {
            let mut body = vec![0; length];
            reader.read_exact(&mut body).ok()?;
            return Some(body);
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
}

/// What remains when there is no HTTP library at all.
struct Raw(BufReader<TcpStream>);

impl Raw {
    fn connect(server: &KeepAlive) -> Self {
        let stream = TcpStream::connect(server.url.trim_start_matches("http://")).expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        Self(BufReader::new(stream))
    }

    fn send(&mut self, content: &str, uid: &str) {
        let body = Body { app_token: "AT_test", content, content_type: 1, uids: [uid] };
        let body = serde_json::to_string(&body).expect("plain JSON");
        let request = format!(
            "POST /api/send/message HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
             Accept: application/json\r\nUser-Agent: raw\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.get_mut().write_all(request.as_bytes()).expect("the server reads");
        let answer = read_message(&mut self.0).expect("the server answers");
        let answer: Answer = serde_json::from_slice(&answer).expect("JSON");
        assert_eq!((answer.code, answer.data[0].code), (1000, 1000));
        assert!(answer.data[0].status.is_some() && answer.data[0].uid.as_deref() == Some(uid));
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    app_token: &'a str,
    content: &'a str,
    content_type: i32,
    uids: [&'a str; 1],
}

#[derive(Deserialize)]
struct Answer {
    code: i64,
    data: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    uid: Option<String>,
    code: i64,
    status: Option<String>,
}

fn merge(bars: &Value) {
    let target = env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target")), PathBuf::from);
    let path = target.join("bench.json");
    let mut all: Value = fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or(json!({}));
    for (name, bar) in bars.as_object().expect("bars are an object") {
        all[name] = bar.clone();
    }
    fs::create_dir_all(&target).expect("the target directory can be made");
    fs::write(&path, format!("{all:#}\n")).expect("the target directory is writable");
}
