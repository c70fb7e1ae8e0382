//! Stands before every route: records the call, and makes it go wrong when a fault is waiting.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use tokio::time::Sleep;

use super::envelope::{BusinessCode, Note, Reply};
use crate::calls::{Call, mask_path, mask_query};
use crate::faults::{CannedAnswer, Fault, FaultKind};
use crate::server::{NoAnswer, Tear};
use crate::{Route, shared};

pub(super) async fn spoil(
    State((shared, route)): State<(shared::State, Option<Route>)>,
    Extension(tear): Extension<Tear>,
    request: Request,
    next: Next,
) -> Response {
    let number = shared.calls.arrived(Call {
        route,
        time: shared.world().now(),
        method: request.method().to_string(),
        path: mask_path(request.uri().path()),
        query: request.uri().query().map(mask_query),
        status: None,
        code: None,
    });
    let fault = route.and_then(|route| shared.faults().take(route));
    let response = match fault {
        Some(fault) => go_wrong(fault, &tear, request, next).await,
        None => next.run(request).await,
    };
    if response.extensions().get::<NoAnswer>().is_none() {
        let code = response.extensions().get::<BusinessCode>();
        let code = code.map(|BusinessCode(code)| *code);
        let note = response.extensions().get::<Note>().map(|Note(note)| *note);
        shared.calls.answered(number, response.status().as_u16(), code, note);
    }
    response
}

async fn go_wrong(fault: Fault, tear: &Tear, request: Request, next: Next) -> Response {
    if fault.carried_out {
        let answer = next.run(request).await;
        instead(fault.kind, tear, async { answer }).await
    } else {
        instead(fault.kind, tear, next.run(request)).await
    }
}

/// What the caller gets in place of `answer`, which is awaited only by kinds that need it.
async fn instead(kind: FaultKind, tear: &Tear, answer: impl Future<Output = Response>) -> Response {
    match kind {
        FaultKind::Delay { ms } => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            answer.await
        }
        FaultKind::Hang => std::future::pending().await,
        FaultKind::Close => no_answer(),
        FaultKind::Reset => {
            tear.down();
            no_answer()
        }
        FaultKind::HalfBody => spoil_body(answer.await, Pieces::half).await,
        FaultKind::SlowDrip { bytes, ms } => {
            let every = Duration::from_millis(ms);
            spoil_body(answer.await, |body| Pieces::drip(&body, bytes, every)).await
        }
        FaultKind::Status(status) => gateway_page(status),
        FaultKind::Answer(canned) => canned_response(canned),
        FaultKind::Code { code, msg } => Reply::failure(code, &msg).into_response(),
    }
}

fn no_answer() -> Response {
    let mut response = Response::default();
    response.extensions_mut().insert(NoAnswer);
    response
}

fn gateway_page(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let page = format!("<html><body><h1>{status}</h1></body></html>\n");
    (status, [(CONTENT_TYPE, "text/html")], page).into_response()
}

fn canned_response(canned: CannedAnswer) -> Response {
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

async fn spoil_body(answer: Response, cut: impl FnOnce(Bytes) -> Pieces) -> Response {
    let (head, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    Response::from_parts(head, Body::new(cut(body)))
}

/// A body that announces its whole length and comes in pieces.
struct Pieces {
    announced: u64,
    waiting: VecDeque<Bytes>,
    pause: Duration,
    /// Running before each piece, and before the end of a body that breaks off.
    sleep: Option<Pin<Box<Sleep>>>,
    breaks_off: bool,
}

impl Pieces {
    fn half(mut body: Bytes) -> Self {
        let announced = body.len() as u64;
        body.truncate(body.len() / 2);
        Self {
            announced,
            waiting: VecDeque::from([body]),
            // Long enough for the first half to be flushed before the connection goes.
            pause: Duration::from_millis(1),
            sleep: None,
            breaks_off: true,
        }
    }

    fn drip(body: &Bytes, bytes: usize, pause: Duration) -> Self {
        Self {
            announced: body.len() as u64,
            waiting: body.chunks(bytes).map(Bytes::copy_from_slice).collect(),
            pause,
            sleep: None,
            breaks_off: false,
        }
    }
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = NoAnswer;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, NoAnswer>>> {
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
            None => Err(NoAnswer),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.waiting.is_empty() && !self.breaks_off
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}
