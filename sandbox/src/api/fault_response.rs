//! What a caller gets if a fault hits the call.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use tokio::time::Sleep;

use super::envelope::Reply;
use crate::faults::{CannedResponse, Fault, FaultKind};
use crate::server::{NoResponse, ResetSwitch};

/// Lets the call run into a fault.
pub(super) async fn apply(fault: Fault, reset: &ResetSwitch, request: Request, next: Next) -> Response {
    if fault.carried_out {
        let response = next.run(request).await;
        replace(fault.kind, reset, async { response }).await
    } else {
        replace(fault.kind, reset, next.run(request)).await
    }
}

/// What the caller gets instead of `response`, which is awaited only by kinds that need it.
async fn replace(kind: FaultKind, reset: &ResetSwitch, response: impl Future<Output = Response>) -> Response {
    match kind {
        FaultKind::Delay { ms } => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            response.await
        }
        FaultKind::Hang => std::future::pending().await,
        FaultKind::Close => no_response(),
        FaultKind::Reset => {
            reset.activate();
            no_response()
        }
        FaultKind::HalfBody => replace_body(response.await, Pieces::half).await,
        FaultKind::SlowDrip { bytes, ms } => {
            let every = Duration::from_millis(ms);
            replace_body(response.await, |body| Pieces::drip(&body, bytes, every)).await
        }
        FaultKind::Status(status) => gateway_page(status),
        FaultKind::Response(canned) => canned_response(canned),
        FaultKind::Code { code, msg } => Reply::failure(code, &msg).into_response(),
    }
}

fn no_response() -> Response {
    let mut response = Response::default();
    response.extensions_mut().insert(NoResponse);
    response
}

fn gateway_page(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let page = format!("<html><body><h1>{status}</h1></body></html>\n");
    (status, [(CONTENT_TYPE, "text/html")], page).into_response()
}

fn canned_response(canned: CannedResponse) -> Response {
    let mut response = Response::new(Body::from(canned.body));
    *response.status_mut() = StatusCode::from_u16(canned.status).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in canned.headers {
        let name = HeaderName::try_from(name);
        let value = HeaderValue::try_from(value);
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.insert(name, value);
        }
    }
    response
}

async fn replace_body(response: Response, cut: impl FnOnce(Bytes) -> Pieces) -> Response {
    let (mut head, body) = response.into_parts();
    head.extensions.insert(SlowBody);
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    Response::from_parts(head, Body::new(cut(body)))
}

/// In a response's extensions: its body takes time or breaks off, and must not be read ahead.
#[derive(Clone, Copy, Debug)]
pub(super) struct SlowBody;

/// A body that has its full length in the head and is sent in pieces.
struct Pieces {
    length: u64,
    waiting: VecDeque<Bytes>,
    pause: Duration,
    /// The pause before each piece, and before the end of a body that breaks off.
    sleep: Option<Pin<Box<Sleep>>>,
    breaks_off: bool,
}

impl Pieces {
    fn half(mut body: Bytes) -> Self {
        let length = body.len() as u64;
        body.truncate(body.len() / 2);
        Self {
            length,
            waiting: VecDeque::from([body]),
            // Long enough for the first half to be flushed before the connection is closed.
            pause: Duration::from_millis(1),
            sleep: None,
            breaks_off: true,
        }
    }

    fn drip(body: &Bytes, bytes: usize, pause: Duration) -> Self {
        Self {
            length: body.len() as u64,
            waiting: body.chunks(bytes).map(Bytes::copy_from_slice).collect(),
            pause,
            sleep: None,
            breaks_off: false,
        }
    }
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = NoResponse;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, NoResponse>>> {
        if self.waiting.is_empty() && !self.breaks_off {
            return Poll::Ready(None);
        }
        let pause = self.pause;
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        if sleep.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.sleep = None;
        Poll::Ready(Some(match self.waiting.pop_front() {
            Some(piece) => Ok(Frame::data(piece)),
            None => Err(NoResponse),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.waiting.is_empty() && !self.breaks_off
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
