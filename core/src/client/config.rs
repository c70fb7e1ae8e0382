//! The settings of a client.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::model::error::{Error, Result};
use crate::model::limits::{Limits, check_range, is_separator};
use crate::model::secret::{AppToken, Spt};
use crate::net::base_url::BaseUrl;
use crate::net::client::HttpSettings;
use crate::net::proxy::ProxyChoice;
use crate::net::roots;
use crate::policy::cancel::OnWait;
use crate::policy::clock::{Clock, SystemClock};
use crate::policy::rate_limit::{RateLimit, SCAN_INTERVAL};
use crate::policy::retry::RetryPolicy;

/// The base URL of WxPusher.
pub const DEFAULT_BASE_URL: &str = "https://wxpusher.zjiecode.com";

/// The longest timeout, delay or window.
pub(super) const MAX_TIME: Duration = Duration::from_secs(24 * 60 * 60);

/// The settings of a [`Client`](crate::Client). Every setting has a default. `Debug` shows no secret.
///
/// ```
/// use std::time::Duration;
/// use wxpusher::{Client, Config};
///
/// let client = Client::with_config(Config::new().app_token("AT_test").timeout(Duration::from_secs(30)))?;
/// # Ok::<(), wxpusher::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "settings have no effect until a client is created with them"]
pub struct Config {
    pub(crate) app_token: Option<AppToken>,
    pub(crate) base_url: String,
    pub(crate) allow_plain_http: bool,
    pub(crate) connect_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) rate_limit_sends: bool,
    pub(crate) rate_limit: RateLimit,
    pub(crate) limits: Limits,
    pub(crate) proxy: ProxyChoice,
    pub(crate) ca_pem: Option<Vec<u8>>,
    pub(crate) user_agent: Option<String>,
    pub(crate) scan_interval: Duration,
    pub(crate) default_uids: Vec<String>,
    pub(crate) default_topic_ids: Vec<i64>,
    pub(crate) default_spts: Vec<Spt>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) on_wait: Option<OnWait>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            app_token: None,
            base_url: DEFAULT_BASE_URL.to_owned(),
            allow_plain_http: false,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(15),
            retry: RetryPolicy::default(),
            rate_limit_sends: false,
            rate_limit: RateLimit::default(),
            limits: Limits::default(),
            proxy: ProxyChoice::Environment,
            ca_pem: None,
            user_agent: None,
            scan_interval: SCAN_INTERVAL,
            default_uids: Vec::new(),
            default_topic_ids: Vec::new(),
            default_spts: Vec::new(),
            clock: Arc::new(SystemClock),
            on_wait: None,
        }
    }
}

/// Settings. Each method sets one and returns the config.
impl Config {
    /// Creates the default settings: no token, the real WxPusher, 5 s for connecting, 15 s for a call, 2 retries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the app token. Simple pushes, status queries, QR code queries and callbacks need none.
    pub fn app_token(mut self, app_token: impl Into<AppToken>) -> Self {
        self.app_token = Some(app_token.into());
        self
    }

    /// Sets the base URL, which may have a path. It must be https, or http for this machine; see
    /// [`allow_plain_http`](Self::allow_plain_http).
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Permits http to other machines. Everybody on the network can then read the tokens. `false` by default.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Sets the timeout for host name resolution, connecting and TLS handshake together. 5 s by default, 1 day at most.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the timeout of a whole call, with all retries and the delays before them. 15 s by default, 1 day at most. The
    /// wait for the rate limit comes before it.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the number of retries and their delays.
    pub fn retry(mut self, retry: RetryPolicy) -> Self {
        self.retry = retry;
        self
    }

    /// Makes `send` and `send_by_get` wait for the rate limit. `false` by default; `broadcast` always waits for it.
    pub fn rate_limit_sends(mut self, rate_limit: bool) -> Self {
        self.rate_limit_sends = rate_limit;
        self
    }

    /// Sets the number of calls that the rate limit allows in a window (protocol §5). 20 by default.
    ///
    /// The limit holds for all clients of this process with the same app token, number of calls and window.
    pub fn rate_limit_calls(mut self, calls: u32) -> Self {
        self.rate_limit.calls = calls;
        self
    }

    /// Sets the window of the rate limit. 10 s by default, 1 day at most.
    pub fn rate_limit_window(mut self, window: Duration) -> Self {
        self.rate_limit.window = window;
        self
    }

