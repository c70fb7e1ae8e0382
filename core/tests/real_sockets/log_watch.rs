//! A logger that fails the test whose log record shows a token. It reads every record of this binary at the lowest level,
//! this library's and ureq's.
//!
//! The client logs each error that it returns, by `Display` and by `Debug`, so every error of every test is checked here.

use std::cell::Cell;
use std::sync::{Mutex, Once, PoisonError};

use log::{LevelFilter, Log, Metadata, Record};

pub(crate) const TOKEN: &str = "AT_testSecretOfTheApp";
pub(crate) const SPT: &str = "SPT_testSecretOfOne";

struct Watch;

/// The records that this library made about errors.
pub(crate) static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl Log for Watch {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let text = record.args().to_string();
        if record.target().starts_with("ureq_proto") {
            // At this level ureq dumps what it reads and writes, in rows of a few characters. What a server says of us is
            // beyond us; what we say of ourselves is not.
            assert!(SERVER_ECHOES.get() || !text.contains("Secret"), "a dump of ureq's shows a secret");
            return;
        }
        let query = if SERVER_ECHOES.get() { TOKEN } else { "appToken=" };
        for secret in [TOKEN, SPT, "p4ssw0rd", query] {
            assert!(!text.contains(secret), "a record of {} shows a secret", record.target());
        }
        if record.target().starts_with("wxpusher") {
            SEEN.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        }
    }

    fn flush(&self) {}
}

thread_local! {
    /// Whether the server of this test quotes the request.
    pub(crate) static SERVER_ECHOES: Cell<bool> = const { Cell::new(false) };
}

/// Called by everything that starts a server or a client here.
pub(crate) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Watch).expect("no other logger is set");
        log::set_max_level(LevelFilter::Trace);
    });
}
