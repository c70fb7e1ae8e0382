//! How a client is set up.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs, path::Path};

use ureq::http::Uri;
use ureq::tls::{Certificate, PemItem, parse_pem};
use ureq::{Proxy, ProxyProtocol};

use crate::clock::{Clock, SystemClock};
use crate::error::{Error, Result};
use crate::http::cancel::OnWait;
use crate::http::exchange::Settings;
use crate::http::pace::SCAN_INTERVAL;
use crate::http::retry::RetryPolicy;
use crate::limits::Limits;
use crate::secret::{AppToken, Spt};

/// Where WxPusher is.
pub const DEFAULT_BASE_URL: &str = "https://wxpusher.zjiecode.com";

/// The settings of a [`Client`](crate::Client). Everything has a default; printing it shows no secret.
///
/// ```
/// use std::time::Duration;
/// use wxpusher::{Client, Config};
///
/// let client = Client::with_config(Config::new().app_token("AT_test").timeout(Duration::from_secs(30)))?;
/// # Ok::<(), wxpusher::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "settings do nothing until a client is made with them"]
pub struct Config {
    pub(crate) app_token: Option<AppToken>,
    pub(crate) base_url: String,
    pub(crate) allow_plain_http: bool,
    pub(crate) connect_timeout: Duration,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) pace_sends: bool,
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

#[derive(Clone)]
pub(crate) enum ProxyChoice {
    Environment,
    None,
    Url(String),
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
            pace_sends: false,
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

impl Config {
    /// The defaults: no token, the real WxPusher, 5 s to connect, 15 s in all, 3 tries for what may be repeated.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the environment variables that the field already uses (wire.md §6):
    ///
    /// | variable | meaning |
    /// |---|---|
    /// | `WXPUSHER_APP_TOKEN` | the app token |
    /// | `WXPUSHER_UIDS` | uids for messages that name no target, separated by `;` |
    /// | `WXPUSHER_TOPIC_IDS` | topic ids for the same, separated by `;` |
    /// | `WXPUSHER_SPT_LIST` | tokens for simple pushes that name none, separated by `,` |
    /// | `WXPUSHER_BASE_URL` | where WxPusher is, for example a sandbox (ours; nobody else reads it) |
    ///
    /// Unset and empty variables change nothing.
    ///
    /// # Errors
    /// `invalid_argument` naming the variable when a topic id is not a number.
    pub fn from_env() -> Result<Self> {
        Self::from_vars(|name| env::var(name).ok())
    }

    /// Like [`from_env`](Self::from_env), with variables from elsewhere.
    ///
    /// ```
    /// use wxpusher::Config;
    /// let config = Config::from_vars(|name| (name == "WXPUSHER_UIDS").then(|| "UID_a;UID_b".to_owned()))?;
    /// # let _ = config;
    /// # Ok::<(), wxpusher::Error>(())
    /// ```
    ///
    /// # Errors
    /// The same.
    pub fn from_vars(var: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let list = |name: &str, separator: char| -> Vec<String> {
            let items = var(name).unwrap_or_default();
            items.split(separator).map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
        };
        let one = |name: &str| var(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());

        let mut config = Config::new();
        config.app_token = one("WXPUSHER_APP_TOKEN").map(AppToken::new);
        if let Some(base_url) = one("WXPUSHER_BASE_URL") {
            config.base_url = base_url;
        }
        config.default_uids = list("WXPUSHER_UIDS", ';');
        config.default_spts = list("WXPUSHER_SPT_LIST", ',').into_iter().map(Spt::new).collect();
        for item in list("WXPUSHER_TOPIC_IDS", ';') {
            let id = item
                .parse()
                .map_err(|_| Error::invalid_argument("WXPUSHER_TOPIC_IDS", "not a list of numbers separated by `;`"))?;
            config.default_topic_ids.push(id);
        }
        Ok(config)
    }

    /// The app's token. Simple pushes, status queries and a few more need none.
    pub fn app_token(mut self, app_token: impl Into<AppToken>) -> Self {
        self.app_token = Some(app_token.into());
        self
    }

    /// Where WxPusher is; may have a path. https, or http on a loopback host (see
    /// [`allow_plain_http`](Self::allow_plain_http)).
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Allows http to hosts other than this machine. Tokens then travel readable for everybody on the way.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// The time for finding the host, connecting and the TLS handshake together. 5 s by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The time for a whole call, all tries and the waits between them included. 15 s by default. Pacing does not count.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often a call is tried.
    pub fn retry(mut self, retry: RetryPolicy) -> Self {
        self.retry = retry;
        self
    }

