//! How a client is set up.

use std::ffi::c_char;
use std::mem;
use std::time::Duration;

use wxpusher::{Config, Error, Limits, Result, RetryPolicy};

use crate::boundary::{call, release};
use crate::error::wxpusher_error;
use crate::fallible::{create, status};
use crate::pointer::{array, bytes, exclusive, text, texts};

/// What the documentation of 2026 says; the default.
pub const WXPUSHER_LIMITS_CURRENT: i32 = 0;
/// What the document of 2022 says.
pub const WXPUSHER_LIMITS_2022: i32 = 1;

/// Characters of `content`, at most.
pub const WXPUSHER_LIMIT_CONTENT_CHARS: i32 = 1;
/// UTF-8 bytes of `content`, at most.
pub const WXPUSHER_LIMIT_CONTENT_BYTES: i32 = 2;
/// Characters of `summary`, at most.
pub const WXPUSHER_LIMIT_SUMMARY_CHARS: i32 = 3;
/// Characters of `url`, at most.
pub const WXPUSHER_LIMIT_URL_CHARS: i32 = 4;
/// Uids in one call, at most. Also the size of a batch of a broadcast.
pub const WXPUSHER_LIMIT_UIDS: i32 = 5;
/// Topics in one call, at most.
pub const WXPUSHER_LIMIT_TOPIC_IDS: i32 = 6;
/// SPTs in one call, at most.
pub const WXPUSHER_LIMIT_SPTS: i32 = 7;
/// Characters of a QR code's `extra`, at most.
pub const WXPUSHER_LIMIT_EXTRA_CHARS: i32 = 8;
/// Seconds a QR code may live, at most.
pub const WXPUSHER_LIMIT_VALID_TIME: i32 = 9;
/// Users on one page, at most.
pub const WXPUSHER_LIMIT_PAGE_SIZE: i32 = 10;

/// The settings of a client. Everything has a default.
///
/// Setters change it and may not run while another thread uses it; a client takes a copy.
#[derive(Debug, Default)]
pub struct wxpusher_config {
    pub(crate) config: Config,
}

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
        other => return Err(Error::invalid_argument("which", format!("{other} is none of WXPUSHER_LIMIT_…"))),
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

/// New settings: no token, the real WxPusher, 5 s to connect, 15 s in all, 3 tries for what may be repeated.
///
/// The caller's to free with wxpusher_config_free. Never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_config_new() -> *mut wxpusher_config {
    call(|| Box::into_raw(Box::default()))
}

/// New settings from the environment: WXPUSHER_APP_TOKEN, WXPUSHER_UIDS and WXPUSHER_TOPIC_IDS (separated by `;`, for
/// messages without target), WXPUSHER_SPT_LIST (separated by `,`, for simple pushes without token),
/// WXPUSHER_BASE_URL.
///
/// `*config` is the caller's to free with wxpusher_config_free. Must not run while another thread changes the
/// environment. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT naming the variable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_from_env(
    config: *mut *mut wxpusher_config,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe { create(config, "config", error, || Ok(wxpusher_config { config: Config::from_env()? })) }
}

/// The app's token. Simple pushes, status queries and a few more need none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_app_token(
    config: *mut wxpusher_config,
    app_token: *const c_char,
    app_token_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config`, `app_token` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            let app_token = text(app_token, app_token_len, "app_token")?;
            config.change(|config| config.app_token(app_token));
            Ok(())
        })
    }
}

/// Where WxPusher is; may have a path. https, or http on a loopback host. Checked when a client is made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_base_url(
    config: *mut wxpusher_config,
    base_url: *const c_char,
    base_url_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config`, `base_url` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            let base_url = text(base_url, base_url_len, "base_url")?;
            config.change(|config| config.base_url(base_url));
            Ok(())
        })
    }
}

/// Allows http to hosts other than this machine. Tokens then travel readable for everybody on the way.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_allow_plain_http(
    config: *mut wxpusher_config,
    allow: bool,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.change(|config| config.allow_plain_http(allow));
            Ok(())
        })
    }
}

/// The time for finding the host, connecting and the TLS handshake together, in milliseconds: 1 to one day, 5000 by
/// default. Checked when a client is made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_connect_timeout_ms(
    config: *mut wxpusher_config,
    ms: u64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.change(|config| config.connect_timeout(Duration::from_millis(ms)));
            Ok(())
        })
    }
}

/// The time for a whole call, all tries and the waits between them included, in milliseconds: 1 to one day, 15000 by
/// default. Checked when a client is made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_timeout_ms(
    config: *mut wxpusher_config,
    ms: u64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.change(|config| config.timeout(Duration::from_millis(ms)));
            Ok(())
        })
    }
}

/// Sets the number of retries after the first attempt of a request that may be repeated. 2 by default; 0 means none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_max_retries(
    config: *mut wxpusher_config,
    max_retries: u32,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.set_retry(|retry| RetryPolicy { max_retries, ..retry });
            Ok(())
        })
    }
}

/// Sets the maximum delay before the first retry, in milliseconds; the delay is random, and the maximum doubles with each
/// retry. 200 by default, 1 day at most (checked when a client is made).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_base_delay_ms(
    config: *mut wxpusher_config,
    ms: u64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.set_retry(|retry| RetryPolicy { base_delay: Duration::from_millis(ms), ..retry });
            Ok(())
        })
    }
}

/// Sets the maximum delay before any retry, in milliseconds; a longer `Retry-After` of the server is respected. 5000 by
/// default, 1 day at most (checked when a client is made).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_max_delay_ms(
    config: *mut wxpusher_config,
    ms: u64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.set_retry(|retry| RetryPolicy { max_delay: Duration::from_millis(ms), ..retry });
            Ok(())
        })
    }
}

