//! `/sandbox/…`: everything that a tester does to the sandbox, as JSON.

mod events;
mod inbox;
mod json;
mod logs;
mod message_page;
#[cfg(feature = "ui")]
mod page;
mod routes;
mod settings;
mod stream;
mod users;
mod wait;
mod world;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Query, Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, delete, get, post};
#[cfg(feature = "ui")]
use hyper::header::ACCEPT;
use hyper::header::CONTENT_TYPE;
use hyper::{HeaderMap, StatusCode};
use serde_json::json;

use self::json::{JsonResult, failure, pretty};
use self::routes::ROUTES;
use crate::{Error, Route, shared};

/// Seeds may contain very many users.
const MAX_BODY_BYTES: usize = 256 * 1024 * 1024;

const OPENAPI: &str = include_str!("../../openapi.json");

pub(crate) fn router() -> Router<shared::State> {
    let router = Router::new();
    #[cfg(feature = "ui")]
    let router = router.route("/_ui/{*file}", get(page::asset));
    router
        .route("/", get(front))
        .route("/sandbox", get(help))
        .route("/sandbox/health", get(health))
        .route("/sandbox/openapi.json", get(openapi))
        .route("/sandbox/world", get(world::world))
        .route("/sandbox/seed", post(world::seed))
        .route("/sandbox/export", get(world::export))
        .route("/sandbox/import", post(world::import))
        .route("/sandbox/reset", post(world::reset))
        .route("/sandbox/people", get(world::people))
        .route("/sandbox/people/{uid}", delete(world::remove_person))
        .route("/sandbox/callback-url", post(world::callback_url))
        .route("/sandbox/callback-test", post(world::callback_test))
        .route("/sandbox/qrcodes", get(world::qrcodes))
        .route("/sandbox/qrcodes/{code}", get(world::qrcode))
        .route("/sandbox/orders", get(world::orders))
        .route("/sandbox/scan", post(users::scan))
        .route("/sandbox/subscribe", post(users::subscribe))
        .route("/sandbox/unsubscribe", post(users::unsubscribe))
        .route("/sandbox/command", post(users::command))
        .route("/sandbox/entry-link", post(users::entry_link))
        .route("/sandbox/pay", post(users::pay))
        .route("/sandbox/refund", post(users::refund))
        .route("/sandbox/inbox/{uid}", get(inbox::list).delete(inbox::clear))
        .route("/sandbox/inbox/{uid}/latest", get(inbox::latest))
        .route("/sandbox/inbox/{uid}/{id}", get(inbox::message))
        .route("/sandbox/inbox/{uid}/{id}/page", get(message_page::page))
        .route("/sandbox/clock", get(settings::clock).post(settings::advance))
        .route("/sandbox/rate-limit", get(settings::rate_limit).post(settings::set_rate_limit))
        .route("/sandbox/faults", get(settings::faults).post(settings::inject_fault).delete(settings::clear_faults))
        .route("/sandbox/calls", get(logs::calls).delete(logs::clear_calls))
        .route("/sandbox/calls/latest", get(logs::latest_call))
        .route("/sandbox/callbacks", get(logs::callbacks).delete(logs::clear_callbacks))
        .route("/sandbox/callbacks/latest", get(logs::latest_callback))
        .route("/sandbox/callbacks/{id}/resend", post(logs::resend_callback))
        .route("/sandbox/events", get(events::events))
        .layer(from_fn(check_parameters))
        .route("/sandbox/{*unknown}", any(unknown_path))
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
}

/// Refuses query parameters that the route does not have.
async fn check_parameters(path: MatchedPath, request: Request, next: Next) -> Response {
    // A HEAD request is served by the GET route.
    let method = if request.method() == hyper::Method::HEAD { "GET" } else { request.method().as_str() };
    let route = ROUTES.iter().find(|route| route.path == path.as_str() && route.method == method);
    let given: Vec<(String, String)> =
        Query::try_from_uri(request.uri()).map_or_else(|_| Vec::new(), |Query(pairs)| pairs);
    if let Some(route) = route {
        if let Some((name, _)) = given.iter().find(|(name, _)| !route.parameters.contains(&name.as_str())) {
            let known = match route.parameters {
                [] => "none".to_owned(),
                names => names.join(", "),
            };
            let error = Error::invalid("query", format!("unknown parameter {name:?}; this route has: {known}"));
            return error.into_response();
        }
    }
    next.run(request).await
}

/// The page for browsers, the help for other clients.
async fn front(state: State<shared::State>, headers: HeaderMap) -> Response {
    #[cfg(feature = "ui")]
    if headers.get(ACCEPT).is_some_and(|accept| String::from_utf8_lossy(accept.as_bytes()).contains("text/html")) {
        return page::index();
    }
    let _ = headers;
    help(state).await.into_response()
}

async fn help(State(shared): State<shared::State>) -> impl IntoResponse {
    let routes: String = Route::ALL
        .iter()
        .map(|route| format!("  {:<22}{:<7}{}\n", route.name(), route.method(), route.path()))
        .collect();
    include_str!("help.txt").replace("{url}", &shared.url).replace("{routes}", &routes)
}

async fn health(State(shared): State<shared::State>) -> JsonResult {
    pretty(json!({"status": "ok", "version": env!("CARGO_PKG_VERSION"), "url": shared.url}))
}

async fn openapi() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], OPENAPI)
}

async fn unknown_path() -> Response {
    failure(StatusCode::NOT_FOUND, "no such path: GET /sandbox lists all paths")
}

async fn wrong_method() -> Response {
    failure(StatusCode::METHOD_NOT_ALLOWED, "wrong method for this path: GET /sandbox lists all paths and methods")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    #[test]
    fn the_openapi_document_has_exactly_the_routes_and_parameters() {
        let document: Value = serde_json::from_str(OPENAPI).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        let mut documented = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
                let query: BTreeSet<String> = parameters
                    .iter()
                    .filter(|parameter| parameter["in"] == "query")
                    .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
                    .collect();
                let in_path = parameters.iter().filter(|parameter| parameter["in"] == "path").count();
                assert_eq!(in_path, path.matches('{').count(), "{method} {path}");
                assert!(operation["responses"].is_object() && operation["summary"].is_string(), "{method} {path}");
                let control = !path.starts_with("/api/");
                documented.insert((method.to_uppercase(), path.clone(), if control { query } else { BTreeSet::new() }));
            }
        }
        let control = ROUTES.iter().map(|route| {
            let parameters = route.parameters.iter().map(ToString::to_string).collect();
            (route.method.to_owned(), route.path.to_owned(), parameters)
        });
        let api = Route::ALL.iter().map(|route| (route.method().to_string(), route.path().to_owned(), BTreeSet::new()));
        assert_eq!(documented, control.chain(api).collect());
    }
}