    /// Makes `send` and `send_by_get` wait for their turn, 20 calls in 10 s per app token in this process, instead of
    /// running into WxPusher's limit. `broadcast` always does.
    pub fn pace_sends(mut self, pace: bool) -> Self {
        self.pace_sends = pace;
        self
    }

    /// The limits that are checked before anything is sent.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Goes through this HTTP proxy, `http://[user:password@]host:port`.
    ///
    /// Without it `HTTPS_PROXY`, `ALL_PROXY`, `HTTP_PROXY` and `NO_PROXY` of the environment hold, but never for a
    /// loopback host. SOCKS proxies are not supported.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::Url(url.into());
        self
    }

    /// Goes through no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::None;
        self
    }

    /// Trusts the certificates in this PEM text, and no others. By default the roots that Mozilla trusts.
    pub fn ca_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.ca_pem = Some(pem.into());
        self
    }

    /// Like [`ca_pem`](Self::ca_pem), from a file.
    ///
    /// # Errors
    /// `invalid_argument` when the file cannot be read.
    pub fn ca_file(self, path: impl AsRef<Path>) -> Result<Self> {
        let pem = fs::read(path).map_err(|error| Error::invalid_argument("ca_file", error.to_string()))?;
        Ok(self.ca_pem(pem))
    }

    /// Puts this behind the library's own name in the `User-Agent` header.
    pub fn user_agent(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent = Some(suffix.into());
        self
    }

    /// How often `wait_for_scan` asks: every 10 s by default, and never faster but on a loopback host, because WxPusher
    /// bans accounts for that.
    pub fn scan_interval(mut self, interval: Duration) -> Self {
        self.scan_interval = interval;
        self
    }

    /// The users that messages without any target go to.
    pub fn default_uids<S: Into<String>>(mut self, uids: impl IntoIterator<Item = S>) -> Self {
        self.default_uids = uids.into_iter().map(Into::into).collect();
        self
    }

    /// The topics that messages without any target go to.
    pub fn default_topic_ids(mut self, topic_ids: impl IntoIterator<Item = i64>) -> Self {
        self.default_topic_ids = topic_ids.into_iter().collect();
        self
    }

    /// Whom simple pushes without any token go to.
    pub fn default_spts<S: Into<Spt>>(mut self, spts: impl IntoIterator<Item = S>) -> Self {
        self.default_spts = spts.into_iter().map(Into::into).collect();
        self
    }

    /// Takes the time for retrying, pacing and polling from another clock. Network timeouts stay real.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Asked by the waiting thread about every 100 ms; `true` ends the call with `cancelled`.
    ///
    /// Bindings look at their host's signals here. Everybody else uses [`Client::cancel`](crate::Client::cancel).
    pub fn on_wait(mut self, on_wait: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.on_wait = Some(Arc::new(on_wait));
        self
    }
}

/// What the settings come to, checked.
pub(crate) struct Base {
    pub(crate) path: String,
    pub(crate) is_loopback: bool,
    pub(crate) settings: Settings,
}

impl Config {
    pub(crate) fn check(&self) -> Result<Base> {
        let (uri, is_loopback) = self.check_base_url()?;
        if self.scan_interval < SCAN_INTERVAL && !is_loopback {
            let reason = format!("{} ms, at least 10000 ms is needed", self.scan_interval.as_millis());
            return Err(Error::invalid_argument("scan_interval", reason));
        }
        for (field, timeout) in [("timeout", self.timeout), ("connect_timeout", self.connect_timeout)] {
            if timeout.is_zero() || timeout > MOST_TIMEOUT {
                let reason = format!("{} ms, from 1 ms to one day is allowed", timeout.as_millis());
                return Err(Error::invalid_argument(field, reason));
            }
        }
        if self.retry.attempts == 0 {
            return Err(Error::invalid_argument("retries", "0 tries, at least 1 is needed"));
        }
        if self.app_token.as_ref().is_some_and(|token| token.expose().trim().is_empty()) {
            return Err(Error::invalid_argument("app_token", "empty"));
        }
        let scheme = uri.scheme_str().unwrap_or("https");
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        Ok(Base {
            path: uri.path().trim_end_matches('/').to_owned(),
            is_loopback,
            settings: Settings {
                scheme_and_host: format!("{scheme}://{authority}"),
                user_agent: self.check_user_agent()?,
                proxy: self.check_proxy(is_loopback)?,
                roots: self.check_roots()?,
                connect_timeout: self.connect_timeout,
            },
        })
    }

