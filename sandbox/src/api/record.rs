//! Runs around every route: records the call, and applies the fault that waits for it.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;

use super::envelope::{BusinessCode, Note};
use super::fault_response::apply;
use crate::call_log::{Call, Completion, RawContent};
use crate::masking::{mask_path, mask_query};
use crate::server::{NoResponse, ResetSwitch};
use crate::{Route, shared};

/// Far more than the service accepts.
const MAX_BODY_BYTES: usize = 8 * 1024 * 1024;

pub(super) async fn record(
    State((shared, route)): State<(shared::State, Option<Route>)>,
    Extension(reset): Extension<ResetSwitch>,
    request: Request,
    next: Next,
) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let fault = route.and_then(|route| {
        let mut faults = shared.faults();
        faults.take(route, |text| occurs(text, &head.uri, &body))
    });
    let call = Call {
        route,
        time: shared.world().now(),
        method: head.method.to_string(),
        path: mask_path(head.uri.path()),
        query: head.uri.query().map(mask_query),
        status: None,
        code: None,
    };
    let id = shared.calls.add(call, RawContent::new(&head.headers, &body), fault.clone());
    if fault.is_some() {
        // Other calls are over at once, and reported then.
        shared.changes.add("call", format!("{{\"id\":{id}}}"));
    }
    let request = Request::from_parts(head, Body::from(body));
    let response = match fault {
        Some(fault) => apply(fault, &reset, request, next).await,
        None => next.run(request).await,
    };
    if matches!(route, Some(Route::CreateQrcode | Route::DeleteUser | Route::RejectUser | Route::DeleteMessage)) {
        shared.world_changed();
    }
    if response.extensions().get::<NoResponse>().is_some() {
        return response;
    }
    let status = response.status().as_u16();
    let code = response.extensions().get::<BusinessCode>().map(|BusinessCode(code)| *code);
    let note = response.extensions().get::<Note>().map(|Note(note)| *note);
    let (response, content) = keep(response).await;
    shared.calls.complete(id, Completion { status, code, note, response: content });
    shared.changes.add("call", format!("{{\"id\":{id}}}"));
    response
}

/// Whether the text occurs in the path, the query or the body.
fn occurs(text: &str, uri: &hyper::Uri, body: &Bytes) -> bool {
    uri.path_and_query().is_some_and(|path| path.as_str().contains(text))
        || String::from_utf8_lossy(body).contains(text)
}

/// Reads the body of a response whose body is at hand, and leaves a slow one alone.
async fn keep(response: Response) -> (Response, RawContent) {
    let (head, body) = response.into_parts();
    if head.extensions.get::<super::fault_response::SlowBody>().is_some() {
        return (Response::from_parts(head, body), RawContent::default());
    }
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let content = RawContent::new(&head.headers, &bytes);
    (Response::from_parts(head, Body::from(bytes)), content)
}
