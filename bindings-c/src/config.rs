//! Settings

use std::ffi::c_char;
use std::mem::{self, MaybeUninit};
use std::time::Duration;

use wxpusher::{Config, Error, Limits, Result, RetryPolicy};

use crate::boundary::{new_handle, release};
use crate::error::wxpusher_error;
use crate::fallible::{create, status};
use crate::owned::opaque;
use crate::pointer::{array, bytes, required, text, texts};

/// The limits of the documentation of 2026; the default.
pub const WXPUSHER_LIMITS_CURRENT: i32 = 0;
/// The limits of the 2022 document.
pub const WXPUSHER_LIMITS_2022: i32 = 1;

/// The maximum number of characters of `content`.
pub const WXPUSHER_LIMIT_CONTENT_CHARS: i32 = 1;
/// The maximum number of UTF-8 bytes of `content`.
pub const WXPUSHER_LIMIT_CONTENT_BYTES: i32 = 2;
/// The maximum number of characters of `summary`.
pub const WXPUSHER_LIMIT_SUMMARY_CHARS: i32 = 3;
/// The maximum number of characters of `url`.
pub const WXPUSHER_LIMIT_URL_CHARS: i32 = 4;
/// The maximum number of UIDs in one call, and the size of a broadcast's batch.
pub const WXPUSHER_LIMIT_UIDS: i32 = 5;
/// The maximum number of topic ids in one call.
pub const WXPUSHER_LIMIT_TOPIC_IDS: i32 = 6;
/// The maximum number of SPTs in one call; a longer list is split into several calls.
pub const WXPUSHER_LIMIT_SPTS: i32 = 7;
/// The maximum number of characters of a QR code's `extra`.
pub const WXPUSHER_LIMIT_EXTRA_CHARS: i32 = 8;
/// The maximum validity of a QR code, in seconds.
pub const WXPUSHER_LIMIT_VALID_TIME: i32 = 9;
/// The maximum number of users on one page.
pub const WXPUSHER_LIMIT_PAGE_SIZE: i32 = 10;

/// The settings of a client. Every setting has a default. One thread at a time; a client uses a copy.
#[derive(Debug, Default)]
pub struct wxpusher_config {
    pub(crate) config: Config,
}

opaque!(wxpusher_config);

impl wxpusher_config {
    fn change(&mut self, set: impl FnOnce(Config) -> Config) {
        self.config = set(mem::take(&mut self.config));
    }

    fn set_limits(&mut self, limits: Limits) {
        self.change(|config| config.limits(limits));
    }

    fn set_retry(&mut self, change: impl FnOnce(RetryPolicy) -> RetryPolicy) {
        let retry = change(self.config.get_retry());
        self.change(|config| config.retry(retry));
    }
}

/// Sets one setting whose value needs no check here.
fn set(config: Option<&mut wxpusher_config>, change: impl FnOnce(Config) -> Config) -> Result<()> {
    required(config, "config")?.change(change);
    Ok(())
}

fn limited(limits: Limits, which: i32, value: u64) -> Result<Limits> {
    let Limits {
        mut content_chars,
        mut content_bytes,
        mut summary_chars,
        mut url_chars,
        mut uids,
        mut topic_ids,
        mut spts,
        mut extra_chars,
        mut valid_time,
        mut page_size,
    } = limits;
    let size = usize::try_from(value).unwrap_or(usize::MAX);
    let short = u32::try_from(value).unwrap_or(u32::MAX);
    match which {
        WXPUSHER_LIMIT_CONTENT_CHARS => content_chars = size,
        WXPUSHER_LIMIT_CONTENT_BYTES => content_bytes = size,
        WXPUSHER_LIMIT_SUMMARY_CHARS => summary_chars = size,
        WXPUSHER_LIMIT_URL_CHARS => url_chars = size,
        WXPUSHER_LIMIT_UIDS => uids = size,
        WXPUSHER_LIMIT_TOPIC_IDS => topic_ids = size,
        WXPUSHER_LIMIT_SPTS => spts = size,
        WXPUSHER_LIMIT_EXTRA_CHARS => extra_chars = size,
        WXPUSHER_LIMIT_VALID_TIME => valid_time = short,
        WXPUSHER_LIMIT_PAGE_SIZE => page_size = short,
        other => {
            return Err(Error::invalid_argument("which", format!("must be one of WXPUSHER_LIMIT_… (got {other})")));
        }
    }
    Ok(Limits {
        content_chars,
        content_bytes,
        summary_chars,
        url_chars,
        uids,
        topic_ids,
        spts,
        extra_chars,
        valid_time,
        page_size,
    })
}

/// Creates the default settings: no token, the real WxPusher, 5 s for connecting, 15 s for a call, 2 retries.
///
/// The caller's to free with wxpusher_config_free. Never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_new() -> *mut wxpusher_config {
    new_handle::<wxpusher_config>()
}

