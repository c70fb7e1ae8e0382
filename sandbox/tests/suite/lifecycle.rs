//! Start, stop, and leaks.

use std::net::{Ipv4Addr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use wxpusher_sandbox::{Fault, FaultKind, Sandbox};

use crate::client::{Client, PATIENCE, ask};

#[test]
fn listens_on_loopback_only() {
    let sandbox = Sandbox::start().unwrap();
    assert!(sandbox.address().ip().is_loopback());
    assert_eq!(sandbox.url(), format!("http://{}", sandbox.address()));
    assert!(format!("{sandbox:?}").contains(sandbox.url()));
}

#[test]
fn url_is_reachable_when_listening_on_all_addresses() {
    let sandbox = Sandbox::builder().listen((Ipv4Addr::UNSPECIFIED, 0).into()).start().unwrap();
    assert_eq!(sandbox.url(), format!("http://127.0.0.1:{}", sandbox.address().port()));
    assert_eq!(Client::new(&sandbox).text("/sandbox").0, 200);
}

#[test]
fn start_fails_if_the_port_is_in_use() {
    let first = Sandbox::start().unwrap();
    let error = Sandbox::builder().listen(first.address()).start().unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
}

#[test]
fn drop_closes_the_port_and_does_not_wait_for_hanging_calls() {
    let sandbox = Sandbox::start().unwrap();
    let address = sandbox.address();
    sandbox.inject(Fault::new(FaultKind::Hang)).unwrap();
    sandbox.inject(Fault::new(FaultKind::delay(Duration::from_secs(3600)))).unwrap();
    let hanging: Vec<TcpStream> =
        (0..2).map(|_| ask(&sandbox, "GET", "/api/send/message/SPT_testalice/hello")).collect();
    assert!(sandbox.wait_for_calls(2, PATIENCE));
    let start = Instant::now();
    drop(sandbox);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(TcpStream::connect(address).is_err());
    drop(hanging);
}

#[test]
fn port_is_free_after_stop() {
    let sandbox = Sandbox::start().unwrap();
    let address = sandbox.address();
    assert_eq!(Client::new(&sandbox).text("/sandbox").0, 200);
    drop(sandbox);
    let again = Sandbox::builder().listen(address).start().unwrap();
    assert_eq!(Client::new(&again).text("/sandbox").0, 200);
}

#[test]
fn handle_works_in_many_threads_and_inside_another_runtime() {
    let sandbox = Arc::new(Sandbox::start().unwrap());
    sandbox.set_rate_limit(false);
    let threads: Vec<_> = (0..8)
        .map(|number| {
            let sandbox = Arc::clone(&sandbox);
            std::thread::spawn(move || {
                let client = Client::new(&sandbox);
                for _ in 0..20 {
                    client.get("/api/send/message/?appToken=AT_testdemo&uid=UID_testalice&content=x");
                }
                sandbox.command("UID_testalice", &format!("#97 {number}")).unwrap();
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(sandbox.inbox("UID_testalice").unwrap().len(), 160);
    assert_eq!(sandbox.callbacks().len(), 8);

    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        sandbox.command("UID_testalice", "#97 from within").unwrap();
        let other = Sandbox::start().unwrap();
        drop(other);
    });
    assert_eq!(sandbox.callbacks().len(), 9);
}

/// Runs in a new process, because threads and open files belong to the whole process.
#[cfg(target_os = "linux")]
#[test]
fn start_and_stop_leak_no_threads_and_no_files() {
    const ALONE: &str = "WXPUSHER_SANDBOX_TEST_ALONE";
    const NAME: &str = "lifecycle::start_and_stop_leak_no_threads_and_no_files";
    if std::env::var_os(ALONE).is_none() {
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", NAME, "--test-threads=1", "--nocapture"])
            .env(ALONE, "1")
            .status()
            .unwrap();
        assert!(status.success());
        return;
    }
    let count = |what: &str| std::fs::read_dir(format!("/proc/self/{what}")).unwrap().count();
    let once = || {
        let sandbox = Sandbox::start().unwrap();
        assert_eq!(Client::new(&sandbox).text("/sandbox").0, 200);
        count("task")
    };
    once();
    let before = (count("task"), count("fd"));
    for _ in 0..20 {
        assert!(once() > before.0, "it has its own thread");
    }
    // The kernel may remove a thread a moment after `join`.
    let deadline = Instant::now() + PATIENCE;
    while (count("task"), count("fd")) != before && Instant::now() < deadline {
        std::thread::yield_now();
    }
    assert_eq!((count("task"), count("fd")), before);
}
