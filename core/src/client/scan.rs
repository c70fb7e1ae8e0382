//! Parameterised QR codes: creating them and waiting for a scan (protocol §2.3).

use std::time::Duration;

use super::Client;
use crate::endpoint::qrcode::{CreateQrcode, QueryScanUid};
use crate::model::error::{Error, Result};
use crate::model::qrcode::Qrcode;
use crate::policy::rate_limit::ScanLimiter;

impl Client {
    /// Creates a QR code that carries `extra` (1 to 64 characters). It is valid for `valid_time` seconds: 1 to 2 592 000
    /// (30 days), 1 800 if `None` (protocol §2.3).
    ///
    /// # Errors
    /// `invalid_argument` if a limit is exceeded.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// let qrcode = client.create_qrcode("forum-user-7", Some(600))?;
    /// println!("scan {}", qrcode.url);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn create_qrcode(&self, extra: &str, valid_time: Option<u32>) -> Result<Qrcode> {
        self.call(&CreateQrcode { token: self.token()?, extra, valid_time })
    }

    /// Returns the UID of the user who scanned the code last, or `None` if the code has not been scanned (protocol §2.3).
    ///
    /// On any host but this machine, the call first waits until 10 s have passed since the last query for the same code in
    /// this process: WxPusher bans accounts that poll faster.
    ///
    /// # Errors
    /// `api` if the code is unknown or expired.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// let qrcode = client.create_qrcode("forum-user-7", None)?;
    /// assert_eq!(client.query_scan_uid(&qrcode)?, None);
    /// sandbox.scan(&qrcode.code, "UID_testbob")?;
    /// assert_eq!(client.query_scan_uid(&qrcode)?.as_deref(), Some("UID_testbob"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query_scan_uid(&self, code: impl AsRef<str>) -> Result<Option<String>> {
        let code = code.as_ref();
        if self.waits {
            self.sleep(self.reserve_scan(code))?;
        }
        // Not retried by the client, because polls must be 10 s apart; the caller's next call waits for that by itself.
        self.call(&QueryScanUid { code }).map_err(|error| error.idempotent(true))
    }

    /// Reserves the next query for this code and returns how long to wait before making it; zero on a loopback host.
    ///
    /// For asynchronous callers, which wait in their own way and then call `query_scan_uid` on a client
    /// [`without_waiting`](Self::without_waiting).
    pub fn reserve_scan(&self, code: &str) -> Duration {
        if self.shared.is_loopback {
            return Duration::ZERO;
        }
        let clock = &*self.config().clock;
        let now = clock.elapsed();
        let limiter = if clock.is_shared() { ScanLimiter::shared() } else { &self.shared.scans };
        limiter.reserve(code, now).saturating_sub(now)
    }

    /// Polls until the code is scanned or the timeout ends, and returns the UID, or `None` after the timeout.
    ///
    /// The argument is a [`Qrcode`] or a code. The first poll is made at once, the next ones every 10 s (see
    /// [`Config::scan_interval`](crate::Config::scan_interval)). Transient errors (connection, timeout, 429, 5xx) do not end
    /// the wait, unless the last poll fails: then its error is returned.
    ///
    /// # Errors
    /// `api` if the code is unknown or expired; `cancelled`.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// use std::time::Duration;
    ///
    /// let qrcode = client.create_qrcode("forum-user-7", None)?;
    /// # sandbox.scan(&qrcode.code, "UID_testbob")?;
    /// match client.wait_for_scan(&qrcode, Duration::from_secs(300))? {
    ///     Some(uid) => println!("forum-user-7 is {uid}"),
    ///     None => println!("the code was not scanned"),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn wait_for_scan(&self, code: impl AsRef<str>, timeout: Duration) -> Result<Option<String>> {
        let code = code.as_ref();
        let clock = &*self.config().clock;
        let mut wait = ScanWait::new(self, timeout);
        loop {
            let polled = clock.elapsed();
            match wait.after_poll(polled, self.query_scan_uid(code)) {
                ScanPoll::Done(result) => return result,
                ScanPoll::PollAt(next) => self.sleep(next.saturating_sub(clock.elapsed()))?,
            }
        }
    }
}

/// Decides after each poll of [`Client::wait_for_scan`] what follows. For asynchronous callers, which poll in their own
/// way.
#[derive(Debug)]
pub struct ScanWait {
    /// `None` if the timeout is too long for a clock.
    end: Option<Duration>,
    interval: Duration,
}

/// What follows a poll.
#[derive(Debug)]
pub enum ScanPoll {
    /// The wait is over, with this result.
    Done(Result<Option<String>>),
    /// The next poll is due at this time of the client's clock.
    PollAt(Duration),
}

impl ScanWait {
    /// Begins to wait now.
    pub fn new(client: &Client, timeout: Duration) -> Self {
        let config = client.config();
        Self { end: config.clock.elapsed().checked_add(timeout), interval: config.scan_interval }
    }

    /// Decides what follows a poll that began at `polled` and had this result.
    pub fn after_poll(&mut self, polled: Duration, result: Result<Option<String>>) -> ScanPoll {
        let is_final = match &result {
            Ok(uid) => uid.is_some(),
            Err(error) => !is_retried(error),
        };
        let next = polled.saturating_add(self.interval);
        if is_final || self.end.is_some_and(|end| next >= end) {
            return ScanPoll::Done(result);
        }
        ScanPoll::PollAt(next)
    }
}

fn is_retried(error: &Error) -> bool {
    error.kind().is_transient()
}
