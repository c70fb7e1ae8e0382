//! `wxpusher broadcast`.

mod progress;
mod state;

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args as ClapArgs};
use serde_json::{Value, json};
use wxpusher::{Client, Config, Error, ErrorKind, Limits, Message, Sent, UserQuery, VerifyPayType};

use self::progress::Progress;
use self::state::{Batch, Outcome, StateFile};
use crate::context::{Context, Done, Result, Token};
use crate::exit::PARTLY;
use crate::failure::Failure;
use crate::input::{ContentArgs, OnLong};
use crate::outcome::{recipient, status_text};
use crate::output::{Cell, warn};
use crate::recipients::open_list;
use crate::{interrupt, prompt, tr};

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
#[command(group(ArgGroup::new("to").args(["uids", "all_users"]).required(true)))]
#[command(group(ArgGroup::new("pay").args(["paid_only", "unpaid_only"])))]
pub(crate) struct BroadcastArgs {
    #[command(flatten)]
    content: ContentArgs,
    /// File with one UID per line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    uids: Option<PathBuf>,
    /// Send to all users that are not blocked, after confirmation
    #[arg(long)]
    all_users: bool,
    /// File that records which batches were sent, so that a broken broadcast can be resumed
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Continue the broadcast of the state file with the same text and UIDs
    #[arg(long, requires = "state")]
    resume: bool,
    /// With --resume: also send batches again that may have been sent
    #[arg(long, requires = "resume")]
    retry_maybe: bool,
    /// Do not ask for confirmation
    #[arg(short, long)]
    yes: bool,
    /// Deliver only to users whose paid subscription is valid
    #[arg(long)]
    paid_only: bool,
    /// Deliver only to users without a valid paid subscription
    #[arg(long)]
    unpaid_only: bool,
}

const HELP: &str = "\
Examples:
  wxpusher broadcast 'maintenance tonight' --uids uids.txt --state tonight.state
  wxpusher broadcast 'maintenance tonight' --uids uids.txt --state tonight.state --resume
  wxpusher broadcast -f news.md --markdown --all-users --yes

Sends batches of at most 2000 UIDs within WxPusher's rate limit; duplicate UIDs are dropped. It stops at the first error that
is not about single recipients. --resume continues after it: a batch that may have been sent is skipped and listed, unless
--retry-maybe is given. Exit statuses: wxpusher help exit-codes";

/// The numbers of a broadcast.
#[derive(Debug, Default)]
struct Totals {
    batches: u64,
    accepted: u64,
    failed: u64,
    duplicates: u64,
    skipped: u64,
    maybe: Vec<u64>,
}

impl Totals {
    fn to_json(&self) -> Value {
        let Totals { batches, accepted, failed, duplicates, skipped, maybe } = self;
        json!({
            "batches": batches, "accepted": accepted, "failed": failed, "duplicates": duplicates,
            "skippedBatches": skipped, "maybeSentBatches": maybe,
        })
    }
}

pub(crate) fn run(context: &Context, args: &BroadcastArgs) -> Result {
    if args.content.on_long == OnLong::Split {
        let text = tr!("--on-long split cannot be used with broadcast", "broadcast 不能使用 --on-long split");
        return Err(Failure::usage("--on-long", text));
    }
    if args.content.reads_stdin() && args.uids.as_deref() == Some(Path::new("-")) {
        let text = tr!("--uids: standard input is the text already", "--uids：标准输入已用作内容");
        return Err(Failure::usage("--uids", text));
    }
    let config = context.config(Token::Required)?.rate_limit_sends(true);
    let message = message(args, &config)?;
    let client = Client::with_config(config)?;
    // Checks the text before anything is asked or written.
    wxpusher::Broadcaster::new(&client, message.clone())?;
    let (uids, total) = open_uids(context, args, &client)?;
    let mut state = match &args.state {
        Some(file) => Some(StateFile::open(file, args.resume, &message)?),
        None => None,
    };
    let mut totals = Totals::default();
    let result = send_batches(context, args, &client, &message, uids, total, state.as_mut(), &mut totals);
    let document = totals.to_json();
    report(context, &totals);
    let result = result.and_then(|()| match totals.failed {
        0 => Ok(()),
        failed => Err(Failure::new(PARTLY, tr!("{failed} recipients were refused", "{failed} 个接收者被拒绝"))),
    });
    match result {
        Ok(()) => Ok(Done::from(document)),
        Err(failure) => Err(failure.after_delivery(totals.accepted > 0).with_outcome(document)),
    }
}