    /// Sets the limits that are checked before a request is sent.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets an HTTP proxy: `http://[user:password@]host:port`.
    ///
    /// Without this setting the environment variables `HTTPS_PROXY`, `ALL_PROXY`, `HTTP_PROXY` and `NO_PROXY` apply, but
    /// never to this machine. SOCKS proxies are not supported.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::Url(url.into());
        self
    }

    /// Uses no proxy, and ignores the environment variables for proxies.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::None;
        self
    }

    /// Trusts only the certificates in this PEM text. By default, the roots that Mozilla trusts.
    pub fn ca_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.ca_pem = Some(pem.into());
        self
    }

    /// Like [`ca_pem`](Self::ca_pem), from a file.
    ///
    /// # Errors
    /// `invalid_argument` if the file cannot be read.
    pub fn ca_file(self, path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let pem = fs::read(path)
            .map_err(|error| Error::invalid_argument("ca_file", format!("cannot read {}: {error}", path.display())))?;
        Ok(self.ca_pem(pem))
    }

    /// Adds a suffix to the library's name in the `User-Agent` header. Printable ASCII only.
    pub fn user_agent(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent = Some(suffix.into());
        self
    }

    /// Sets the interval at which `wait_for_scan` polls. 10 s by default. A shorter interval is allowed only on this
    /// machine, because WxPusher bans accounts that poll faster.
    pub fn scan_interval(mut self, interval: Duration) -> Self {
        self.scan_interval = interval;
        self
    }

    /// Sets the UIDs for messages without recipients.
    pub fn default_uids<S: Into<String>>(mut self, uids: impl IntoIterator<Item = S>) -> Self {
        self.default_uids = uids.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the topic ids for messages without recipients.
    pub fn default_topic_ids(mut self, topic_ids: impl IntoIterator<Item = i64>) -> Self {
        self.default_topic_ids = topic_ids.into_iter().collect();
        self
    }

    /// Sets the SPTs for simple pushes without SPTs.
    pub fn default_spts<S: Into<Spt>>(mut self, spts: impl IntoIterator<Item = S>) -> Self {
        self.default_spts = spts.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the clock for retries, the rate limit and polling. Network timeouts use the system clock.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Sets a function that the waiting thread calls about every 100 ms; if it returns `true`, the call ends as `cancelled`.
    ///
    /// For bindings, which check the signals of their host. Other callers use [`Client::cancel`](crate::Client::cancel).
    pub fn on_wait(mut self, on_wait: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.on_wait = Some(Arc::new(on_wait));
        self
    }
}

/// The current values.
impl Config {
    /// Returns the app token.
    pub fn get_app_token(&self) -> Option<&AppToken> {
        self.app_token.as_ref()
    }

    /// Returns the base URL.
    pub fn get_base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns whether http to other machines is permitted.
    pub fn get_allow_plain_http(&self) -> bool {
        self.allow_plain_http
    }

    /// Returns the timeout for connecting.
    pub fn get_connect_timeout(&self) -> Duration {
        self.connect_timeout
    }

    /// Returns the timeout of a whole call.
    pub fn get_timeout(&self) -> Duration {
        self.timeout
    }

    /// Returns the number of retries and their delays.
    pub fn get_retry(&self) -> RetryPolicy {
        self.retry
    }

    /// Returns whether single sends wait for the rate limit.
    pub fn get_rate_limit_sends(&self) -> bool {
        self.rate_limit_sends
    }

    /// Returns the number of calls that the rate limit allows in a window.
    pub fn get_rate_limit_calls(&self) -> u32 {
        self.rate_limit.calls
    }

    /// Returns the window of the rate limit.
    pub fn get_rate_limit_window(&self) -> Duration {
        self.rate_limit.window
    }

    /// Returns the limits that are checked before a request is sent.
    pub fn get_limits(&self) -> Limits {
        self.limits
    }

    /// Returns the suffix of the `User-Agent` header.
    pub fn get_user_agent(&self) -> Option<&str> {
        self.user_agent.as_deref()
    }

    /// Returns the interval at which `wait_for_scan` polls.
    pub fn get_scan_interval(&self) -> Duration {
        self.scan_interval
    }

    /// Returns the UIDs for messages without recipients.
    pub fn get_default_uids(&self) -> &[String] {
        &self.default_uids
    }

    /// Returns the topic ids for messages without recipients.
    pub fn get_default_topic_ids(&self) -> &[i64] {
        &self.default_topic_ids
    }

    /// Returns the SPTs for simple pushes without SPTs.
    pub fn get_default_spts(&self) -> &[Spt] {
        &self.default_spts
    }

    /// Returns the clock.
    pub fn get_clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }
}

