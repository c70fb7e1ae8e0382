//! The client: what callers use. Each file holds the methods of one subject.

pub(crate) mod broadcast;
mod call;
pub(crate) mod config;
pub(crate) mod entry_link;
mod env;
pub(crate) mod scan;
mod send;
pub(crate) mod users;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::config::Config;
use crate::model::error::{Error, Result};
use crate::model::limits::Limits;
use crate::model::secret::AppToken;
use crate::net::client::HttpClient;
use crate::policy::cancel::CancelToken;
use crate::policy::rate_limit::{RateLimiter, ScanLimiter};

/// A client of WxPusher.
///
/// Immutable, cheap to clone, safe to share between threads. Its connections close with its last clone. After `fork()` the
/// child opens its own connections.
///
/// ```
/// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
/// # let base_url = sandbox.url();
/// use wxpusher::{Client, Config, Message};
///
/// // base_url is the sandbox's. Leave it out for the real WxPusher.
/// let client = Client::with_config(Config::new().app_token("AT_testdemo").base_url(base_url))?;
/// let outcome = client.send(&Message::text("磁盘已满").uid("UID_testalice"))?;
/// assert!(outcome.all_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    cancel: CancelToken,
    timeout: Duration,
    /// Whether calls wait for the rate limit and the scan interval.
    waits: bool,
}

struct Shared {
    config: Config,
    base_path: String,
    is_loopback: bool,
    http: HttpClient,
    rate_limiter: Arc<RateLimiter>,
    scans: ScanLimiter,
}

/// Creation.
impl Client {
    /// Creates a client for an app, with default settings.
    ///
    /// # Errors
    /// `invalid_argument` if the token is empty.
    pub fn new(app_token: impl Into<AppToken>) -> Result<Self> {
        Self::with_config(Config::new().app_token(app_token))
    }

    /// Creates a client with the settings of the environment; see [`Config::from_env`].
    ///
    /// # Errors
    /// `invalid_argument` naming the variable or setting that is wrong.
    pub fn from_env() -> Result<Self> {
        Self::with_config(Config::from_env()?)
    }

    /// Creates a client with these settings.
    ///
    /// # Errors
    /// `invalid_argument` naming the setting that is wrong.
    pub fn with_config(config: Config) -> Result<Self> {
        let checked = config.check()?;
        let http = HttpClient::new(checked.http)
            .map_err(|_| Error::invalid_argument("base_url", "must be a URL, for example https://host"))?;
        Ok(Self {
            cancel: CancelToken::new(config.on_wait.clone()),
            timeout: config.timeout,
            waits: true,
            shared: Arc::new(Shared {
                rate_limiter: RateLimiter::of(config.app_token.as_ref(), config.rate_limit, &*config.clock),
                scans: ScanLimiter::default(),
                base_path: checked.base_path,
                is_loopback: checked.is_loopback,
                http,
                config,
            }),
        })
    }

    /// Returns the settings that the client was created with.
    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// Returns a client with another total timeout, over the same connections and with the same rate limit.
    ///
    /// For callers that queue a call and count the queueing time: `timeout` is the time that is left.
    pub fn with_timeout(&self, timeout: Duration) -> Client {
        Client { timeout: timeout.min(config::MAX_TIME), ..self.clone() }
    }

    /// Returns a client whose calls do not wait for the rate limit and the scan interval, over the same connections.
    ///
    /// For asynchronous callers, which call [`reserve_send`](Self::reserve_send) and [`reserve_scan`](Self::reserve_scan)
    /// and wait in their own way.
    pub fn without_waiting(&self) -> Client {
        Client { waits: false, ..self.clone() }
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.shared.config.limits
    }
}

/// Cancellation.
impl Client {
    /// Ends all calls of this client and its clones within 200 ms, and refuses further ones: all return `cancelled`.
    ///
    /// A request that had already left may still be carried out; [`Error::sent`] says so.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    /// Returns a client that can be cancelled on its own, over the same connections. Cancelling this client cancels it too.
    ///
    /// ```
    /// let client = wxpusher::Client::new("AT_test")?;
    /// let one_call = client.scoped();
    /// one_call.cancel();
    /// assert!(one_call.is_cancelled() && !client.is_cancelled());
    /// # Ok::<(), wxpusher::Error>(())
    /// ```
    pub fn scoped(&self) -> Client {
        Client { cancel: self.cancel.child(), ..self.clone() }
    }

    /// Returns whether [`cancel`](Self::cancel) was called, on this client or on the one it was scoped from.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.shared.config).finish_non_exhaustive()
    }
}
