//! `/sandbox/events`: what changes, as server-sent events.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use hyper::HeaderMap;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde::Deserialize;

use super::json::Parameters;
use super::stream::channel;
use crate::change_log::Change;
use crate::{Error, shared};

/// How often a comment is sent, so that broken connections are noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);
const PIECE: usize = 100;

#[derive(Deserialize)]
pub(super) struct EventParameters {
    after: Option<u64>,
}

/// Begins after `Last-Event-ID`, or after `?after=`, or now. If events before that are no longer
/// kept, an event `reset` comes first: read everything again.
pub(super) async fn events(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<EventParameters>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let last = match headers.get("last-event-id").map(|id| id.to_str().unwrap_or_default()) {
        Some(id) => Some(id.parse().map_err(|_| Error::invalid("Last-Event-ID", "must be the id of an event"))?),
        None => parameters.after,
    };
    let mut next = last.unwrap_or_else(|| shared.changes.newest());
    let (sender, body) = channel();
    tokio::spawn(async move {
        let mut newest = shared.changes.watch();
        let first = format!(": events of a WxPusher sandbox\nretry: 1000\nid: {next}\n\n");
        if sender.send(first.into()).await.is_err() {
            return;
        }
        loop {
            newest.mark_unchanged();
            let (changes, missed) = shared.changes.after(next, PIECE);
            let mut text = String::new();
            // Ids of another sandbox at this address are too high.
            if missed || next > shared.changes.newest() {
                next = changes.first().map_or_else(|| shared.changes.newest(), |first| first.id - 1);
                text.push_str("event: reset\ndata: {}\n\n");
            }
            for Change { id, kind, data } in &changes {
                text.push_str(&format!("id: {id}\nevent: {kind}\ndata: {data}\n\n"));
                next = *id;
            }
            if !text.is_empty() {
                if sender.send(text.into()).await.is_err() {
                    return;
                }
                continue;
            }
            tokio::select! {
                _ = newest.changed() => {}
                () = sender.closed() => return,
                () = tokio::time::sleep(HEARTBEAT) => {
                    if sender.send(Bytes::from_static(b": \n\n")).await.is_err() {
                        return;
                    }
                }
            }
        }
    });
    let headers = [(CONTENT_TYPE, "text/event-stream"), (CACHE_CONTROL, "no-cache")];
    Ok((headers, body).into_response())
}
