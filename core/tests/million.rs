//! A broadcast to a million users of a sandbox: 500 calls within the service's rate limit, each user exactly once, constant memory.
//!
//! The client works in a process of its own, so that its memory is not that of the sandbox with its million inboxes.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs};

use wxpusher::{Client, Clock, Config, ManualClock, Message};
use wxpusher_sandbox::{App, Sandbox, Seed};

const USERS: usize = 1_000_000;
const CALLS: u64 = 500;
/// The environment variable with the address of the sandbox, for the second process.
const URL: &str = "WXPUSHER_TEST_MILLION_URL";

fn main() {
    match env::var(URL) {
        Ok(url) => broadcast(&url),
        Err(_) => host(),
    }
}

fn uid(number: usize) -> String {
    format!("UID_test{number:028}")
}

/// The sandbox, and what has arrived there in the end.
fn host() {
    // Its clock does not move unless the client moves it, and its limit of 20 sends in 10 s holds by that clock: a broadcast
    // that goes too fast is refused.
    let seed = Seed { apps: vec![App::new(97, "AT_testdemo", "百万")], ..Seed::default() };
    let sandbox = Sandbox::builder().seed(seed).frozen_at(1_700_000_000_000).start().expect("a free port");
    sandbox.seed_followers(97, (0..USERS).map(uid)).expect("these are uids");

    let program = env::current_exe().expect("this program has a path");
    let status = Command::new(program).env(URL, sandbox.url()).status().expect("it starts once more");
    assert!(status.success(), "the broadcast failed");

    let sends = sandbox.calls().iter().filter(|call| call.path == "/api/send/message").count() as u64;
    assert_eq!(sends, CALLS);
    for number in 0..USERS {
        let inbox = sandbox.inbox(&uid(number)).expect("a user");
        assert_eq!(inbox.len(), 1, "messages of {}", uid(number));
    }
    println!("1 passed, 0 failed");
}

fn broadcast(url: &str) {
    let clock = Arc::new(BothClocks { here: ManualClock::default(), there: format!("{url}/sandbox/clock") });
    let config = Config::new().app_token("AT_testdemo").base_url(url).clock(clock).timeout(Duration::from_secs(600));
    let client = Client::with_config(config).expect("these settings are good");
    let (mut early, mut most) = (0, 0);
    let mut calls = 0;
    for batch in client.broadcast(Message::text("百万"), (0..USERS).map(uid)).expect("this message is good") {
        assert!(batch.result.expect("the batch is accepted").all_ok());
        calls = batch.number;
        if calls == 20 {
            early = allocated_kib();
        }
        most = most.max(allocated_kib());
    }
    assert_eq!(calls, CALLS);
    let grown = most - early;
    println!("1 000 000 uids in {calls} calls; after the 20th the client grew by at most {grown} KiB");
    // The uids alone would be 60 MiB; their hashes are less than 20, in a table that may hold its old half while it grows.
    assert!(grown < 32 * 1024, "{grown} KiB");
}

/// Memory taken from the system, where the system reports it. The resident size would depend on what else the machine needs.
fn allocated_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmData:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

/// Time passes here and in the sandbox alike, and only while the client waits.
#[derive(Debug)]
struct BothClocks {
    here: ManualClock,
    there: String,
}

impl Clock for BothClocks {
    fn elapsed(&self) -> Duration {
        self.here.elapsed()
    }

    fn unix_ms(&self) -> i64 {
        self.here.unix_ms()
    }

    fn sleep(&self, duration: Duration) {
        self.here.sleep(duration);
        let body = format!(r#"{{"ms":{}}}"#, duration.as_millis());
        ureq::post(&self.there).send(&body).expect("the sandbox moves its clock");
    }
}