    fn check_base_url(&self) -> Result<(Uri, bool)> {
        let refuse = |reason: &str| Error::invalid_argument("base_url", reason);
        let uri: Uri = self.base_url.trim().parse().map_err(|_| refuse("not a URL"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(refuse("not a URL: scheme and host are needed"));
        };
        if uri.query().is_some() || authority.as_str().contains('@') {
            return Err(refuse("it must have no query and no user"));
        }
        // What is behind the host and is no port would be dropped in silence, and the default port asked.
        let has_port = authority.as_str().len() > authority.host().len();
        if has_port && matches!(authority.port_u16(), None | Some(0)) {
            return Err(refuse("the port must be a number from 1 to 65535"));
        }
        let is_loopback = is_loopback(authority.host());
        match scheme {
            "https" => Ok((uri, is_loopback)),
            "http" if is_loopback || self.allow_plain_http => Ok((uri, is_loopback)),
            "http" => Err(refuse("plain http is refused off this machine unless allow_plain_http is set")),
            _ => Err(refuse("only https is supported, and http on this machine")),
        }
    }

    fn check_user_agent(&self) -> Result<String> {
        let own = concat!("wxpusher-rust/", env!("CARGO_PKG_VERSION"));
        match self.user_agent.as_deref().map(str::trim) {
            None | Some("") => Ok(own.to_owned()),
            Some(suffix) if suffix.bytes().all(|byte| (b' '..=b'~').contains(&byte)) => Ok(format!("{own} {suffix}")),
            Some(_) => Err(Error::invalid_argument("user_agent", "only printable ASCII is allowed")),
        }
    }

    fn check_proxy(&self, is_loopback: bool) -> Result<Option<Proxy>> {
        match &self.proxy {
            ProxyChoice::None => Ok(None),
            ProxyChoice::Environment if is_loopback => Ok(None),
            ProxyChoice::Environment => match Proxy::try_from_env() {
                Some(proxy) if is_socks(&proxy) => {
                    log::warn!("the environment names a SOCKS proxy, which is not supported: connecting directly");
                    Ok(None)
                }
                proxy => Ok(proxy),
            },
            // The URL may hold a password, so no error quotes it.
            ProxyChoice::Url(url) => match Proxy::new(url) {
                Ok(proxy) if is_socks(&proxy) => {
                    Err(Error::invalid_argument("proxy", "SOCKS proxies are not supported, only http:// ones"))
                }
                Ok(proxy) => Ok(Some(proxy)),
                Err(_) => Err(Error::invalid_argument("proxy", "not of the form http://[user:password@]host:port")),
            },
        }
    }

    fn check_roots(&self) -> Result<Option<Arc<Vec<Certificate<'static>>>>> {
        let Some(pem) = &self.ca_pem else { return Ok(None) };
        let mut roots = Vec::new();
        for item in parse_pem(pem) {
            match item {
                Ok(PemItem::Certificate(certificate)) => roots.push(certificate),
                Ok(_) => {}
                Err(_) => return Err(Error::invalid_argument("ca_pem", "not PEM")),
            }
        }
        if roots.is_empty() {
            return Err(Error::invalid_argument("ca_pem", "it holds no certificate"));
        }
        Ok(Some(Arc::new(roots)))
    }
}

fn is_socks(proxy: &Proxy) -> bool {
    !matches!(proxy.protocol(), ProxyProtocol::Http | ProxyProtocol::Https)
}

const MOST_TIMEOUT: Duration = Duration::from_secs(24 * 60 * 60);

pub(crate) fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
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
            pace_sends,
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
        // A base URL that `check` would refuse may hold anything.
        let base_url = if base_url.contains(['?', '@']) { "***" } else { base_url };
        f.debug_struct("Config")
            .field("app_token", app_token)
            .field("base_url", &base_url)
            .field("allow_plain_http", allow_plain_http)
            .field("connect_timeout", connect_timeout)
            .field("timeout", timeout)
            .field("retry", retry)
            .field("pace_sends", pace_sends)
            .field("limits", limits)
            .field("proxy", proxy)
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

impl fmt::Debug for ProxyChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ProxyChoice::Environment => "environment",
            ProxyChoice::None => "none",
            ProxyChoice::Url(_) => "***",
        })
    }
}