/// Creates settings from the environment: WXPUSHER_APP_TOKEN; WXPUSHER_UID, WXPUSHER_UIDS, WXPUSHER_TOPIC_ID and WXPUSHER_TOPIC_IDS
/// for messages without recipients; WXPUSHER_SPT and WXPUSHER_SPT_LIST for simple pushes without SPTs; WXPUSHER_BASE_URL. The items
/// of a list are separated by `;`, `,` or white space.
///
/// `*config` is the caller's to free with wxpusher_config_free. No other thread may change the environment during the call. Errors:
/// WXPUSHER_ERROR_INVALID_ARGUMENT, naming the variable.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_from_env(
    config: Option<&mut MaybeUninit<*mut wxpusher_config>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create(config, "config", error, || Ok(wxpusher_config { config: Config::from_env()? }))
}

/// Sets the app token. Simple pushes, status queries, QR code queries and callbacks need none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_app_token(
    config: Option<&mut wxpusher_config>,
    app_token: *const c_char,
    app_token_len: usize,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        // SAFETY: the caller keeps the header's rules for `app_token`.
        let app_token = unsafe { text(app_token, app_token_len, "app_token") }?;
        config.change(|config| config.app_token(app_token));
        Ok(())
    })
}

/// Sets the base URL, which may have a path. It must be https, or http for this machine (checked when a client is made).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_base_url(
    config: Option<&mut wxpusher_config>,
    base_url: *const c_char,
    base_url_len: usize,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        // SAFETY: the caller keeps the header's rules for `base_url`.
        let base_url = unsafe { text(base_url, base_url_len, "base_url") }?;
        config.change(|config| config.base_url(base_url));
        Ok(())
    })
}

/// Permits http to other machines (true). Everybody on the network can then read the tokens. False by default.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_allow_plain_http(
    config: Option<&mut wxpusher_config>,
    allow: bool,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || set(config, |config| config.allow_plain_http(allow)))
}

/// Sets the timeout for host name resolution, connecting and TLS handshake together, in milliseconds. 5000 by default, 1 day at
/// most (checked when a client is made).
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_connect_timeout_ms(
    config: Option<&mut wxpusher_config>,
    ms: u64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || set(config, |config| config.connect_timeout(Duration::from_millis(ms))))
}

/// Sets the timeout of a whole call, with all retries and the delays before them, in milliseconds. 15000 by default, 1 day at most
/// (checked when a client is made). The wait for the rate limit comes before it.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_timeout_ms(
    config: Option<&mut wxpusher_config>,
    ms: u64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || set(config, |config| config.timeout(Duration::from_millis(ms))))
}

/// Sets the number of retries after the first attempt of a request that may be repeated. 2 by default; 0 means none.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_max_retries(
    config: Option<&mut wxpusher_config>,
    max_retries: u32,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        config.set_retry(|retry| RetryPolicy { max_retries, ..retry });
        Ok(())
    })
}

/// Sets the maximum delay before the first retry, in milliseconds; the delay is random, and the maximum doubles with each
/// retry. 200 by default, 1 day at most (checked when a client is made).
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_base_delay_ms(
    config: Option<&mut wxpusher_config>,
    ms: u64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        config.set_retry(|retry| RetryPolicy { base_delay: Duration::from_millis(ms), ..retry });
        Ok(())
    })
}

/// Sets the maximum delay before any retry, in milliseconds; a longer `Retry-After` of the server is respected. 5000 by
/// default, 1 day at most (checked when a client is made).
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_max_delay_ms(
    config: Option<&mut wxpusher_config>,
    ms: u64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        config.set_retry(|retry| RetryPolicy { max_delay: Duration::from_millis(ms), ..retry });
        Ok(())
    })
}

/// Makes single sends wait for the rate limit (true). False by default; broadcasts always wait for it.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_rate_limit_sends(
    config: Option<&mut wxpusher_config>,
    rate_limit_sends: bool,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || set(config, |config| config.rate_limit_sends(rate_limit_sends)))
}

/// Sets the number of calls that the rate limit allows in a window, at least 1 (checked when a client is made). 20 by
/// default. The limit holds for all clients of this process with the same app token, number of calls and window.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_rate_limit_calls(
    config: Option<&mut wxpusher_config>,
    rate_limit_calls: u32,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || set(config, |config| config.rate_limit_calls(rate_limit_calls)))
}

/// Sets the window of the rate limit, in milliseconds. 10000 by default, 1 day at most (checked when a client is made).
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_rate_limit_window_ms(
    config: Option<&mut wxpusher_config>,
    ms: u64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || set(config, |config| config.rate_limit_window(Duration::from_millis(ms))))
}

/// Sets all limits that are checked before a request is sent: one of WXPUSHER_LIMITS_…
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_limits(
    config: Option<&mut wxpusher_config>,
    preset: i32,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        config.set_limits(match preset {
            WXPUSHER_LIMITS_CURRENT => Limits::CURRENT,
            WXPUSHER_LIMITS_2022 => Limits::YEAR_2022,
            other => {
                return Err(Error::invalid_argument(
                    "preset",
                    format!("must be one of WXPUSHER_LIMITS_… (got {other})"),
                ));
            }
        });
        Ok(())
    })
}

