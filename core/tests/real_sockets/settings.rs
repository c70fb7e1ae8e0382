//! Settings are checked when the client is created, and errors name the setting.

use std::time::Duration;

use wxpusher::{Client, Config, RetryPolicy};

fn refused(config: Config) -> String {
    Client::with_config(config).unwrap_err().to_string()
}

#[test]
fn errors_name_the_setting_and_what_is_allowed() {
    let day = Duration::from_secs(24 * 60 * 60);
    let delay = |base_delay| Config::new().retry(RetryPolicy { base_delay, ..RetryPolicy::default() });
    let cases = [
        (
            Config::new().base_url("wxpusher"),
            "`base_url`: must be a URL with scheme and host, for example https://host",
        ),
        (Config::new().base_url("ftp://host"), "`base_url`: must be https, or http for this machine"),
        (
            Config::new().base_url("http://wxpusher.example"),
            "`base_url`: must be https, except for this machine; allow_plain_http permits http for any host",
        ),
        (Config::new().app_token(" "), "`app_token`: must not be empty"),
        (Config::new().app_token("AT_a AT_b"), "`app_token`: must not contain separators or white space"),
        (Config::new().timeout(Duration::ZERO), "`timeout`: must be between 1 ms and 1 day (got 0 ms)"),
        (
            Config::new().timeout(Duration::MAX),
            &format!("`timeout`: must be between 1 ms and 1 day (got {} ms)", Duration::MAX.as_millis()),
        ),
        (delay(day * 2), "`base_delay`: must be between 0 ms and 1 day (got 172800000 ms)"),
        (
            Config::new().scan_interval(Duration::from_secs(1)),
            "`scan_interval`: must be at least 10000 ms (got 1000 ms)",
        ),
        (Config::new().rate_limit_calls(0), "`rate_limit_calls`: must be between 1 and 4294967295 (got 0)"),
        (
            Config::new().rate_limit_window(Duration::ZERO),
            "`rate_limit_window`: must be between 1 ms and 1 day (got 0 ms)",
        ),
        (Config::new().user_agent("名"), "`user_agent`: must be printable ASCII"),
        (Config::new().proxy("socks5://h:1"), "`proxy`: SOCKS proxies are not supported, only http:// ones"),
        (Config::new().proxy("::"), "`proxy`: must have the form http://[user:password@]host:port"),
        (Config::new().ca_pem("nothing"), "`ca_pem`: must contain a certificate"),
    ];
    for (config, text) in cases {
        assert_eq!(refused(config), format!("invalid argument {text}"));
    }
    let allowed = Config::new().base_url("http://wxpusher.example").allow_plain_http(true);
    assert!(Client::with_config(allowed).is_ok());
    assert!(
        Config::new().ca_file("/no/such/file").unwrap_err().to_string().contains("`ca_file`: cannot read /no/such")
    );
}
