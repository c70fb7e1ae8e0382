//! `cancel()` from another thread, in each place where a call waits.
//!
//! The bound is generous for a busy machine; the promise of 200 ms is two slices of 100 ms.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use wxpusher::{Client, Config, Error, Limits, Message, Sent};

use super::server::{ACCEPTED, Do, Server, TOKEN, hello, http, ok};

const SOON: Duration = Duration::from_secs(2);

/// Cancels as soon as the call waits, and returns its error.
fn cancelled_in(config: Config, call: impl FnOnce(&Client) -> Error) -> Error {
    cancelled_after(|| true, config, call)
}

/// The same for a wait that begins only when something has happened.
///
/// The hook is called in every wait, so its third call proves that the client call waits, and has for at least one slice.
fn cancelled_after(begun: impl Fn() -> bool + Sync, config: Config, call: impl FnOnce(&Client) -> Error) -> Error {
    super::log_watch::watch();
    let polls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&polls);
    let config = config.timeout(Duration::from_secs(60)).connect_timeout(Duration::from_secs(60)).on_wait(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        false
    });
    let client = Client::with_config(config).unwrap();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let cancelling = scope.spawn(|| {
            let wait_until = |reached: &dyn Fn() -> bool| {
                while !reached() && !over.load(Ordering::SeqCst) {
                    thread::yield_now();
                }
            };
            wait_until(&begun);
            let before = polls.load(Ordering::SeqCst);
            wait_until(&|| polls.load(Ordering::SeqCst) >= before + 3);
            client.cancel();
            Instant::now()
        });
        let error = call(&client);
        let returned = Instant::now();
        over.store(true, Ordering::SeqCst);
        let took = returned.saturating_duration_since(cancelling.join().unwrap());
        assert!(took < SOON, "it took {took:?}");
        assert_eq!((error.name(), error.number()), ("cancelled", 12), "{error}");
        let after = client.send(&hello()).unwrap_err();
        assert_eq!((after.name(), after.sent()), ("cancelled", Sent::No), "and so is every later call");
        error
    })
}

fn at(addr: SocketAddr) -> Config {
    Config::new().app_token(TOKEN).base_url(format!("http://{addr}"))
}

#[test]
fn while_reading() {
    let server = Server::start(|_, _| Do::Hang);
    let error = cancelled_in(server.config(), |client| client.send(&hello()).unwrap_err());
    assert_eq!(error.sent(), Sent::Maybe);
    assert_eq!(error.to_string(), "cancelled (the request may have reached WxPusher)");
}

#[test]
fn while_reading_a_body() {
    let server = Server::start(|_, _| {
        let mut half = http("200 OK", "", ACCEPTED);
        half.truncate(half.len() - 1);
        Do::Write(half)
    });
    let error = cancelled_in(server.config(), |client| client.send(&hello()).unwrap_err());
    assert_eq!(error.sent(), Sent::Yes);
}

#[test]
fn while_sending() {
    // Accepted by the system, never read.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let limits = Limits { content_chars: usize::MAX, content_bytes: usize::MAX, ..Limits::default() };
    let message = Message::text("x".repeat(32 * 1024 * 1024)).uid("UID_a");
    let config = at(listener.local_addr().unwrap()).limits(limits);
    let error = cancelled_in(config, |client| client.send(&message).unwrap_err());
    assert_eq!(error.sent(), Sent::Maybe);
}

#[test]
fn while_connecting() {
    let (addr, _full) = full_listener();
    let error = cancelled_in(at(addr), |client| client.send(&hello()).unwrap_err());
    assert_eq!(error.sent(), Sent::No);
}

#[test]
fn while_shaking_hands() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let config = Config::new().app_token(TOKEN).base_url(url);
    let error = cancelled_in(config, |client| client.send(&hello()).unwrap_err());
    assert_eq!(error.sent(), Sent::No);
}

#[test]
fn while_waiting_to_try_again() {
    let server = Server::start(|_, _| Do::Write(http("429 Too Many Requests", "Retry-After: 30\r\n", "")));
    let error = cancelled_in(server.config(), |client| client.delete_user(1).unwrap_err());
    assert_eq!((error.sent(), server.requests().len()), (Sent::Yes, 1));
}

#[test]
fn while_waiting_for_a_turn() {
    let server = Server::start(|_, _| ok(ACCEPTED));
    // A token of its own: turns are taken by the whole process.
    let config = server.config().app_token("AT_testPacedAndCancelled").rate_limit_sends(true);
    let error = cancelled_after(
        || server.requests().len() == 20,
        config,
        |client| (0..21).find_map(|_| client.send(&hello()).err()).expect("the 21st has to wait for ten seconds"),
    );
    assert_eq!((error.sent(), server.requests().len()), (Sent::No, 20));
}

#[test]
fn while_waiting_for_a_scan() {
    let server = Server::answering(r#"{"code":1001,"msg":"暂无用户扫描二维码"}"#);
    cancelled_in(server.config(), |client| client.wait_for_scan("c", Duration::from_secs(60)).unwrap_err());
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn by_the_hook() {
    let server = Server::start(|_, _| Do::Hang);
    let config = server.config().on_wait({
        let polls = AtomicUsize::new(0);
        move || polls.fetch_add(1, Ordering::SeqCst) == 1
    });
    let client = Client::with_config(config).unwrap();
    assert_eq!(client.send(&hello()).unwrap_err().name(), "cancelled");
    assert!(!client.is_cancelled(), "the hook ends one call, not the client");
}

#[test]
fn a_scoped_client_is_cancelled_by_itself() {
    let server = Server::start(|request, _| if request.body.contains("UID_slow") { Do::Hang } else { ok(ACCEPTED) });
    let client = server.client();
    let scoped = client.scoped();
    let waiting = thread::spawn({
        let scoped = scoped.clone();
        move || scoped.send(&Message::text("x").uid("UID_slow")).unwrap_err()
    });
    server.wait_for_requests(1);
    scoped.cancel();
    assert_eq!(waiting.join().unwrap().name(), "cancelled");
    client.send(&hello()).unwrap().ensure_all().unwrap();
    client.cancel();
    assert!(client.scoped().is_cancelled());
}

#[test]
fn a_connect_timeout_says_that_nothing_was_sent() {
    let (addr, _full) = full_listener();
    let config = at(addr).connect_timeout(Duration::from_millis(150)).retry(wxpusher::RetryPolicy::NEVER);
    let error = Client::with_config(config).unwrap().send(&hello()).unwrap_err();
    assert_eq!(error.to_string(), "timed out while connecting (nothing was sent)");
    assert_eq!(error.sent(), Sent::No);
}

/// A listener whose queue is full, so that further connections hang. The streams keep it so.
fn full_listener() -> (SocketAddr, (socket2::Socket, Vec<TcpStream>)) {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    socket.listen(0).unwrap();
    let addr = socket.local_addr().unwrap().as_socket().unwrap();
    let mut streams = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&addr, Duration::from_millis(300)) {
        streams.push(stream);
    }
    (addr, (socket, streams))
}