fn message(args: &BroadcastArgs, config: &Config) -> Result<Message> {
    let mut parts = args.content.read(&config.get_limits())?;
    Ok(Message {
        content: parts.pop().unwrap_or_default(),
        content_type: args.content.content_type(),
        summary: args.content.summary.clone(),
        url: args.content.url.clone(),
        uids: Vec::new(),
        topic_ids: Vec::new(),
        verify_pay_type: match (args.paid_only, args.unpaid_only) {
            (true, _) => Some(VerifyPayType::Paid),
            (_, true) => Some(VerifyPayType::Unpaid),
            _ => None,
        },
    })
}

type Uids = Box<dyn Iterator<Item = Result<String>>>;

/// Returns the UIDs, and their number if it is known.
fn open_uids(context: &Context, args: &BroadcastArgs, client: &Client) -> Result<(Uids, Option<u64>)> {
    if let Some(file) = &args.uids {
        let is_stdin = file == Path::new("-");
        // A list is read twice, so that the progress has an end.
        let total = if is_stdin { None } else { Some(open_list(file, "--uids")?.count() as u64) };
        return Ok((open_list(file, "--uids")?, total));
    }
    context.out.note(&tr!("listing the users", "正在获取用户列表"));
    let mut seen = HashSet::new();
    let mut uids = Vec::new();
    let query = UserQuery { is_blocked: Some(false), ..UserQuery::default() };
    {
        let _guard = interrupt::guard();
        for user in client.users(query) {
            let user = user?;
            if !user.is_blocked && seen.insert(user.uid.clone()) {
                uids.push(user.uid);
            }
        }
    }
    let count = uids.len();
    prompt::confirm(context, args.yes, &tr!("Send to {count} users?", "发送给 {count} 个用户？"))?;
    Ok((Box::new(uids.into_iter().map(Ok)), Some(count as u64)))
}

/// Takes the next batch from the list.
struct Batches {
    uids: Uids,
    max: usize,
    seen: HashSet<u64>,
    hasher: RandomState,
    read: u64,
    duplicates: u64,
}

impl Batches {
    fn new(uids: Uids, limits: &Limits) -> Self {
        let (seen, hasher) = (HashSet::new(), RandomState::new());
        Self { uids, max: limits.uids, seen, hasher, read: 0, duplicates: 0 }
    }

    fn next(&mut self) -> Result<Vec<String>> {
        let mut batch = Vec::new();
        while batch.len() < self.max {
            let Some(uid) = self.uids.next() else { break };
            let uid = uid?;
            self.read += 1;
            if self.seen.insert(self.hasher.hash_one(&uid)) {
                batch.push(uid);
            } else {
                self.duplicates += 1;
            }
        }
        Ok(batch)
    }
}

#[allow(clippy::too_many_arguments, reason = "the parts of one loop")]
fn send_batches(
    context: &Context,
    args: &BroadcastArgs,
    client: &Client,
    message: &Message,
    uids: Uids,
    total: Option<u64>,
    mut state: Option<&mut StateFile>,
    totals: &mut Totals,
) -> Result<()> {
    let mut batches = Batches::new(uids, &client.config().get_limits());
    let progress = Progress::new(context, total);
    let mut first_error = None;
    for number in 1.. {
        let uids = batches.next()?;
        totals.duplicates = batches.duplicates;
        if uids.is_empty() {
            break;
        }
        let hash = state::hash(uids.iter().map(String::as_bytes));
        let recorded = state.as_ref().and_then(|state| state.batch(number));
        if let Some(recorded) = recorded {
            if recorded.hash != hash {
                let text = tr!(
                    "--resume: the UIDs of batch {number} are not those of the state file; the list must not change",
                    "--resume：第 {number} 批的 UID 与状态文件不一致；列表不能改变",
                );
                return Err(Failure::usage("--resume", text));
            }
            let is_maybe = recorded.outcome == Outcome::Maybe;
            if recorded.outcome == Outcome::Done || (is_maybe && !args.retry_maybe) {
                totals.skipped += 1;
                if is_maybe {
                    totals.maybe.push(number);
                }
                progress.advance(batches.read, totals.accepted, totals.failed);
                continue;
            }
        }
        if interrupt::is_set() {
            return Err(interrupt::interrupted());
        }
        if let Some(state) = &mut state {
            state.begin(number, &hash, uids.len())?;
        }
        let batch = Message { uids, ..message.clone() };
        let result = {
            let _guard = interrupt::guard();
            client.send(&batch)
        };
        let sent = count(&batch, &result);
        if let Some(state) = &mut state {
            // The batch was sent: an error of the file must not hide that.
            if let Err(failure) = state.done(number, &sent) {
                warn(&failure.text().unwrap_or_default());
                first_error.get_or_insert(failure);
            }
        }
        totals.batches += 1;
        totals.accepted += sent.accepted;
        totals.failed += sent.failed;
        if sent.outcome == Outcome::Maybe {
            totals.maybe.push(number);
        }
        progress.suspend(|| print(context, number, &batches, &sent, &result));
        progress.advance(batches.read, totals.accepted, totals.failed);
        match result {
            Err(error) if !matches!(error.kind(), ErrorKind::Rejected { .. }) => return Err(error.into()),
            _ => {}
        }
        if let Some(failure) = first_error {
            return Err(failure);
        }
    }
    match state {
        Some(state) if state.batches() > totals.batches + totals.skipped => {
            let text = tr!(
                "--resume: the state file has more batches than the list; the list must not change",
                "--resume：状态文件中的批次多于列表；列表不能改变",
            );
            Err(Failure::usage("--resume", text))
        }
        _ => Ok(()),
    }
}

