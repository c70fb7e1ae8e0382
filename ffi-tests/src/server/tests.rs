use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use serde_json::json;

use super::ScriptedServer;
use crate::case::{Exchange, Listening};

const REQUEST: &[u8] = b"GET /a?b=%20c HTTP/1.1\r\nhost: x\r\n\r\n";

fn exchange(expect: serde_json::Value, reply: serde_json::Value) -> Exchange {
    serde_json::from_value(json!({"expect": expect, "reply": reply})).unwrap()
}

fn plain(reply: serde_json::Value) -> Exchange {
    exchange(json!({"method": "GET", "path": "/a", "query": [["b", " c"]]}), reply)
}

fn connect(server: &ScriptedServer) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream
}

/// Sends one request and reads until the server closes.
fn ask(server: &ScriptedServer, request: &[u8]) -> (Vec<u8>, std::io::Result<usize>) {
    let mut stream = connect(server);
    stream.write_all(request).unwrap();
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer);
    (answer, end)
}

#[test]
fn an_answer_goes_out_as_scripted_and_leaves_nothing_to_complain_about() {
    let server = ScriptedServer::start(Listening::Always).unwrap();
    server.begin_step(&[plain(json!({"raw": "hello", "headers": {"X-Port": "$PORT"}, "close": "after_body"}))]);
    let (answer, _) = ask(&server, REQUEST);
    let expected = format!("HTTP/1.1 200 Scripted\r\nx-port: {}\r\ncontent-length: 5\r\n\r\nhello", server.port());
    assert_eq!(String::from_utf8(answer).unwrap(), expected);
    assert_eq!(server.end_step(), [""; 0]);
    assert_eq!(server.connections(), 1);
}

#[test]
fn half_a_body_is_half_a_body() {
    let server = ScriptedServer::start(Listening::Always).unwrap();
    server.begin_step(&[plain(json!({"raw": "12345678", "close": "mid_body"}))]);
    let (answer, end) = ask(&server, REQUEST);
    assert!(answer.ends_with(b"content-length: 8\r\n\r\n1234") && end.is_ok());
}

#[test]
fn a_reset_is_a_reset() {
    let server = ScriptedServer::start(Listening::Always).unwrap();
    server.begin_step(&[plain(json!({"close": "before_headers", "reset": true}))]);
    let (answer, end) = ask(&server, REQUEST);
    assert!(answer.is_empty());
    assert_eq!(end.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
}

#[test]
fn a_server_that_hangs_lets_the_step_end_and_the_case_too() {
    let server = ScriptedServer::start(Listening::Always).unwrap();
    server.begin_step(&[plain(json!({"hang": "before_headers"}))]);
    let mut stream = connect(&server);
    stream.write_all(REQUEST).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap(), 0);
    assert_eq!(server.end_step(), [""; 0]);
}

#[test]
fn every_difference_is_named() {
    let server = ScriptedServer::start(Listening::Always).unwrap();
    let expect = json!({"method": "POST", "path": "/b", "headers": {"x": "1"}, "json": {"c": 1}});
    server.begin_step(&[exchange(expect, json!({"close": "after_body"}))]);
    let (answer, _) = ask(
        &server,
        b"GET /a?b=c HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n{\"c\":2}",
    );
    assert!(answer.starts_with(b"HTTP/1.1 200"), "a wrong request is answered all the same");
    let problems = server.end_step();
    assert_eq!(
        problems,
        [
            "request 1: method: expected POST, got GET",
            "request 1: path: expected /b, got /a",
            "request 1: query: expected none, got b=c",
            "request 1: header x: expected one, got []",
            "request 1: json.c: expected 1, got 2",
        ]
    );
}

#[test]
fn one_request_too_many_and_one_too_few_are_both_noted() {
    let server = ScriptedServer::start(Listening::Always).unwrap();
    server.begin_step(&[]);
    let mut stream = connect(&server);
    stream.write_all(REQUEST).unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 418");
    assert_eq!(server.end_step(), ["request 1 is one too many: GET /a?b=%20c"]);

    server.begin_step(&[plain(json!({})), plain(json!({}))]);
    assert_eq!(
        server.end_step(),
        [
            "request 1 never came: GET /a (the server was asked 0 times)",
            "request 2 never came: GET /a (the server was asked 0 times)"
        ]
    );
}

#[test]
fn a_refusing_port_refuses_and_one_that_refuses_for_a_while_stops_refusing() {
    let refusing = ScriptedServer::start(Listening::Refusing).unwrap();
    let refused = |server: &ScriptedServer| TcpStream::connect(("127.0.0.1", server.port())).is_err();
    assert!(refused(&refusing));

    let for_a_while = ScriptedServer::start(Listening::RefusingForMs(20)).unwrap();
    assert!(refused(&for_a_while), "the time counts from the first call");
    for_a_while.begin_step(&[]);
    let start = std::time::Instant::now();
    while refused(&for_a_while) {
        assert!(start.elapsed() < Duration::from_secs(5));
    }
    assert!(start.elapsed() >= Duration::from_millis(20));
}

#[test]
fn a_full_port_neither_accepts_nor_refuses() {
    let server = ScriptedServer::start(Listening::Full).unwrap();
    let address = ([127, 0, 0, 1], server.port()).into();
    let error = TcpStream::connect_timeout(&address, Duration::from_millis(50)).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
}

#[test]
fn half_a_request_is_noted() {
    let server = ScriptedServer::start(Listening::Always).unwrap();
    server.begin_step(&[]);
    let mut stream = connect(&server);
    stream.write_all(b"POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    // The server closes once it has read, and noted, what there is.
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    let problems = server.end_step();
    assert!(problems[0].starts_with("half a request body"), "{problems:?}");
}
