//! How a client is set up.

use std::fmt;

use wxpusher::RetryPolicy;

use crate::error::Result;
use crate::limits::Limits;
use crate::message::unsigned;
use crate::time::TimeSpan;

/// The settings of a client but its app token. What is left out has the library's default. Its text shows no secret.
#[derive(Clone, PartialEq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct Config {
    /// Where WxPusher is, for example a sandbox; may have a path. https, or http on this machine.
    #[uniffi(default = None)]
    pub base_url: Option<String>,
    /// Allows http to hosts other than this machine. Tokens then travel readable for everybody on the way.
    #[uniffi(default = false)]
    pub allow_plain_http: bool,
    /// The time for finding the host, connecting and the TLS handshake together. 5 s by default.
    #[uniffi(default = None)]
    pub connect_timeout: Option<TimeSpan>,
    /// The time for a whole call, all tries and the waits between them included. 15 s by default.
    #[uniffi(default = None)]
    pub timeout: Option<TimeSpan>,
    /// How often a call that may be repeated is tried; 1 means no retry. 3 by default.
    #[uniffi(default = None)]
    pub retries: Option<i32>,
    /// The wait before the second try is random, from 0 to this; it doubles with each try. 200 ms by default.
    #[uniffi(default = None)]
    pub retry_base: Option<TimeSpan>,
    /// No wait between tries is longer, but for a `Retry-After` of the server. 5 s by default.
    #[uniffi(default = None)]
    pub retry_most: Option<TimeSpan>,
    /// Makes sends wait for their turn, 20 calls in 10 s per app token in this process, instead of running into WxPusher's
    /// limit. A broadcast always does.
    #[uniffi(default = false)]
    pub pace_sends: bool,
    /// The limits that are checked before anything is sent.
    #[uniffi(default = None)]
    pub limits: Option<Limits>,
    /// An HTTP proxy, `http://[user:password@]host:port`. Without it the environment's holds.
    #[uniffi(default = None)]
    pub proxy: Option<String>,
    /// Goes through no proxy, whatever the environment says.
    #[uniffi(default = false)]
    pub no_proxy: bool,
    /// Trusts the certificates in this PEM text, and no others.
    #[uniffi(default = None)]
    pub ca_pem: Option<String>,
    /// Put behind the library's own name in the `User-Agent` header.
    #[uniffi(default = None)]
    pub user_agent: Option<String>,
    /// How often `waitForScan` asks: every 10 s by default, and never faster but on this machine.
    #[uniffi(default = None)]
    pub scan_interval: Option<TimeSpan>,
    /// The users that messages without any target go to.
    #[uniffi(default = [])]
    pub default_uids: Vec<String>,
    /// The topics that messages without any target go to.
    #[uniffi(default = [])]
    pub default_topic_ids: Vec<i64>,
    /// Whom simple pushes without any token go to.
    #[uniffi(default = [])]
    pub default_spts: Vec<String>,
}

impl Config {
    /// These settings, over others.
    pub(crate) fn over(self, mut core: wxpusher::Config) -> Result<wxpusher::Config> {
        let Config {
            base_url,
            allow_plain_http,
            connect_timeout,
            timeout,
            retries,
            retry_base,
            retry_most,
            pace_sends,
            limits,
            proxy,
            no_proxy,
            ca_pem,
            user_agent,
            scan_interval,
            default_uids,
            default_topic_ids,
            default_spts,
        } = self;
        let RetryPolicy { max_retries, base_delay, max_delay } = RetryPolicy::default();
        core = core.allow_plain_http(allow_plain_http).rate_limit_sends(pace_sends).retry(RetryPolicy {
            max_retries: retries.map_or(Ok(max_retries + 1), |retries| unsigned("retries", retries))?.saturating_sub(1),
            base_delay: retry_base.map_or(Ok(base_delay), |base| base.duration("retry_base"))?,
            max_delay: retry_most.map_or(Ok(max_delay), |most| most.duration("retry_most"))?,
        });
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
        if let Some(pem) = ca_pem {
            core = core.ca_pem(pem);
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
        match self.clone().over(wxpusher::Config::new()) {
            Ok(config) => fmt::Debug::fmt(&config, f),
            Err(error) => write!(f, "Config({error})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_settings_shows_no_secret() {
        let config = Config {
            base_url: None,
            allow_plain_http: false,
            connect_timeout: None,
            timeout: Some(TimeSpan { ms: 7 }),
            retries: None,
            retry_base: None,
            retry_most: None,
            pace_sends: false,
            limits: None,
            proxy: Some("http://me:secret@localhost:1".to_owned()),
            no_proxy: false,
            ca_pem: None,
            user_agent: None,
            scan_interval: None,
            default_uids: Vec::new(),
            default_topic_ids: Vec::new(),
            default_spts: vec!["SPT_testsecret".to_owned()],
        };
        let text = config.to_string();
        assert!(text.contains("timeout: 7ms"), "{text}");
        assert!(!text.contains("secret"), "{text}");
    }
}