/// Makes single sends wait for the rate limit (true). False by default; broadcasts always wait for it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_rate_limit_sends(
    config: *mut wxpusher_config,
    rate_limit_sends: bool,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.change(|config| config.rate_limit_sends(rate_limit_sends));
            Ok(())
        })
    }
}

/// Sets the number of calls that the rate limit allows in a window, at least 1 (checked when a client is made). 20 by
/// default. The limit holds for all clients of this process with the same app token, number of calls and window.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_rate_limit_calls(
    config: *mut wxpusher_config,
    rate_limit_calls: u32,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.change(|config| config.rate_limit_calls(rate_limit_calls));
            Ok(())
        })
    }
}

/// Sets the window of the rate limit, in milliseconds. 10000 by default, 1 day at most (checked when a client is made).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_rate_limit_window_ms(
    config: *mut wxpusher_config,
    ms: u64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.change(|config| config.rate_limit_window(Duration::from_millis(ms)));
            Ok(())
        })
    }
}

/// Takes a whole table of limits: one of WXPUSHER_LIMITS_…
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_limits(
    config: *mut wxpusher_config,
    preset: i32,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.set_limits(match preset {
                WXPUSHER_LIMITS_CURRENT => Limits::CURRENT,
                WXPUSHER_LIMITS_2022 => Limits::YEAR_2022,
                other => {
                    return Err(Error::invalid_argument("preset", format!("{other} is none of WXPUSHER_LIMITS_…")));
                }
            });
            Ok(())
        })
    }
}

/// Changes one limit, one of WXPUSHER_LIMIT_…, because the server's move over the years.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_limit(
    config: *mut wxpusher_config,
    which: i32,
    value: u64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            let limits = limited(config.config.get_limits(), which, value)?;
            config.set_limits(limits);
            Ok(())
        })
    }
}

/// Goes through this HTTP proxy, `http://[user:password@]host:port`. Without it the environment's HTTPS_PROXY,
/// ALL_PROXY, HTTP_PROXY and NO_PROXY hold, but never for a loopback host. Checked when a client is made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_proxy(
    config: *mut wxpusher_config,
    proxy: *const c_char,
    proxy_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config`, `proxy` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            let proxy = text(proxy, proxy_len, "proxy")?;
            config.change(|config| config.proxy(proxy));
            Ok(())
        })
    }
}

/// Goes through no proxy, whatever the environment says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_no_proxy(
    config: *mut wxpusher_config,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.change(Config::no_proxy);
            Ok(())
        })
    }
}

/// Trusts the certificates in this PEM text, and no others. By default the roots that Mozilla trusts. Checked when a
/// client is made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_ca_pem(
    config: *mut wxpusher_config,
    pem: *const c_char,
    pem_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config`, `pem` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            let pem = bytes(pem, pem_len, "ca_pem")?;
            config.change(|config| config.ca_pem(pem));
            Ok(())
        })
    }
}

/// Like wxpusher_config_set_ca_pem, from a file, which is read at once. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT when
/// it cannot be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_ca_file(
    config: *mut wxpusher_config,
    ca_file: *const c_char,
    ca_file_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config`, `ca_file` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            let ca_file = text(ca_file, ca_file_len, "ca_file")?;
            config.config = config.config.clone().ca_file(ca_file)?;
            Ok(())
        })
    }
}

/// Puts this behind the library's own name in the User-Agent header; printable ASCII. Checked when a client is made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_user_agent(
    config: *mut wxpusher_config,
    user_agent: *const c_char,
    user_agent_len: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config`, `user_agent` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            let user_agent = text(user_agent, user_agent_len, "user_agent")?;
            config.change(|config| config.user_agent(user_agent));
            Ok(())
        })
    }
}

/// How often wxpusher_client_wait_for_scan asks, in milliseconds: 10000 by default, and never less but on a loopback
/// host, because WxPusher bans accounts for that. Checked when a client is made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_scan_interval_ms(
    config: *mut wxpusher_config,
    ms: u64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            config.change(|config| config.scan_interval(Duration::from_millis(ms)));
            Ok(())
        })
    }
}

/// The users that messages without any target go to, instead of those set before. `lens` is NULL or has the lengths;
/// without it the texts are NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_default_uids(
    config: *mut wxpusher_config,
    default_uids: *const *const c_char,
    lens: *const usize,
    count: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config`, `default_uids`, `lens` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            let default_uids = texts(default_uids, lens, count, "default_uids")?;
            config.change(|config| config.default_uids(default_uids));
            Ok(())
        })
    }
}

/// The topics that messages without any target go to, instead of those set before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_default_topic_ids(
    config: *mut wxpusher_config,
    default_topic_ids: *const i64,
    count: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config`, `default_topic_ids` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            let topic_ids = array(default_topic_ids, count, "default_topic_ids")?;
            config.change(|config| config.default_topic_ids(topic_ids.iter().copied()));
            Ok(())
        })
    }
}

/// Whom simple pushes without any token go to, instead of those set before. `lens` is NULL or has the lengths;
/// without it the texts are NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_set_default_spts(
    config: *mut wxpusher_config,
    default_spts: *const *const c_char,
    lens: *const usize,
    count: usize,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `config`, `default_spts`, `lens` and `error`.
    unsafe {
        status(error, || {
            let config = exclusive(config, "config")?;
            let default_spts = texts(default_spts, lens, count, "default_spts")?;
            config.change(|config| config.default_spts(default_spts));
            Ok(())
        })
    }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_config_free(config: *mut wxpusher_config) {
    // SAFETY: the caller gives up `config`, which is NULL or came from this library.
    unsafe { release(config) }
}