/// Returns what the state file records about a batch.
fn count(batch: &Message, result: &wxpusher::Result<wxpusher::SendOutcome>) -> Batch {
    let total = batch.uids.len() as u64;
    let (outcome, accepted, sent) = match result {
        Ok(outcome) => (Outcome::Done, outcome.succeeded().count() as u64, Sent::Yes),
        Err(error) => (outcome_of(error), 0, error.sent()),
    };
    Batch {
        hash: String::new(),
        outcome,
        accepted,
        failed: total.saturating_sub(accepted),
        sent: sent.as_str().to_owned(),
    }
}

fn outcome_of(error: &Error) -> Outcome {
    match (error.kind(), error.sent()) {
        (ErrorKind::Rejected { .. }, _) => Outcome::Done,
        (_, Sent::No) => Outcome::NotSent,
        (_, Sent::Maybe) | (ErrorKind::InvalidResponse { .. } | ErrorKind::Internal { .. }, _) => Outcome::Maybe,
        (ErrorKind::HttpStatus { status, .. }, _) if *status >= 500 => Outcome::Maybe,
        // The server refused the whole request, for example its token.
        (_, Sent::Yes) => Outcome::NotSent,
    }
}

fn print(
    context: &Context,
    number: u64,
    batches: &Batches,
    sent: &Batch,
    result: &wxpusher::Result<wxpusher::SendOutcome>,
) {
    let outcome = match result {
        Ok(outcome) => Some(outcome),
        Err(error) => match error.kind() {
            ErrorKind::Rejected { outcome } => Some(outcome),
            _ => None,
        },
    };
    let refused: Vec<_> = outcome.into_iter().flat_map(|outcome| outcome.failed()).collect();
    if context.out.is_json() {
        let content_id = outcome.and_then(|outcome| outcome.message_content_id);
        let refused: Vec<_> = refused
            .iter()
            .map(|target| json!({"uid": target.uid, "code": target.code, "status": target.status}))
            .collect();
        context.out.json(&json!({
            "batch": number, "read": batches.read, "accepted": sent.accepted, "failed": sent.failed, "sent": sent.sent,
            "messageContentId": content_id, "refused": refused,
        }));
        return;
    }
    let rows: Vec<Vec<Cell>> = refused
        .iter()
        .map(|target| vec![Cell::mark(false), recipient(target).into(), status_text(target).into()])
        .collect();
    context.out.table(&[], &rows);
    context.out.flush();
}

fn report(context: &Context, totals: &Totals) {
    let Totals { batches, accepted, failed, duplicates, skipped, maybe } = totals;
    context.out.line(&tr!(
        "{accepted} accepted, {failed} not accepted, {duplicates} duplicates dropped, {batches} batches sent, {skipped} skipped",
        "接受 {accepted}，未接受 {failed}，去重 {duplicates}，发送 {batches} 批，跳过 {skipped} 批",
    ));
    if !maybe.is_empty() {
        let numbers = maybe.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        warn(&tr!(
            "batches that may have been sent: {numbers}; --resume skips them, --retry-maybe sends them again",
            "可能已发送的批次：{numbers}；--resume 会跳过，--retry-maybe 会重新发送",
        ));
    }
}
