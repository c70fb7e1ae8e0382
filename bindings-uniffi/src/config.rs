//! The settings of a client.

use std::fmt;

use wxpusher::{Error, RetryPolicy};

use crate::error::Result;
use crate::limits::Limits;
use crate::message::unsigned;
use crate::time::TimeSpan;

/// The settings of a client, without its app token. A setting that is absent has the library's default. The text of this
/// value shows no secret.
#[derive(Clone, PartialEq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct Config {
    /// The base URL, which may have a path. It must be https, or http for this machine. The real WxPusher by default.
    #[uniffi(default = None)]
    pub base_url: Option<String>,
    /// Permits http to other machines. Everybody on the network can then read the tokens.
    #[uniffi(default = false)]
    pub allow_plain_http: bool,
    /// The timeout for host name resolution, connecting and the TLS handshake together. 5 s by default, 1 day at most.
    #[uniffi(default = None)]
    pub connect_timeout: Option<TimeSpan>,
    /// The timeout of a whole call, with all retries and the delays before them. 15 s by default, 1 day at most.
    #[uniffi(default = None)]
    pub timeout: Option<TimeSpan>,
    /// The maximum number of retries after the first attempt; 0 means no retry. 2 by default.
    #[uniffi(default = None)]
    pub max_retries: Option<i32>,
    /// The delay before the first retry is random, from 0 to this. It doubles with each retry. 200 ms by default.
    #[uniffi(default = None)]
    pub base_delay: Option<TimeSpan>,
    /// The maximum delay before a retry, except for a `Retry-After` header of the server. 5 s by default.
    #[uniffi(default = None)]
    pub max_delay: Option<TimeSpan>,
    /// Makes `send` and `sendByGet` wait for the rate limit. A broadcast always waits for it.
    #[uniffi(default = false)]
    pub rate_limit_sends: bool,
    /// The number of calls that the rate limit allows in a window, for all clients of this process with the same app token.
    /// 20 by default.
    #[uniffi(default = None)]
    pub rate_limit_calls: Option<i32>,
    /// The window of the rate limit. 10 s by default, 1 day at most.
    #[uniffi(default = None)]
    pub rate_limit_window: Option<TimeSpan>,
    /// The limits that are checked before a request is sent.
    #[uniffi(default = None)]
    pub limits: Option<Limits>,
    /// An HTTP proxy: `http://[user:password@]host:port`. Without it the proxy variables of the environment apply.
    #[uniffi(default = None)]
    pub proxy: Option<String>,
    /// Uses no proxy, and ignores the proxy variables of the environment.
    #[uniffi(default = false)]
    pub no_proxy: bool,
    /// The path of a PEM file. Only its certificates are trusted. Read when the client is created.
    #[uniffi(default = None)]
    pub ca_file: Option<String>,
    /// A PEM text. Only its certificates are trusted. By default, the roots that Mozilla trusts.
    #[uniffi(default = None)]
    pub ca_pem: Option<String>,
    /// A suffix to the library's name in the `User-Agent` header. Printable ASCII only.
    #[uniffi(default = None)]
    pub user_agent: Option<String>,
    /// The interval at which `waitForScan` polls. 10 s by default. A shorter interval is allowed only on this machine.
    #[uniffi(default = None)]
    pub scan_interval: Option<TimeSpan>,
    /// The UIDs for messages without recipients.
    #[uniffi(default = [])]
    pub default_uids: Vec<String>,
    /// The topic ids for messages without recipients.
    #[uniffi(default = [])]
    pub default_topic_ids: Vec<i64>,
    /// The SPTs for simple pushes without SPTs.
    #[uniffi(default = [])]
    pub default_spts: Vec<String>,
}