/// The result of a check of all settings.
pub(crate) struct CheckedConfig {
    pub(crate) base_path: String,
    pub(crate) is_loopback: bool,
    pub(crate) http: HttpSettings,
}

impl Config {
    pub(crate) fn check(&self) -> Result<CheckedConfig> {
        let BaseUrl { scheme_and_host, path, is_loopback } = BaseUrl::parse(&self.base_url, self.allow_plain_http)?;
        check_time("timeout", self.timeout, Duration::from_millis(1))?;
        check_time("connect_timeout", self.connect_timeout, Duration::from_millis(1))?;
        check_time("base_delay", self.retry.base_delay, Duration::ZERO)?;
        check_time("max_delay", self.retry.max_delay, Duration::ZERO)?;
        check_time("rate_limit_window", self.rate_limit.window, Duration::from_millis(1))?;
        check_range("rate_limit_calls", self.rate_limit.calls, 1, u32::MAX)?;
        if self.scan_interval < SCAN_INTERVAL && !is_loopback {
            let reason = format!("must be at least 10000 ms (got {} ms)", self.scan_interval.as_millis());
            return Err(Error::invalid_argument("scan_interval", reason));
        }
        self.check_token()?;
        Ok(CheckedConfig {
            base_path: path,
            is_loopback,
            http: HttpSettings {
                scheme_and_host,
                user_agent: self.check_user_agent()?,
                proxy: self.proxy.resolve(is_loopback)?,
                roots: self.ca_pem.as_deref().map(roots::read_pem).transpose()?,
                connect_timeout: self.connect_timeout,
            },
        })
    }

    fn check_token(&self) -> Result<()> {
        match &self.app_token {
            Some(token) if token.expose().is_empty() => Err(Error::invalid_argument("app_token", "must not be empty")),
            Some(token) if token.expose().chars().any(is_separator) => {
                Err(Error::invalid_argument("app_token", "must not contain separators or white space"))
            }
            _ => Ok(()),
        }
    }

    fn check_user_agent(&self) -> Result<String> {
        let name = concat!("wxpusher-rust/", env!("CARGO_PKG_VERSION"));
        match self.user_agent.as_deref().map(str::trim) {
            None | Some("") => Ok(name.to_owned()),
            Some(suffix) if suffix.bytes().all(|byte| (b' '..=b'~').contains(&byte)) => Ok(format!("{name} {suffix}")),
            Some(_) => Err(Error::invalid_argument("user_agent", "must be printable ASCII")),
        }
    }
}

fn check_time(field: &'static str, time: Duration, min: Duration) -> Result<()> {
    if (min..=MAX_TIME).contains(&time) {
        return Ok(());
    }
    let reason = format!("must be between {} ms and 1 day (got {} ms)", min.as_millis(), time.as_millis());
    Err(Error::invalid_argument(field, reason))
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            app_token,
            base_url,
            allow_plain_http,
            connect_timeout,
            timeout,
            retry,
            rate_limit_sends,
            rate_limit: RateLimit { calls, window },
            limits,
            proxy,
            ca_pem,
            user_agent,
            scan_interval,
            default_uids,
            default_topic_ids,
            default_spts,
            clock,
            on_wait,
        } = self;
        // A base URL that `check` would refuse may contain anything.
        let base_url = if base_url.contains(['?', '@']) { "***" } else { base_url };
        let proxy = match proxy {
            ProxyChoice::Environment => "environment",
            ProxyChoice::None => "none",
            ProxyChoice::Url(_) => "***",
        };
        f.debug_struct("Config")
            .field("app_token", app_token)
            .field("base_url", &base_url)
            .field("allow_plain_http", allow_plain_http)
            .field("connect_timeout", connect_timeout)
            .field("timeout", timeout)
            .field("retry", retry)
            .field("rate_limit_sends", rate_limit_sends)
            .field("rate_limit_calls", calls)
            .field("rate_limit_window", window)
            .field("limits", limits)
            .field("proxy", &proxy)
            .field("ca_pem", &ca_pem.is_some())
            .field("user_agent", user_agent)
            .field("scan_interval", scan_interval)
            .field("default_uids", default_uids)
            .field("default_topic_ids", default_topic_ids)
            .field("default_spts", default_spts)
            .field("clock", clock)
            .field("on_wait", &on_wait.is_some())
            .finish()
    }
}
