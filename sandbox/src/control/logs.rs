//! The logs of calls and callbacks.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use hyper::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::{Value, json};

use super::json::{JsonResult, Parameters, pretty};
use super::stream::{ArrayWriter, channel};
use super::wait::WaitParameters;
use crate::call_log::CallFilter;
use crate::{CallbackRecord, Error, Route, shared};

/// How many calls are read at once.
const PIECE: usize = 50;

#[derive(Deserialize)]
pub(super) struct LogParameters {
    after: Option<u64>,
    route: Option<Route>,
    contains: Option<String>,
    limit: Option<usize>,
    wait: Option<String>,
    count: Option<usize>,
}

impl LogParameters {
    fn filter(&self) -> CallFilter {
        CallFilter { after: self.after.unwrap_or(0), route: self.route, contains: self.contains.clone() }
    }

    fn wait(&self) -> WaitParameters {
        WaitParameters { wait: self.wait.clone(), count: self.count }
    }
}

/// All calls, the oldest first. With `after` and `limit` the first ones after that id; with `limit`
/// alone the newest ones.
pub(super) async fn calls(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<LogParameters>,
) -> Result<Response, Error> {
    let mut filter = parameters.filter();
    parameters.wait().until(&shared, || Ok(shared.calls.count(&filter))).await?;
    let mut left = parameters.limit.unwrap_or(usize::MAX);
    if filter.after == 0 {
        let skip = shared.calls.count(&filter).saturating_sub(left);
        filter.after = shared.calls.id_before(&filter, skip);
    }
    let (sender, body): (_, Body) = channel();
    tokio::spawn(async move {
        let mut array = ArrayWriter::default();
        while left > 0 {
            let page = shared.calls.page(&filter, PIECE.min(left));
            let Some(last) = page.last() else { break };
            filter.after = last.id;
            left -= page.len();
            // Fails if the reader is gone.
            if sender.send(array.items(&page)).await.is_err() {
                return;
            }
            tokio::task::yield_now().await;
        }
        let _ = sender.send(array.end()).await;
    });
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}

pub(super) async fn latest_call(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<LogParameters>,
) -> JsonResult {
    let filter = parameters.filter();
    parameters.wait().until(&shared, || Ok(shared.calls.count(&filter))).await?;
    pretty(shared.calls.latest(&filter).ok_or_else(|| Error::unknown("call", "that matches"))?)
}

pub(super) async fn clear_calls(State(shared): State<shared::State>) -> JsonResult {
    shared.calls.clear();
    shared.world_changed();
    pretty(Value::Array(Vec::new()))
}

fn matching(shared: &shared::State, parameters: &LogParameters) -> Vec<CallbackRecord> {
    let callbacks = shared.callbacks();
    let matches = |record: &&CallbackRecord| {
        record.id > parameters.after.unwrap_or(0)
            && parameters.contains.as_deref().is_none_or(|text| record.report.body.to_string().contains(text))
    };
    callbacks.records().filter(matches).cloned().collect()
}

pub(super) async fn callbacks(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<LogParameters>,
) -> JsonResult {
    parameters.wait().until(&shared, || Ok(matching(&shared, &parameters).len())).await?;
    let mut records = matching(&shared, &parameters);
    if let Some(limit) = parameters.limit {
        let skip = if parameters.after.is_some() { 0 } else { records.len().saturating_sub(limit) };
        records.drain(..skip);
        records.truncate(limit);
    }
    pretty(records)
}

pub(super) async fn latest_callback(
    State(shared): State<shared::State>,
    Parameters(parameters): Parameters<LogParameters>,
) -> JsonResult {
    parameters.wait().until(&shared, || Ok(matching(&shared, &parameters).len())).await?;
    pretty(matching(&shared, &parameters).pop().ok_or_else(|| Error::unknown("callback", "that matches"))?)
}

pub(super) async fn clear_callbacks(State(shared): State<shared::State>) -> JsonResult {
    shared.callbacks().clear();
    shared.world_changed();
    pretty(Value::Array(Vec::new()))
}

pub(super) async fn resend_callback(State(shared): State<shared::State>, Path(id): Path<String>) -> JsonResult {
    let id = id.parse().map_err(|_| Error::invalid("id", format!("must be a number (got {id:?})")))?;
    let report = shared.resend_callback(id).await?;
    pretty(json!(report))
}