impl Config {
    /// Applies these settings to core's.
    pub(crate) fn over(self, mut core: wxpusher::Config) -> Result<wxpusher::Config> {
        let Config {
            base_url,
            allow_plain_http,
            connect_timeout,
            timeout,
            max_retries,
            base_delay,
            max_delay,
            rate_limit_sends,
            rate_limit_calls,
            rate_limit_window,
            limits,
            proxy,
            no_proxy,
            ca_file,
            ca_pem,
            user_agent,
            scan_interval,
            default_uids,
            default_topic_ids,
            default_spts,
        } = self;
        let default = RetryPolicy::default();
        core = core.allow_plain_http(allow_plain_http).rate_limit_sends(rate_limit_sends).retry(RetryPolicy {
            max_retries: max_retries.map_or(Ok(default.max_retries), |retries| unsigned("max_retries", retries))?,
            base_delay: base_delay.map_or(Ok(default.base_delay), |delay| delay.duration("base_delay"))?,
            max_delay: max_delay.map_or(Ok(default.max_delay), |delay| delay.duration("max_delay"))?,
        });
        if let Some(calls) = rate_limit_calls {
            core = core.rate_limit_calls(unsigned("rate_limit_calls", calls)?);
        }
        if let Some(window) = rate_limit_window {
            core = core.rate_limit_window(window.duration("rate_limit_window")?);
        }
        if let Some(base_url) = base_url {
            core = core.base_url(base_url);
        }
        if let Some(timeout) = connect_timeout {
            core = core.connect_timeout(timeout.duration("connect_timeout")?);
        }
        if let Some(timeout) = timeout {
            core = core.timeout(timeout.duration("timeout")?);
        }
        if let Some(limits) = limits {
            core = core.limits(limits.into_core()?);
        }
        if let Some(proxy) = proxy {
            core = core.proxy(proxy);
        }
        if no_proxy {
            core = core.no_proxy();
        }
        match (ca_file, ca_pem) {
            (Some(_), Some(_)) => {
                return Err(Error::invalid_argument(
                    "ca_file",
                    "must not be combined with ca_pem: pass one of the two",
                )
                .into());
            }
            (Some(path), None) => core = core.ca_file(path)?,
            (None, Some(pem)) => core = core.ca_pem(pem),
            (None, None) => {}
        }
        if let Some(suffix) = user_agent {
            core = core.user_agent(suffix);
        }
        if let Some(interval) = scan_interval {
            core = core.scan_interval(interval.duration("scan_interval")?);
        }
        if !default_uids.is_empty() {
            core = core.default_uids(default_uids);
        }
        if !default_topic_ids.is_empty() {
            core = core.default_topic_ids(default_topic_ids);
        }
        if !default_spts.is_empty() {
            core = core.default_spts(default_spts);
        }
        Ok(core)
    }
}

impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A text must not depend on a file, so `ca_file` is shown as set but not read.
        let mut shown = self.clone();
        shown.ca_pem = shown.ca_file.take().or(shown.ca_pem);
        match shown.over(wxpusher::Config::new()) {
            Ok(config) => fmt::Debug::fmt(&config, f),
            Err(error) => write!(f, "Config({error})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            base_url: None,
            allow_plain_http: false,
            connect_timeout: None,
            timeout: Some(TimeSpan { ms: 7 }),
            max_retries: None,
            base_delay: None,
            max_delay: None,
            rate_limit_sends: false,
            rate_limit_calls: None,
            rate_limit_window: None,
            limits: None,
            proxy: None,
            no_proxy: false,
            ca_file: None,
            ca_pem: None,
            user_agent: None,
            scan_interval: None,
            default_uids: Vec::new(),
            default_topic_ids: Vec::new(),
            default_spts: Vec::new(),
        }
    }

    #[test]
    fn the_text_of_settings_shows_no_secret() {
        let text = Config {
            proxy: Some("http://me:secret@localhost:1".to_owned()),
            default_spts: vec!["SPT_testsecret".to_owned()],
            ..config()
        }
        .to_string();
        assert!(text.contains("timeout: 7ms"), "{text}");
        assert!(!text.contains("secret"), "{text}");
    }

    #[test]
    fn applies_every_setting_of_retries_and_rate_limit() {
        let core = Config {
            max_retries: Some(7),
            base_delay: Some(TimeSpan { ms: 8 }),
            max_delay: Some(TimeSpan { ms: 9 }),
            rate_limit_sends: true,
            rate_limit_calls: Some(10),
            rate_limit_window: Some(TimeSpan { ms: 11 }),
            ..config()
        }
        .over(wxpusher::Config::new())
        .unwrap();
        let RetryPolicy { max_retries, base_delay, max_delay } = core.get_retry();
        assert_eq!((max_retries, base_delay.as_millis(), max_delay.as_millis()), (7, 8, 9));
        assert!(core.get_rate_limit_sends());
        assert_eq!((core.get_rate_limit_calls(), core.get_rate_limit_window().as_millis()), (10, 11));
    }

    #[test]
    fn an_unreadable_ca_file_is_an_error_of_the_client_and_not_of_the_text() {
        let config = Config { ca_file: Some("/no such file".to_owned()), ..config() };
        assert!(config.to_string().contains("ca_pem: true"), "{config}");
        let error = config.clone().over(wxpusher::Config::new()).unwrap_err();
        assert_eq!(error.details().field.as_deref(), Some("ca_file"), "{error}");
        let error = Config { ca_pem: Some(String::new()), ..config }.over(wxpusher::Config::new()).unwrap_err();
        assert_eq!(error.details().field.as_deref(), Some("ca_file"), "{error}");
    }
}
