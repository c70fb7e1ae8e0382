//! Connections that cannot be opened.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use wxpusher::{Client, Clock, Config, ManualClock, RetryPolicy, Sent};

use super::server::{ACCEPTED, Server, TOKEN, hello, ok};

#[test]
fn retries_a_refused_connection_and_sends_once() {
    super::log_watch::watch();
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
fn names_the_address_of_a_closed_port() {
    let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = Config::new().app_token(TOKEN).base_url(format!("http://{addr}")).retry(RetryPolicy::NEVER);
    let error = Client::with_config(config).unwrap().send(&hello()).unwrap_err();
    assert_eq!((error.name(), error.sent()), ("connect", Sent::No));
    assert!(error.to_string().starts_with(&format!("cannot connect: {addr}: Connection refused")), "{error}");
    assert!(error.to_string().ends_with("(nothing was sent)"), "{error}");
}

#[test]
fn names_the_host_that_is_not_found() {
    let config = Config::new().app_token(TOKEN).base_url("https://no-such-host.invalid").retry(RetryPolicy::NEVER);
    let error = Client::with_config(config.no_proxy()).unwrap().send(&hello()).unwrap_err();
    assert_eq!((error.name(), error.sent()), ("connect", Sent::No), "{error}");
    assert!(error.to_string().contains("host no-such-host.invalid not found"), "{error}");
}

/// A clock that runs a function at every wait.
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
