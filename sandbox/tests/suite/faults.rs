//! Faults, as a client sees them on the socket.

use std::io::{ErrorKind, Read};
use std::time::{Duration, Instant};

use serde_json::json;
use wxpusher_sandbox::{CannedResponse, Error, Fault, FaultKind, Route, Sandbox};

use crate::client::{Client, PATIENCE, TOKEN, ask, read_to_end};

const SEND: &str = "/api/send/message/?appToken=AT_testdemo&content=hello&uid=UID_testalice";

fn with(fault: Fault) -> Sandbox {
    let sandbox = Sandbox::start().unwrap();
    sandbox.inject(fault).unwrap();
    sandbox
}

fn arrived(sandbox: &Sandbox) -> usize {
    sandbox.inbox("UID_testalice").unwrap().len()
}

#[test]
fn fault_hits_its_route_the_given_number_of_times() {
    let sandbox = with(Fault::new(FaultKind::Status(502)).on(Route::SendByGet).times(2));
    let client = Client::new(&sandbox);
    let list = format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=1&pageSize=1");
    assert_eq!(client.text(SEND).0, 502);
    assert_eq!(client.get(&list)["code"], 1000);
    assert_eq!(sandbox.faults(), [Fault::new(FaultKind::Status(502)).on(Route::SendByGet)]);
    let (status, page) = client.text(SEND);
    assert_eq!((status, page.as_str()), (502, "<html><body><h1>502 Bad Gateway</h1></body></html>\n"));
    assert_eq!(arrived(&sandbox), 0);
    assert_eq!(client.get(SEND)["code"], 1000);
    assert!(sandbox.faults().is_empty());
    let answers: Vec<_> = sandbox.calls().iter().map(|call| (call.status, call.code)).collect();
    assert_eq!(answers, [(Some(502), None), (Some(200), Some(1000)), (Some(502), None), (Some(200), Some(1000))]);
}

#[test]
fn faults_apply_in_order_and_can_be_cleared() {
    let sandbox = with(Fault::new(FaultKind::Status(500)));
    sandbox.inject(Fault::new(FaultKind::Status(429)).on(Route::SendByGet)).unwrap();
    sandbox.inject(Fault::new(FaultKind::Hang).times(9)).unwrap();
    let client = Client::new(&sandbox);
    assert_eq!((client.text(SEND).0, client.text(SEND).0), (500, 429));
    sandbox.clear_faults();
    assert_eq!(client.text(SEND).0, 200);
}

#[test]
fn carried_out_call_takes_effect_and_fails() {
    for kind in [FaultKind::Close, FaultKind::Reset, FaultKind::Status(500), FaultKind::body("oops")] {
        let sandbox = with(Fault::new(kind.clone()));
        read_to_end_of_one(&sandbox);
        assert_eq!(arrived(&sandbox), 0, "{kind:?}");
        sandbox.inject(Fault::new(kind.clone()).carried_out()).unwrap();
        read_to_end_of_one(&sandbox);
        assert_eq!(arrived(&sandbox), 1, "{kind:?}");
    }
}

/// One call on a new connection, read to its end.
fn read_to_end_of_one(sandbox: &Sandbox) -> String {
    read_to_end(&mut ask(sandbox, "GET", SEND)).0
}

#[test]
fn close_fault_ends_the_connection_with_fin() {
    let sandbox = with(Fault::new(FaultKind::Close));
    let (text, end) = read_to_end(&mut ask(&sandbox, "GET", SEND));
    assert_eq!(text, "");
    end.expect("FIN, not RST");
    assert_eq!(sandbox.calls()[0].status, None);
}

#[test]
fn reset_fault_ends_the_connection_with_rst() {
    let sandbox = with(Fault::new(FaultKind::Reset));
    let (text, end) = read_to_end(&mut ask(&sandbox, "GET", SEND));
    assert_eq!(text, "");
    assert_eq!(end.expect_err("RST").kind(), ErrorKind::ConnectionReset);
}

#[test]
fn half_body_fault_keeps_the_full_content_length() {
    let sandbox = with(Fault::new(FaultKind::HalfBody));
    let (text, end) = read_to_end(&mut ask(&sandbox, "GET", SEND));
    end.expect("FIN, not RST");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let announced: usize =
        head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length").parse().unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK"));
    assert!(!body.is_empty());
    assert!(announced / 2 == body.len() || announced / 2 == body.len() + 2, "{} of {announced}", body.len());
    assert_eq!(arrived(&sandbox), 1);
}

