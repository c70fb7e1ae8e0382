//! `wxpusher send`.

use clap::{ArgGroup, Args as ClapArgs};
use serde_json::{Value, json};
use std::time::Duration;
use wxpusher::{Broadcaster, Client, Limits, Message, SendOutcome, VerifyPayType};

use super::status;
use crate::context::{Context, Result, Token};
use crate::duration::duration;
use crate::exit::{PARTLY, USAGE, WAITED};
use crate::failure::Failure;
use crate::input::ContentArgs;
use crate::outcome::{recipient, status_text, to_json};
use crate::output::{Cell, warn};
use crate::recipients::{RecipientArgs, Recipients};
use crate::{interrupt, tr};

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
#[command(group(ArgGroup::new("pay").args(["paid_only", "unpaid_only"])))]
pub(crate) struct SendArgs {
    #[command(flatten)]
    content: ContentArgs,
    #[command(flatten)]
    recipients: RecipientArgs,
    /// Deliver only to users whose paid subscription is valid
    #[arg(long)]
    paid_only: bool,
    /// Deliver only to users without a valid paid subscription
    #[arg(long)]
    unpaid_only: bool,
    /// Wait until no recipient's status is 1 (waiting), then print the statuses; exit status 7 after TIME (60s)
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "60s", value_parser = duration)]
    wait: Option<Duration>,
    /// Check everything and print the request without sending it
    #[arg(long)]
    dry_run: bool,
    /// Run this command, then send its exit status and duration; everything after --run belongs to the command
    #[arg(long, value_name = "CMD", num_args = 1.., allow_hyphen_values = true, conflicts_with = "dry_run")]
    run: Option<Vec<String>>,
    /// With --run: also send the last lines of the command's output
    #[arg(long, value_name = "LINES", requires = "run", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    tail: Option<u32>,
}

const HELP: &str = "\
Examples:
  wxpusher send 'backup done' --uid UID_xxx
  df -h | wxpusher send - --uid UID_xxx --summary 'disks'
  wxpusher send '**hello**' --markdown --topic 123
  wxpusher send --uid UID_xxx --tail 20 --run make test

The app token comes from WXPUSHER_APP_TOKEN, --token-file or a profile, never from an argument, where `ps` and the shell's
history would show it. Exit statuses: wxpusher help exit-codes";

pub(crate) fn run(context: &Context, args: &SendArgs) -> Result {
    send(context, args, args.content.read(&Limits::CURRENT)?)
}

impl SendArgs {
    pub(super) fn content(&self) -> &ContentArgs {
        &self.content
    }

    /// The command of `--run`.
    pub(crate) fn command_to_run(&self) -> Option<&[String]> {
        self.run.as_deref()
    }

    pub(super) fn tail(&self) -> Option<u32> {
        self.tail
    }

    fn message(&self, content: String, recipients: Recipients) -> Message {
        let Recipients { uids, topic_ids } = recipients;
        Message {
            content,
            content_type: self.content.content_type(),
            summary: self.content.summary.clone(),
            uids,
            topic_ids,
            url: self.content.url.clone(),
            verify_pay_type: match (self.paid_only, self.unpaid_only) {
                (true, _) => Some(VerifyPayType::Paid),
                (_, true) => Some(VerifyPayType::Unpaid),
                _ => None,
            },
        }
    }
}

/// Sends the parts of a text, one message each.
pub(super) fn send(context: &Context, args: &SendArgs, parts: Vec<String>) -> Result {
    let config = context.config(Token::Required)?;
    let recipients = args.recipients.read(&config, &config.get_limits())?;
    let client = Client::with_config(config)?;
    let messages: Vec<_> = parts.into_iter().map(|part| args.message(part, recipients.clone())).collect();
    if args.dry_run {
        return dry_run(context, &client, &messages);
    }
    let total = messages.len();
    let mut outcomes = Vec::new();
    for message in &messages {
        let result = {
            let _guard = interrupt::guard();
            client.send(message)
        };
        match result {
            Ok(outcome) => {
                print(context, &outcome);
                outcomes.push(outcome);
            }
            Err(error) => {
                let mut failure = Failure::from(error);
                if let Some(outcome) = failure.rejected() {
                    print(context, outcome);
                }
                if !outcomes.is_empty() {
                    let sent = outcomes.len();
                    warn(&tr!(
                        "{sent} of {total} parts were sent before the error",
                        "出错前已发送 {total} 条中的 {sent} 条"
                    ));
                    failure.set_outcome_if_none(all_to_json(&outcomes));
                    failure = failure.after_delivery(true);
                }
                return Err(failure);
            }
        }
    }
    let mut document = all_to_json(&outcomes);
    let waited = match args.wait {
        Some(timeout) => wait(context, &client, &outcomes, timeout, &mut document),
        None => Ok(()),
    };
    partly(&outcomes).map_err(|failure| failure.with_outcome(document.clone()))?;
    waited.map_err(|failure| failure.with_outcome(document.clone()))?;
    Ok(document.into())
}

