//! `wxpusher status`, and the waiting of `send --wait`.

use std::time::{Duration, Instant};

use clap::Args as ClapArgs;
use serde_json::{Value, json};
use wxpusher::{Client, SendStatus};

use crate::context::{Context, Result, Token};
use crate::duration::duration;
use crate::exit::WAITED;
use crate::failure::Failure;
use crate::{interrupt, tr};

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub(crate) struct StatusArgs {
    /// Send record ids, as printed by `send`
    #[arg(required = true, value_name = "RECORD")]
    records: Vec<i64>,
    /// The ids are message ids (messageId of the 2022 document)
    #[arg(long)]
    message_id: bool,
    /// Wait until no status is 1 (waiting); exit status 7 after TIME (60s)
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "60s", value_parser = duration)]
    wait: Option<Duration>,
}

const HELP: &str = "\
Example:
  wxpusher status 5012345 --wait=30s

WxPusher keeps a status for 7 days. Only number 1 (waiting to be sent) is documented; the text says what the others mean.
Exit statuses: wxpusher help exit-codes";

pub(crate) fn run(context: &Context, args: &StatusArgs) -> Result {
    let client = context.client(Token::NotUsed)?;
    let by = if args.message_id { By::Message } else { By::Record };
    let (rows, failure) = query(context, &client, &args.records, by, args.wait);
    print(context, &rows);
    let document = json!({"statuses": to_json(&rows)});
    match failure {
        Some(failure) => Err(failure.with_outcome(document)),
        None => Ok(document.into()),
    }
}

/// What an id is the id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Record,
    Message,
}

pub(super) type Rows = Vec<(i64, Option<SendStatus>)>;

/// Queries the statuses, and returns them with the first error.
pub(super) fn query(
    context: &Context,
    client: &Client,
    ids: &[i64],
    by: By,
    wait: Option<Duration>,
) -> (Rows, Option<Failure>) {
    let end = wait.map(|timeout| Instant::now() + timeout);
    let mut rows = Vec::with_capacity(ids.len());
    let mut first = None;
    for &id in ids {
        if interrupt::is_set() {
            rows.push((id, None));
            continue;
        }
        let (status, failure) = query_one(context, client, id, by, end);
        rows.push((id, status));
        first = first.or(failure);
    }
    (rows, first)
}

fn query_one(
    context: &Context,
    client: &Client,
    id: i64,
    by: By,
    end: Option<Instant>,
) -> (Option<SendStatus>, Option<Failure>) {
    const FIRST_DELAY: Duration = Duration::from_millis(500);
    const MAX_DELAY: Duration = Duration::from_secs(5);
    let _guard = interrupt::guard();
    let mut delay = FIRST_DELAY;
    loop {
        let result = match by {
            By::Record => client.query_status(id),
            By::Message => client.query_message_status(id),
        };
        let status = match result {
            Ok(status) => status,
            Err(error) => return (None, Some(error.into())),
        };
        let Some(end) = end.filter(|_| status.is_waiting()) else { return (Some(status), None) };
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            let text = tr!("record {id}: still waiting to be sent (status 1)", "记录 {id}：仍在等待发送（状态 1）");
            return (Some(status), Some(Failure::new(WAITED, text)));
        }
        context.out.note_once(&tr!("waiting for record {id}", "等待记录 {id}"));
        if let Err(failure) = interrupt::sleep(delay.min(left)) {
            return (Some(status), Some(failure));
        }
        delay = (delay * 2).min(MAX_DELAY);
    }
}

pub(super) fn print(context: &Context, rows: &Rows) {
    let header = [tr!("RECORD", "发送记录"), tr!("STATUS", "状态"), tr!("TEXT", "说明")];
    let cells: Vec<_> = rows
        .iter()
        .filter_map(|(id, status)| {
            let SendStatus { code, text } = status.as_ref()?;
            let code = code.map(|code| code.to_string()).unwrap_or_default();
            Some(vec![id.into(), code.into(), text.into()])
        })
        .collect();
    if !cells.is_empty() {
        context.out.table(&header, &cells);
    }
}

pub(super) fn to_json(rows: &Rows) -> Value {
    rows.iter()
        .map(|(id, status)| {
            let (code, text) = status.as_ref().map(|SendStatus { code, text }| (*code, text)).unzip();
            json!({"id": id, "code": code.flatten(), "text": text})
        })
        .collect()
}
