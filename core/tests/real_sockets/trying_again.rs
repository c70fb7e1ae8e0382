//! What is tried again, when, and what never is.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use wxpusher::{Client, Clock, Config, ErrorKind, ManualClock, RetryPolicy, Sent};

use super::server::{ACCEPTED, DONE, Do, Server, TOKEN, hello, http, ok, status};

fn patient(server: &Server) -> (Client, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::default());
    let config = server.config().clock(clock.clone());
    (Client::with_config(config).unwrap(), clock)
}

#[test]
fn a_read_is_tried_until_it_works() {
    let server = Server::start(|_, number| match number {
        0 => status("503 Service Unavailable"),
        1 => Do::WriteAndReset(vec![]),
        _ => ok(DONE),
    });
    let (client, _) = patient(&server);
    client.delete_user(1).unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn the_budget_is_spent_and_no_more() {
    let server = Server::start(|_, _| status("500 Internal Server Error"));
    let (client, _) = patient(&server);
    assert_eq!(client.query_status(1).unwrap_err().kind(), &ErrorKind::HttpStatus { status: 500 });
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn the_server_may_say_when() {
    let server = Server::start(|_, number| match number {
        0 => Do::Write(http("429 Too Many Requests", "Retry-After: 7\r\n", "")),
        _ => ok(DONE),
    });
    let (client, clock) = patient(&server);
    client.delete_user(1).unwrap();
    assert_eq!(clock.elapsed(), Duration::from_secs(7));
}

#[test]
fn a_wait_beyond_the_total_timeout_is_not_begun() {
    let server = Server::start(|_, _| Do::Write(http("429 Too Many Requests", "Retry-After: 20\r\n", "")));
    let (client, clock) = patient(&server);
    assert_eq!(client.delete_user(1).unwrap_err().kind(), &ErrorKind::HttpStatus { status: 429 });
    assert_eq!((server.requests().len(), clock.elapsed()), (1, Duration::ZERO));
}

#[test]
fn what_will_not_change_is_not_tried_again() {
    for act in [|| status("404 Not Found"), || ok(r#"{"code":1001,"msg":"x"}"#), || ok("<html>")] {
        let server = Server::start(move |_, _| act());
        let (client, _) = patient(&server);
        client.delete_user(1).unwrap_err();
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn a_send_whose_connection_broke_after_the_body_went_out_is_not_repeated() {
    for act in [|| Do::WriteAndReset(vec![]), || Do::WriteAndClose(vec![]), || status("500 Internal Server Error")] {
        let server = Server::start(move |_, _| act());
        let (client, _) = patient(&server);
        let error = client.send(&hello()).unwrap_err();
        assert_ne!(error.sent(), Sent::No);
        assert_eq!(server.requests().len(), 1, "{error}");
        assert_eq!(client.create_qrcode("e", None).map(drop).unwrap_err().sent(), error.sent());
        assert_eq!(client.query_scan_uid("c").map(drop).unwrap_err().sent(), error.sent());
        assert_eq!(server.requests().len(), 3, "neither are the others that may do harm");
    }
}

#[test]
fn what_an_earlier_try_did_is_not_forgotten() {
    let server = Server::start(|_, _| status("500 Internal Server Error"));
    let url = server.url();
    // Goes away before the second try.
    let server = Arc::new(Mutex::new(Some(server)));
    let config = Config::new().app_token(TOKEN).base_url(url).clock(Arc::new(OnSleep::new(move || {
        server.lock().unwrap().take();
    })));
    let error = Client::with_config(config).unwrap().delete_user(1).unwrap_err();
    assert_eq!((error.name(), error.sent()), ("connect", Sent::Yes), "{error}");
}

#[test]
fn a_refused_connection_is_tried_again_and_the_message_arrives_once() {
    super::secrets::watch();
    let addr = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let server = Arc::new(Mutex::new(None));
    let starting = Arc::clone(&server);
    let config =
        Config::new().app_token(TOKEN).base_url(format!("http://{addr}")).clock(Arc::new(OnSleep::new(move || {
            let mut server = starting.lock().unwrap();
            server.get_or_insert_with(|| Server::on(TcpListener::bind(addr).unwrap(), |_, _| ok(ACCEPTED)));
        })));
    assert!(Client::with_config(config).unwrap().send(&hello()).unwrap().all_ok());
    assert_eq!(server.lock().unwrap().as_ref().unwrap().requests().len(), 1);
}

#[test]
fn a_port_that_stays_closed_is_a_connect_error_that_names_it() {
    let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = Config::new().app_token(TOKEN).base_url(format!("http://{addr}")).retry(RetryPolicy::NEVER);
    let error = Client::with_config(config).unwrap().send(&hello()).unwrap_err();
    assert_eq!((error.name(), error.sent()), ("connect", Sent::No));
    assert!(error.to_string().starts_with(&format!("cannot connect: {addr}: Connection refused")), "{error}");
    assert!(error.to_string().ends_with("(nothing was sent)"), "{error}");
}

#[test]
fn a_host_that_does_not_exist_is_a_connect_error_that_names_it() {
    let config = Config::new().app_token(TOKEN).base_url("https://no-such-host.invalid").retry(RetryPolicy::NEVER);
    let error = Client::with_config(config.no_proxy()).unwrap().send(&hello()).unwrap_err();
    assert_eq!((error.name(), error.sent()), ("connect", Sent::No), "{error}");
    assert!(error.to_string().contains("host no-such-host.invalid not found"), "{error}");
}

/// A clock that does something whenever somebody waits.
#[derive(Clone)]
struct OnSleep {
    time: Arc<ManualClock>,
    act: Arc<dyn Fn() + Send + Sync>,
}

impl OnSleep {
    fn new(act: impl Fn() + Send + Sync + 'static) -> Self {
        Self { time: Arc::default(), act: Arc::new(act) }
    }
}

impl std::fmt::Debug for OnSleep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OnSleep")
    }
}

impl Clock for OnSleep {
    fn elapsed(&self) -> Duration {
        self.time.elapsed()
    }

    fn unix_ms(&self) -> i64 {
        self.time.unix_ms()
    }

    fn sleep(&self, duration: Duration) {
        self.time.sleep(duration);
        (self.act)();
    }
}
