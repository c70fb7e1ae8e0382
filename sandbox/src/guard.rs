//! Protects the sandbox from web pages that a developer's browser shows.
//!
//! Without it any web page could call `http://127.0.0.1:9797/sandbox/…`, and, by DNS rebinding, read
//! the responses. Programs are not affected: they send no `Origin` and no `Sec-Fetch-Site`, and
//! their `Host` is the address they connect to.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::{Method, StatusCode};

use crate::shared;

pub(crate) async fn guard(State(shared): State<shared::State>, request: Request, next: Next) -> Response {
    let host = header(request.headers(), HOST.as_str());
    if host.is_some_and(|host| !shared.hosts.accepts(host)) {
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