/// Returns an error if a recipient was refused.
pub(super) fn partly(outcomes: &[SendOutcome]) -> Result<()> {
    let failed: usize = outcomes.iter().map(|outcome| outcome.failed().count()).sum();
    let total: usize = outcomes.iter().map(|outcome| outcome.targets.len()).sum();
    match failed {
        0 => Ok(()),
        _ => Err(Failure::new(
            PARTLY,
            tr!("{failed} of {total} recipients were refused", "{total} 个接收者中有 {failed} 个被拒绝"),
        )),
    }
}

/// The document of one message is its outcome; that of several has a list.
pub(super) fn all_to_json(outcomes: &[SendOutcome]) -> Value {
    match outcomes {
        [outcome] => to_json(outcome),
        outcomes => json!({
            "allOk": outcomes.iter().all(SendOutcome::all_ok),
            "parts": outcomes.iter().map(to_json).collect::<Vec<_>>(),
        }),
    }
}

pub(super) fn print(context: &Context, outcome: &SendOutcome) {
    let header = [String::new(), tr!("RECIPIENT", "接收者"), tr!("RESULT", "结果"), tr!("RECORD", "发送记录")];
    let rows: Vec<Vec<Cell>> = outcome
        .targets
        .iter()
        .map(|target| {
            let record = target.send_record_id.map(|id| id.to_string()).unwrap_or_default();
            vec![Cell::mark(target.is_ok()), recipient(target).into(), status_text(target).into(), record.into()]
        })
        .collect();
    context.out.table(&header, &rows);
}

fn wait(
    context: &Context,
    client: &Client,
    outcomes: &[SendOutcome],
    timeout: Duration,
    document: &mut Value,
) -> Result<()> {
    let records: Vec<i64> =
        outcomes.iter().flat_map(SendOutcome::succeeded).filter_map(|target| target.send_record_id).collect();
    let (rows, failure) = status::query(context, client, &records, status::By::Record, Some(timeout));
    status::print(context, &rows);
    document["statuses"] = status::to_json(&rows);
    match failure {
        None => Ok(()),
        // The message was sent: an error of a status query does not change that.
        Some(failure) => {
            let text = failure.text().unwrap_or_default();
            Err(Failure::new(
                WAITED,
                tr!("the message was sent, but its status: {text}", "消息已发送，但查询状态时：{text}"),
            ))
        }
    }
}

fn dry_run(context: &Context, client: &Client, messages: &[Message]) -> Result {
    let limits = client.config().get_limits();
    let mut requests = Vec::new();
    for message in messages {
        // The checks of a broadcast are those of a send, except for the recipients.
        Broadcaster::new(client, Message { uids: Vec::new(), topic_ids: Vec::new(), ..message.clone() })?;
        let (max, got) = (limits.topic_ids, message.topic_ids.len());
        if got > max {
            let text = tr!(
                "invalid value for --topic: must have at most {max} topic ids (got {got})",
                "--topic 的值无效：最多 {max} 个主题（实际为 {got}）",
            );
            return Err(Failure::new(USAGE, text));
        }
        requests.push(json!({
            "content": message.content, "contentType": message.content_type.number(), "summary": message.summary,
            "uids": message.uids, "topicIds": message.topic_ids, "url": message.url,
            "verifyPayType": message.verify_pay_type.map(VerifyPayType::number),
        }));
    }
    for request in &requests {
        context.out.line(&format!("{request:#}"));
    }
    context.out.note(&tr!("nothing was sent (--dry-run)", "没有发送任何内容（--dry-run）"));
    Ok(json!({"dryRun": true, "baseUrl": client.config().get_base_url(), "requests": requests}).into())
}
