//! Waiting for somebody to scan a QR code, by a clock that takes no time.

use std::sync::Arc;
use std::time::Duration;

use wxpusher::{Client, Clock, ManualClock, ScanCode};

use super::server::{Do, Server, ok, status};

const PENDING: &str = r#"{"code":1001,"msg":"暂无用户扫描二维码"}"#;
const SECOND: Duration = Duration::from_secs(1);

fn client(server: &Server) -> (Client, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at_unix_ms(1_700_000_000_000));
    (Client::with_config(server.config().clock(clock.clone())).unwrap(), clock)
}

#[test]
fn it_asks_every_ten_seconds_until_somebody_has() {
    let server = Server::start(|_, number| ok(if number < 3 { PENDING } else { r#"{"code":1000,"data":"UID_a"}"# }));
    let (client, clock) = client(&server);
    let found = client.wait_for_scan("c", SECOND * 300).unwrap();
    assert_eq!((found.as_deref(), clock.elapsed()), (Some("UID_a"), SECOND * 30));
}

#[test]
fn it_ends_at_the_deadline() {
    let server = Server::start(|_, _| ok(PENDING));
    let (client, clock) = client(&server);
    assert_eq!(client.wait_for_scan("c", SECOND * 65).unwrap(), None);
    assert_eq!((server.requests().len(), clock.elapsed()), (7, SECOND * 60), "0, 10, … 60");
}

#[test]
fn it_ends_when_the_code_expires() {
    let server = Server::start(|_, _| ok(PENDING));
    let (client, _) = client(&server);
    let code = ScanCode { code: "c".into(), expires: Some(1_700_000_025_000) };
    assert_eq!(client.wait_for_scan(code, SECOND * 300).unwrap(), None);
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_look_that_fails_in_passing_does_not_end_it() {
    let server = Server::start(|_, number| match number {
        0 => Do::WriteAndReset(vec![]),
        1 => status("503 Service Unavailable"),
        _ => ok(r#"{"code":1000,"data":"UID_a"}"#),
    });
    let (client, clock) = client(&server);
    assert_eq!(client.wait_for_scan("c", SECOND * 300).unwrap().as_deref(), Some("UID_a"));
    assert_eq!((server.requests().len(), clock.elapsed()), (3, SECOND * 20), "and is not repeated in between");
}

#[test]
fn the_last_look_may_fail_and_a_lasting_failure_ends_it() {
    let server = Server::start(|_, _| status("503 Service Unavailable"));
    assert_eq!(client(&server).0.wait_for_scan("c", SECOND * 15).unwrap_err().name(), "http_status");
    assert_eq!(server.requests().len(), 2);
    let server = Server::start(|_, _| ok(r#"{"code":1001,"msg":"二维码不存在"}"#));
    assert_eq!(client(&server).0.wait_for_scan("c", SECOND * 300).unwrap_err().name(), "api");
    assert_eq!(server.requests().len(), 1);
}
