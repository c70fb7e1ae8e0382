//! One message to very many.

use std::collections::HashSet;

use wxpusher::{ErrorKind, Message, Sent};

use super::server::{Do, Request, Server, ok, status};

/// Accepts whatever it is sent.
fn accept_all(request: &Request) -> Do {
    let mut body = String::from(r#"{"code":1000,"msg":"","data":["#);
    for uid in uids(request) {
        body.push_str(r#"{"sendRecordId":1,"code":1000,"uid":""#);
        body.push_str(uid);
        body.push_str("\"},");
    }
    body.pop();
    body.push_str("]}");
    ok(&body)
}

fn uids(request: &Request) -> impl Iterator<Item = &str> {
    request.body.split('"').filter(|part| part.starts_with("UID_"))
}

#[test]
fn batches_duplicates_and_progress() {
    let server = Server::start(|request, _| accept_all(request));
    let stream = (0..2_500).chain(0..2_500).chain(2_500..4_001).map(|n| format!("UID_{n}"));
    let batches: Vec<_> = server.client().broadcast(Message::text("x"), stream).unwrap().collect();
    let shape: Vec<_> =
        batches.iter().map(|b| (b.number, b.uids.len(), b.done, b.duplicates, b.result.is_ok())).collect();
    assert_eq!(shape, [(1, 2_000, 2_000, 0, true), (2, 2_000, 6_500, 2_500, true), (3, 1, 6_501, 0, true)]);
    let requests = server.requests();
    let arrived: HashSet<_> = requests.iter().flat_map(uids).collect();
    assert_eq!(arrived.len(), 4_001);
}

#[test]
fn a_failed_batch_says_so_and_the_next_goes_on() {
    let server = Server::start(|request, number| match number {
        1 => status("502 Bad Gateway"),
        _ => accept_all(request),
    });
    let stream = (0..6_000).map(|n| format!("UID_{n}"));
    let batches: Vec<_> = server.client().broadcast(Message::text("x"), stream).unwrap().collect();
    let oks: Vec<_> = batches.iter().map(|batch| batch.result.is_ok()).collect();
    assert_eq!(oks, [true, false, true]);
    assert_eq!(batches[1].result.as_ref().unwrap_err().kind(), &ErrorKind::HttpStatus { status: 502 });
    assert_eq!(batches[1].uids.first().map(String::as_str), Some("UID_2000"), "so they can be sent again");
}

#[test]
fn a_cancelled_broadcast_ends() {
    let server = Server::start(|request, _| accept_all(request));
    let client = server.client();
    let mut broadcast = client.broadcast(Message::text("x"), (0..10_000).map(|n| format!("UID_{n}"))).unwrap();
    assert!(broadcast.next().unwrap().result.unwrap().all_ok());
    client.cancel();
    let last = broadcast.next().unwrap();
    let error = last.result.unwrap_err();
    assert_eq!((error.name(), error.sent()), ("cancelled", Sent::No));
    assert!(broadcast.next().is_none());
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_message_with_targets_of_its_own_is_refused() {
    let server = Server::start(|request, _| accept_all(request));
    let client = server.client();
    let refused = |message: Message| client.broadcast(message, ["UID_a"]).map(drop).unwrap_err().to_string();
    assert!(refused(Message::text("x").uid("UID_b")).contains("`uids`"));
    assert!(refused(Message::text("x").topic(1)).contains("`topic_ids`"));
    assert!(refused(Message::text("")).contains("`content`"));
}
