//! Protects the sandbox from web pages that a developer's browser shows.
//!
//! Without it any web page could call `http://127.0.0.1:9797/sandbox/…`, and, by DNS rebinding, read
//! the responses. Programs are not affected: they send no `Origin` and no `Sec-Fetch-Site`, and
//! their `Host` is the address they connect to.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::{Method, StatusCode};

use crate::shared;

/// Which `Host` names are accepted besides the local ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guard {
    allowed_hosts: Vec<String>,
}

impl Guard {
    pub(crate) fn new(allowed_hosts: Vec<String>) -> Self {
        Self { allowed_hosts: allowed_hosts.iter().map(|host| host.to_ascii_lowercase()).collect() }
    }

    fn accepts_host(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        let is_ip = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        let is_single_label = !name.is_empty() && !name.contains('.');
        is_ip || is_single_label || name.ends_with(".localhost") || self.allowed_hosts.contains(&name)
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

pub(crate) async fn guard(State(shared): State<shared::State>, request: Request, next: Next) -> Response {
    let host = header(request.headers(), HOST.as_str());
    if host.is_some_and(|host| !shared.guard.accepts_host(host)) {
        return refuse(
            StatusCode::MISDIRECTED_REQUEST,
            "the Host header must be an IP address, localhost, a name without dots, or a name given by --allow-host",
        );
    }
    if is_protected(request.method(), request.uri().path()) && is_cross_site(request.headers()) {
        return refuse(StatusCode::FORBIDDEN, "requests from pages of other sites are refused");
    }
    next.run(request).await
}

/// Everything that changes something or shows secrets. The front page and pictures are not
/// protected, and neither are GET requests of the API that only read: those need the app token.
fn is_protected(method: &Method, path: &str) -> bool {
    let control = ["/sandbox", "/_ui"]
        .iter()
        .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    // These GET requests send messages.
    let sends = path.starts_with("/api/send/message");
    control || !reads || sends
}

fn is_cross_site(headers: &HeaderMap) -> bool {
    let site = header(headers, "sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return true;
    }
    let Some(origin) = header(headers, ORIGIN.as_str()) else { return false };
    let same = header(headers, HOST.as_str())
        .is_some_and(|host| [format!("http://{host}"), format!("https://{host}")].contains(&origin.to_owned()));
    !same
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    // A value that is no text matches nothing that is accepted.
    headers.get(name).map(|value| value.to_str().unwrap_or("invalid.invalid"))
}

fn refuse(status: StatusCode, reason: &str) -> Response {
    (status, format!("{reason}\n")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_names_and_allowed_names_are_accepted() {
        let guard = Guard::new(vec!["Sandbox.Example.COM".to_owned()]);
        for host in [
            "127.0.0.1:9797",
            "localhost",
            "LOCALHOST:1",
            "[::1]:9797",
            "[::1]",
            "10.1.2.3",
            "sandbox:80",
            "app.localhost:9797",
            "sandbox.example.com:9797",
        ] {
            assert!(guard.accepts_host(host), "{host}");
        }
        for host in ["example.com", "evil.example.com:9797", "127.0.0.1.evil.com", "", ":80"] {
            assert!(!guard.accepts_host(host), "{host}");
        }
    }

    #[test]
    fn control_writes_and_sends_are_protected_and_reads_are_not() {
        for (method, path) in [
            (Method::GET, "/sandbox"),
            (Method::GET, "/sandbox/world"),
            (Method::GET, "/_ui/app.js"),
            (Method::POST, "/api/send/message"),
            (Method::PUT, "/api/fun/reject"),
            (Method::GET, "/api/send/message/"),
            (Method::GET, "/api/send/message/SPT_x/y"),
        ] {
            assert!(is_protected(&method, path), "{method} {path}");
        }
        for path in ["/", "/sandboxes", "/api/qrcode/x.jpg", "/api/fun/wxuser/v2"] {
            assert!(!is_protected(&Method::GET, path), "{path}");
        }
    }
}