/// Sets one limit, one of WXPUSHER_LIMIT_…, for the case that the server's limits change.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_limit(
    config: Option<&mut wxpusher_config>,
    which: i32,
    value: u64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        let limits = limited(config.config.get_limits(), which, value)?;
        config.set_limits(limits);
        Ok(())
    })
}

/// Sets an HTTP proxy: `http://[user:password@]host:port` (checked when a client is made). Without this setting the environment
/// variables HTTPS_PROXY, ALL_PROXY, HTTP_PROXY and NO_PROXY apply, but never to this machine. SOCKS is not supported.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_proxy(
    config: Option<&mut wxpusher_config>,
    proxy: *const c_char,
    proxy_len: usize,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        // SAFETY: the caller keeps the header's rules for `proxy`.
        let proxy = unsafe { text(proxy, proxy_len, "proxy") }?;
        config.change(|config| config.proxy(proxy));
        Ok(())
    })
}

/// Uses no proxy, and ignores the environment variables for proxies.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_no_proxy(
    config: Option<&mut wxpusher_config>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        config.change(Config::no_proxy);
        Ok(())
    })
}

/// Trusts only the certificates in this PEM text (checked when a client is made). By default, the roots that Mozilla trusts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_ca_pem(
    config: Option<&mut wxpusher_config>,
    pem: *const c_char,
    pem_len: usize,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        // SAFETY: the caller keeps the header's rules for `pem`.
        let pem = unsafe { bytes(pem, pem_len, "ca_pem") }?;
        config.change(|config| config.ca_pem(pem));
        Ok(())
    })
}

/// Like wxpusher_config_set_ca_pem, from a file, which is read at once.
///
/// Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if the file cannot be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_ca_file(
    config: Option<&mut wxpusher_config>,
    ca_file: *const c_char,
    ca_file_len: usize,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        // SAFETY: the caller keeps the header's rules for `ca_file`.
        let ca_file = unsafe { text(ca_file, ca_file_len, "ca_file") }?;
        config.config = config.config.clone().ca_file(ca_file)?;
        Ok(())
    })
}

/// Adds a suffix to the library's name in the User-Agent header: printable ASCII (checked when a client is made).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_user_agent(
    config: Option<&mut wxpusher_config>,
    user_agent: *const c_char,
    user_agent_len: usize,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        // SAFETY: the caller keeps the header's rules for `user_agent`.
        let user_agent = unsafe { text(user_agent, user_agent_len, "user_agent") }?;
        config.change(|config| config.user_agent(user_agent));
        Ok(())
    })
}

/// Sets the interval at which wxpusher_client_wait_for_scan polls, in milliseconds. 10000 by default. A shorter interval is allowed
/// only on this machine, because WxPusher bans accounts that poll faster (checked when a client is made).
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_set_scan_interval_ms(
    config: Option<&mut wxpusher_config>,
    ms: u64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || set(config, |config| config.scan_interval(Duration::from_millis(ms))))
}

/// Sets the UIDs for messages without recipients; they replace earlier ones. `lens` are their lengths in bytes; NULL: all are C
/// strings.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_default_uids(
    config: Option<&mut wxpusher_config>,
    default_uids: *const *const c_char,
    lens: *const usize,
    count: usize,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        // SAFETY: the caller keeps the header's rules for `default_uids` and `lens`.
        let default_uids = unsafe { texts(default_uids, lens, count, "default_uids") }?;
        config.change(|config| config.default_uids(default_uids));
        Ok(())
    })
}

/// Sets the topic ids for messages without recipients; they replace earlier ones.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_default_topic_ids(
    config: Option<&mut wxpusher_config>,
    default_topic_ids: *const i64,
    count: usize,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        // SAFETY: the caller keeps the header's rules for `default_topic_ids`.
        let topic_ids = unsafe { array(default_topic_ids, count, "default_topic_ids") }?;
        config.change(|config| config.default_topic_ids(topic_ids.iter().copied()));
        Ok(())
    })
}

/// Sets the SPTs for simple pushes without SPTs; they replace earlier ones. `lens` are their lengths in bytes; NULL: all are C
/// strings.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_default_spts(
    config: Option<&mut wxpusher_config>,
    default_spts: *const *const c_char,
    lens: *const usize,
    count: usize,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        let config = required(config, "config")?;
        // SAFETY: the caller keeps the header's rules for `default_spts` and `lens`.
        let default_spts = unsafe { texts(default_spts, lens, count, "default_spts") }?;
        config.change(|config| config.default_spts(default_spts));
        Ok(())
    })
}

/// Frees the settings. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_free(config: Option<Box<wxpusher_config>>) {
    release(config);
}
