//! Waiting until somebody scans a QR code.

use std::time::Duration;

use crate::client::Client;
use crate::endpoint::qrcode::Qrcode;
use crate::error::{Error, ErrorKind, Result};

/// The code to wait for, and when it expires if that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanCode {
    /// The code.
    pub code: String,
    /// When it expires, in milliseconds since the epoch.
    pub expires: Option<i64>,
}

impl From<&Qrcode> for ScanCode {
    fn from(qrcode: &Qrcode) -> Self {
        Self { code: qrcode.code.clone(), expires: Some(qrcode.expires) }
    }
}

impl From<&str> for ScanCode {
    fn from(code: &str) -> Self {
        Self { code: code.to_owned(), expires: None }
    }
}

impl Client {
    /// Asks every 10 s (see [`Config::scan_interval`](crate::Config::scan_interval)) who scanned the code, until somebody
    /// has, the deadline is over, or the code expires. `None` means nobody did.
    ///
    /// The first look is at once, and the last one at most an interval before the deadline. A look that fails for a
    /// passing reason (connection, timeout, 429, 5xx) does not end the waiting, unless it was the last.
    ///
    /// # Errors
    /// `api` for an unknown code; `cancelled`.
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
    ///     None => println!("nobody came"),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn wait_for_scan(&self, code: impl Into<ScanCode>, deadline: Duration) -> Result<Option<String>> {
        let ScanCode { code, expires } = code.into();
        let config = self.config();
        let clock = &*config.clock;
        let until_expiry = expires
            .map_or(deadline, |expires| Duration::from_millis(expires.saturating_sub(clock.unix_ms()).max(0) as u64));
        let end = clock.elapsed() + deadline.min(until_expiry);
        loop {
            let looked = clock.elapsed();
            let found = match self.query_scan_uid(&code) {
                Ok(Some(uid)) => return Ok(Some(uid)),
                Ok(None) => Ok(None),
                Err(error) if may_pass(&error) => Err(error),
                Err(error) => return Err(error),
            };
            let next = looked + config.scan_interval;
            if next >= end {
                return found;
            }
            self.sleep(next.saturating_sub(clock.elapsed()))?;
        }
    }
}

fn may_pass(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Connect { .. } | ErrorKind::Timeout { .. } | ErrorKind::Transport { .. } => true,
        ErrorKind::HttpStatus { status } => *status == 429 || (500..600).contains(status),
        _ => false,
    }
}
