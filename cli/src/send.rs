//! `wxpusher send`.

use std::io::{self, Read, Write};

use serde_json::{Value, json};
use wxpusher::{Client, Config, ContentType, ErrorKind, Message, SendOutcome, TargetResult};

use crate::args::SendArgs;
use crate::exit::{Failure, PARTLY, USAGE};

pub(crate) fn run(args: &SendArgs) -> Result<(), Failure> {
    let message = message(args)?;
    let mut config = Config::from_env()?;
    if let Some(base_url) = &args.base_url {
        config = config.base_url(base_url);
    }
    let client = Client::with_config(config.user_agent(concat!("wxpusher-cli/", env!("CARGO_PKG_VERSION"))))?;
    let result = client.send(&message);
    match &result {
        Ok(outcome) => report(outcome, args.json)?,
        Err(error) => {
            if let ErrorKind::Rejected { outcome } = error.kind() {
                report(outcome, args.json)?;
            }
        }
    }
    let outcome = result?;
    match outcome.failed().count() {
        0 => Ok(()),
        failed => Err(Failure::new(PARTLY, format!("{failed} of {} targets were refused", outcome.targets.len()))),
    }
}

fn message(args: &SendArgs) -> Result<Message, Failure> {
    let mut content = args.text.clone();
    if content == "-" {
        content.clear();
        io::stdin()
            .read_to_string(&mut content)
            .map_err(|error| Failure::new(USAGE, format!("standard input: {error}")))?;
    }
    Ok(Message {
        content,
        content_type: match (args.html, args.markdown) {
            (true, _) => ContentType::Html,
            (_, true) => ContentType::Markdown,
            _ => ContentType::Text,
        },
        summary: args.summary.clone(),
        uids: args.uid.clone(),
        topic_ids: args.topic.clone(),
        url: args.url.clone(),
        verify_pay_type: None,
    })
}

fn report(outcome: &SendOutcome, as_json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if as_json {
        return writeln!(out, "{}", to_json(outcome));
    }
    for target in &outcome.targets {
        let mark = if target.is_ok() { "✓" } else { "✗" };
        let record = target.send_record_id.map(|id| format!("  sendRecordId {id}")).unwrap_or_default();
        writeln!(out, "{mark} {}  {}{record}", name(target), said(target))?;
    }
    Ok(())
}

/// Who a row is about.
pub(crate) fn name(target: &TargetResult) -> String {
    match (&target.uid, target.topic_id) {
        (Some(uid), _) => uid.clone(),
        (None, Some(topic_id)) => format!("topic {topic_id}"),
        (None, None) => "(unnamed)".to_owned(),
    }
}

/// What was said of it.
pub(crate) fn said(target: &TargetResult) -> String {
    match target.code {
        1000 => target.status.clone(),
        TargetResult::NO_ANSWER => "the answer does not mention it".to_owned(),
        code => format!("{code} {}", target.status),
    }
}

fn to_json(outcome: &SendOutcome) -> Value {
    let SendOutcome { message_content_id, targets } = outcome;
    let targets: Vec<_> = targets
        .iter()
        .map(|target| {
            let TargetResult { uid, topic_id, message_id, send_record_id, code, status } = target;
            json!({
                "uid": uid, "topicId": topic_id, "messageId": message_id, "sendRecordId": send_record_id,
                "code": code, "status": status
            })
        })
        .collect();
    json!({"messageContentId": message_content_id, "allOk": outcome.all_ok(), "targets": targets})
}