#[test]
fn slow_drip_fault_sends_the_whole_body_in_pieces() {
    let sandbox = with(Fault::new(FaultKind::SlowDrip { bytes: 8, ms: 2 }));
    let client = Client::new(&sandbox);
    let start = Instant::now();
    let answer = client.get(SEND);
    let pieces = answer.to_string().len() / 8;
    assert_eq!(answer["data"][0]["code"], 1000);
    assert!(start.elapsed() >= Duration::from_millis(2) * u32::try_from(pieces).unwrap());
    assert_eq!(client.get(SEND)["code"], 1000, "the connection is still good");
}

#[test]
fn delay_fault_waits_at_least_the_given_time() {
    let sandbox = with(Fault::new(FaultKind::delay(Duration::from_millis(150))));
    let start = Instant::now();
    assert_eq!(Client::new(&sandbox).get(SEND)["code"], 1000);
    assert!(start.elapsed() >= Duration::from_millis(150));
}

#[test]
fn hanging_call_does_not_block_others_and_ends_with_the_sandbox() {
    let sandbox = with(Fault::new(FaultKind::Hang).on(Route::SendByGet));
    let mut hanging = ask(&sandbox, "GET", SEND);
    assert!(sandbox.wait_for_calls(1, PATIENCE));
    assert_eq!(Client::new(&sandbox).get(SEND)["code"], 1000);
    hanging.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let waiting = hanging.read(&mut [0; 1]).expect_err("no answer").kind();
    assert!(matches!(waiting, ErrorKind::WouldBlock | ErrorKind::TimedOut), "{waiting:?}");
    drop(sandbox);
    hanging.set_read_timeout(Some(PATIENCE)).unwrap();
    let (text, _end) = read_to_end(&mut hanging);
    assert_eq!(text, "");
}

#[test]
fn wait_for_calls_times_out() {
    let sandbox = Sandbox::start().unwrap();
    assert!(!sandbox.wait_for_calls(1, Duration::from_millis(10)));
}

#[test]
fn canned_response_can_be_anything() {
    let answer = CannedResponse {
        status: 429,
        headers: [("Retry-After", "7"), ("content-type", "text/plain")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        body: "not { json".to_owned(),
    };
    let sandbox = with(Fault::new(FaultKind::Response(answer)));
    let text = read_to_end_of_one(&sandbox).to_ascii_lowercase();
    assert!(text.starts_with("http/1.1 429 "), "{text}");
    assert!(text.contains("retry-after: 7\r\n") && text.contains("content-type: text/plain\r\n"), "{text}");
    assert!(text.ends_with("\r\n\r\nnot { json"), "{text}");

    sandbox.inject(Fault::new(FaultKind::body(""))).unwrap();
    assert_eq!(Client::new(&sandbox).text(SEND), (200, String::new()));
}

#[test]
fn code_fault_uses_the_envelope() {
    let sandbox = with(Fault::new(FaultKind::Code { code: 1006, msg: "微信接口异常".to_owned() }));
    let expected = json!({"code": 1006, "msg": "微信接口异常", "data": null, "success": false});
    assert_eq!(Client::new(&sandbox).get(SEND), expected);
    assert_eq!(sandbox.calls()[0].code, Some(1006));
}

#[test]
fn rejects_invalid_faults() {
    let sandbox = Sandbox::start().unwrap();
    let bad_header =
        CannedResponse { headers: [("a\r\nb".to_owned(), "c".to_owned())].into(), ..CannedResponse::default() };
    for (fault, field) in [
        (Fault::new(FaultKind::Hang).times(0), "times"),
        (Fault::new(FaultKind::Status(99)), "status"),
        (Fault::new(FaultKind::Status(100)), "status"),
        (Fault::new(FaultKind::SlowDrip { bytes: 0, ms: 1 }), "slowDrip.bytes"),
        (Fault::new(FaultKind::Response(bad_header)), "answer.headers"),
    ] {
        match sandbox.inject(fault).unwrap_err() {
            Error::Invalid { field: found, .. } => assert_eq!(found, field),
            other => panic!("{other:?}"),
        }
    }
    assert!(sandbox.faults().is_empty());
}
