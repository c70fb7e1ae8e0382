//! Response bodies that are made piece by piece, so that a slow reader or a long response does not
//! hold up other calls.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame};
use serde::Serialize;
use tokio::sync::mpsc;

/// How many pieces wait for a slow reader.
const WAITING: usize = 2;

/// The body is what is sent to the sender, until the sender is dropped.
pub(super) fn channel() -> (mpsc::Sender<Bytes>, Body) {
    let (sender, receiver) = mpsc::channel(WAITING);
    (sender, Body::new(ChannelBody(receiver)))
}

struct ChannelBody(mpsc::Receiver<Bytes>);

impl HttpBody for ChannelBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// A pretty JSON array that is written in pieces.
#[derive(Default)]
pub(super) struct ArrayWriter {
    started: bool,
}

impl ArrayWriter {
    pub(super) fn items(&mut self, items: &[impl Serialize]) -> Bytes {
        let mut text = String::new();
        for item in items {
            text.push_str(if self.started { ",\n  " } else { "[\n  " });
            self.started = true;
            // Line breaks inside strings are escaped, so that all others are layout.
            let item = serde_json::to_string_pretty(item).unwrap_or_default();
            text.push_str(&item.replace('\n', "\n  "));
        }
        text.into()
    }

    pub(super) fn end(self) -> Bytes {
        Bytes::from_static(if self.started { b"\n]\n" } else { b"[]\n" })
    }
}
