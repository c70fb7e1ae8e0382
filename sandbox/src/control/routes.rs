//! The routes of the control API. The help page, the check of query parameters and the test of the
//! OpenAPI document use this list.

/// A route of the control API.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ControlRoute {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// The query parameters that it accepts; others are refused.
    pub(crate) parameters: &'static [&'static str],
}

const fn route(method: &'static str, path: &'static str, parameters: &'static [&'static str]) -> ControlRoute {
    ControlRoute { method, path, parameters }
}

pub(crate) const ROUTES: &[ControlRoute] = &[
    route("GET", "/", &[]),
    route("GET", "/sandbox", &[]),
    route("GET", "/sandbox/health", &[]),
    route("GET", "/sandbox/openapi.json", &[]),
    route("GET", "/sandbox/world", &["users"]),
    route("POST", "/sandbox/seed", &[]),
    route("GET", "/sandbox/export", &[]),
    route("POST", "/sandbox/import", &[]),
    route("POST", "/sandbox/reset", &[]),
    route("GET", "/sandbox/people", &["contains", "limit"]),
    route("DELETE", "/sandbox/people/{uid}", &[]),
    route("POST", "/sandbox/callback-url", &[]),
    route("POST", "/sandbox/callback-test", &[]),
    route("GET", "/sandbox/qrcodes", &["limit"]),
    route("GET", "/sandbox/qrcodes/{code}", &[]),
    route("GET", "/sandbox/orders", &[]),
    route("POST", "/sandbox/scan", &["wait"]),
    route("POST", "/sandbox/subscribe", &["wait"]),
    route("POST", "/sandbox/unsubscribe", &[]),
    route("POST", "/sandbox/command", &["wait"]),
    route("POST", "/sandbox/entry-link", &[]),
    route("POST", "/sandbox/pay", &["wait"]),
    route("POST", "/sandbox/refund", &["wait"]),
    route("GET", "/sandbox/inbox/{uid}", &["after", "contains", "limit", "wait", "count"]),
    route("DELETE", "/sandbox/inbox/{uid}", &[]),
    route("GET", "/sandbox/inbox/{uid}/latest", &["after", "contains", "wait"]),
    route("GET", "/sandbox/inbox/{uid}/{id}", &[]),
    route("GET", "/sandbox/inbox/{uid}/{id}/page", &["remote"]),
    route("GET", "/sandbox/clock", &[]),
    route("POST", "/sandbox/clock", &[]),
    route("GET", "/sandbox/rate-limit", &[]),
    route("POST", "/sandbox/rate-limit", &[]),
    route("GET", "/sandbox/faults", &[]),
    route("POST", "/sandbox/faults", &[]),
    route("DELETE", "/sandbox/faults", &[]),
    route("GET", "/sandbox/calls", &["after", "route", "contains", "limit", "wait", "count"]),
    route("DELETE", "/sandbox/calls", &[]),
    route("GET", "/sandbox/calls/latest", &["after", "route", "contains", "wait"]),
    route("GET", "/sandbox/callbacks", &["after", "contains", "limit", "wait", "count"]),
    route("DELETE", "/sandbox/callbacks", &[]),
    route("GET", "/sandbox/callbacks/latest", &["after", "contains", "wait"]),
    route("POST", "/sandbox/callbacks/{id}/resend", &[]),
    route("GET", "/sandbox/events", &["after"]),
];
