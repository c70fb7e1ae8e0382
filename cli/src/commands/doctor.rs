//! `wxpusher doctor`: checks the settings and the way to WxPusher. Sends nothing, and makes one request without a token.

use std::net::ToSocketAddrs;
use std::time::{Duration, Instant, SystemTime};

use clap::Args as ClapArgs;
use serde_json::{Value, json};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use wxpusher::{Config, printable};

use crate::context::{Context, Result, Token};
use crate::exit::{LOCAL, UNREACHED};
use crate::failure::Failure;
use crate::output::Cell;
use crate::{profile, tr};

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub(crate) struct DoctorArgs {
    /// Check the settings of this machine only
    #[arg(long)]
    offline: bool,
}

const HELP: &str = "\
Checks the environment, the profile, the host name, the proxy, TLS and this machine's clock. It sends no message and no token.
Exit status 0: no problem found · 1: a problem on this machine · 5: WxPusher cannot be reached";

/// Entry links are refused beyond 10 minutes; a difference of a minute shows a clock that is not synchronized.
const MAX_SKEW: i64 = 60;

struct Report {
    checks: Vec<(String, bool, String)>,
    exit: u8,
}

impl Report {
    fn add(&mut self, name: String, result: std::result::Result<String, String>, exit: u8) {
        let is_ok = result.is_ok();
        if !is_ok && self.exit == 0 {
            self.exit = exit;
        }
        let text = result.unwrap_or_else(|text| text);
        self.checks.push((name, is_ok, printable(&text).into_owned()));
    }
}

pub(crate) fn run(context: &Context, args: &DoctorArgs) -> Result {
    let mut report = Report { checks: Vec::new(), exit: 0 };
    check_profile(context, &mut report);
    let config = context.config(Token::NotUsed).and_then(|config| {
        wxpusher::Client::with_config(config.clone())?;
        Ok(config)
    });
    match config {
        Ok(config) => {
            let token = match context.config(Token::Required) {
                Ok(_) => Ok(tr!("an app token is set", "已设置 app token")),
                Err(failure) => Err(failure.text().unwrap_or_default()),
            };
            report.add(tr!("token", "token"), token, LOCAL);
            let url = config.get_base_url().to_owned();
            report.add(tr!("base URL", "服务地址"), Ok(url), LOCAL);
            if !args.offline {
                check_network(context, &config, &mut report);
            }
        }
        Err(failure) => {
            report.add(tr!("settings", "设置"), Err(failure.text().unwrap_or_default()), LOCAL);
        }
    }
    let rows: Vec<Vec<Cell>> =
        report.checks.iter().map(|(name, is_ok, text)| vec![Cell::mark(*is_ok), name.into(), text.into()]).collect();
    context.out.table(&[], &rows);
    let checks: Value =
        report.checks.iter().map(|(name, is_ok, text)| json!({"name": name, "ok": is_ok, "text": text})).collect();
    let document = json!({"checks": checks});
    match report.exit {
        0 => Ok(document.into()),
        exit => {
            let count = report.checks.iter().filter(|(_, is_ok, _)| !is_ok).count();
            Err(Failure::new(exit, tr!("{count} problems found", "发现 {count} 个问题")).with_outcome(document))
        }
    }
}

fn check_profile(context: &Context, report: &mut Report) {
    let result = profile::path().and_then(|path| {
        let profile = profile::load(context.globals.profile.as_deref())?;
        let (place, name) = (path.display(), profile.name);
        Ok(match path.exists() {
            true => tr!("profile {name} of {place}", "{place} 的配置档 {name}"),
            false => tr!("none ({place} does not exist)", "无（{place} 不存在）"),
        })
    });
    report.add(tr!("profile", "配置档"), result.map_err(|failure| failure.text().unwrap_or_default()), LOCAL);
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"];
    // The URL of a proxy may hold a password.
    let set: Vec<_> =
        names.into_iter().filter(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())).collect();
    let text = match (&context.globals.proxy, set.as_slice()) {
        (Some(_), _) => tr!("set by --proxy", "由 --proxy 设置"),
        (None, []) => tr!("none", "无"),
        (None, names) => names.join(", "),
    };
    report.add(tr!("proxy", "代理"), Ok(text), LOCAL);
}

fn check_network(context: &Context, config: &Config, report: &mut Report) {
    let base_url = config.get_base_url();
    let (scheme, rest) = base_url.split_once("://").unwrap_or(("https", base_url));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| !port.is_empty() && !port.contains(']'));
    let address = match (has_port, scheme) {
        (true, _) => authority.to_owned(),
        (false, "http") => format!("{authority}:80"),
        (false, _) => format!("{authority}:443"),
    };
    let begin = Instant::now();
    let resolved = match address.to_socket_addrs() {
        Ok(addresses) => {
            let all: Vec<_> = addresses.map(|address| address.ip().to_string()).collect();
            let (all, ms) = (all.join(", "), begin.elapsed().as_millis());
            Ok(tr!("{all} ({ms} ms)", "{all}（{ms} 毫秒）"))
        }
        Err(error) => Err(tr!("{address} cannot be resolved: {error}", "无法解析 {address}：{error}")),
    };
    report.add("DNS".to_owned(), resolved, UNREACHED);
    let request = agent(context, config).and_then(|agent| {
        let begin = Instant::now();
        let response = agent.head(base_url).call().map_err(|error| error.to_string())?;
        Ok((response, begin.elapsed().as_millis()))
    });
    let name = if scheme == "https" { "TLS, HTTP" } else { "HTTP" };
    match request {
        Ok((response, ms)) => {
            let status = response.status();
            report.add(name.to_owned(), Ok(tr!("status {status} ({ms} ms)", "状态 {status}（{ms} 毫秒）")), UNREACHED);
            let date =
                response.headers().get("date").and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
            check_clock(date, report);
        }
        Err(error) => report.add(name.to_owned(), Err(error), UNREACHED),
    }
}

fn check_clock(date: Option<SystemTime>, report: &mut Report) {
    let seconds =
        |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs() as i64);
    let result = match date {
        None => Ok(tr!("the server sent no date", "服务器没有返回时间")),
        Some(date) => {
            let skew = seconds(SystemTime::now()) - seconds(date);
            match skew.abs() <= MAX_SKEW {
                true => Ok(tr!("differs by {skew} s from the server's", "与服务器相差 {skew} 秒")),
                false => Err(tr!(
                    "differs by {skew} s from the server's: set this machine's clock",
                    "与服务器相差 {skew} 秒：请校准本机时间"
                )),
            }
        }
    };
    report.add(tr!("clock", "时钟"), result, LOCAL);
}

/// A client of its own, because the headers of a response are not part of the library's interface.
fn agent(context: &Context, config: &Config) -> std::result::Result<ureq::Agent, String> {
    let globals = &context.globals;
    let mut builder = ureq::Agent::config_builder()
        .timeout_global(Some(config.get_timeout().max(Duration::from_secs(1))))
        .http_status_as_error(false)
        .max_redirects(0);
    if let Some(file) = &globals.ca_file {
        let pem = std::fs::read(file).map_err(|error| format!("--ca-file: {error}"))?;
        let certificates: Vec<Certificate<'static>> = parse_pem(&pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        builder = builder.tls_config(TlsConfig::builder().root_certs(RootCerts::new_with_certs(&certificates)).build());
    }
    builder = match globals.proxy.as_deref() {
        Some("none") => builder.proxy(None),
        Some(url) => builder.proxy(Some(ureq::Proxy::new(url).map_err(|error| error.to_string())?)),
        None => builder,
    };
    Ok(builder.build().new_agent())
}
