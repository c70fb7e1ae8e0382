//! Comparing a request with the one the case expects.

use percent_encoding::percent_decode_str;

use super::request::{Incoming, Request};
use crate::case::ExpectedRequest;
use crate::{compare, strict_json};

/// A short name for an expected request.
pub(super) fn name(expected: &ExpectedRequest) -> String {
    if expected.tls_client_hello {
        "a TLS handshake".to_owned()
    } else {
        format!("{} {}", expected.method, expected.path)
    }
}

/// Everything that is not as expected.
pub(super) fn differences(expected: &ExpectedRequest, incoming: &Incoming) -> Vec<String> {
    match incoming {
        Incoming::TlsClientHello if expected.tls_client_hello => Vec::new(),
        Incoming::Http(request) if !expected.tls_client_hello => {
            let mut problems = Vec::new();
            request_line(expected, request, &mut problems);
            headers(expected, request, &mut problems);
            body(expected, request, &mut problems);
            problems
        }
        other => vec![format!("expected {}, got {other}", name(expected))],
    }
}

fn request_line(expected: &ExpectedRequest, request: &Request, problems: &mut Vec<String>) {
    if expected.method != request.method {
        problems.push(format!("method: expected {}, got {}", expected.method, request.method));
    }
    if expected.path != request.path {
        problems.push(format!("path: expected {}, got {}", expected.path, request.path));
    }
    if let Some(raw) = &expected.raw_query {
        if request.query.as_ref() != Some(raw) {
            problems.push(format!("query: expected {raw}, got {}", request.query.as_deref().unwrap_or("none")));
        }
        return;
    }
    let pairs = match request.query.as_deref().map(decode).transpose() {
        Ok(pairs) => pairs.unwrap_or_default(),
        Err(problem) => return problems.push(problem),
    };
    let expected_pairs = expected.query.clone().unwrap_or_default();
    if pairs != expected_pairs || (request.query.is_some() && pairs.is_empty()) {
        problems.push(format!(
            "query: expected {}, got {}",
            show(&expected_pairs),
            request.query.as_ref().map_or("none".to_owned(), |_| show(&pairs))
        ));
    }
}

fn decode(query: &str) -> Result<Vec<(String, String)>, String> {
    query
        .split('&')
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let text = |part: &str| {
                percent_decode_str(part)
                    .decode_utf8()
                    .map(|text| text.into_owned())
                    .map_err(|_| format!("query: {part} is not percent-encoded UTF-8"))
            };
            Ok((text(key)?, text(value)?))
        })
        .collect()
}

fn show(pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        return "none".to_owned();
    }
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
    compare::shorten(&pairs.join(" & "))
}

fn headers(expected: &ExpectedRequest, request: &Request, problems: &mut Vec<String>) {
    if request.header("host").len() != 1 {
        problems.push("header host: expected exactly one".to_owned());
    }
    for (name, rule) in &expected.headers {
        let values = request.header(name);
        if rule.get("$absent").is_some() {
            if !values.is_empty() {
                problems.push(format!("header {name}: expected none, got {values:?}"));
            }
            continue;
        }
        match values.as_slice() {
            [value] => compare::differences(&format!("header {name}"), rule, &(*value).into(), problems),
            _ => problems.push(format!("header {name}: expected one, got {values:?}")),
        }
    }
}

fn body(expected: &ExpectedRequest, request: &Request, problems: &mut Vec<String>) {
    let Some(json) = &expected.json else {
        if !request.body.is_empty() {
            let body = String::from_utf8_lossy(&request.body);
            problems.push(format!("body: expected none, got {}", compare::shorten(&body)));
        }
        return;
    };
    let types = request.header("content-type");
    if !matches!(types.as_slice(), [one] if one.starts_with("application/json")) {
        problems.push(format!("header content-type: expected application/json, got {types:?}"));
    }
    match strict_json::parse(&request.body) {
        Ok(body) => compare::exactly("json", json, &body, problems),
        Err(error) => problems.push(format!("body: not JSON: {error}")),
    }
}
