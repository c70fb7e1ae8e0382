//! What holds for every report, whatever its case expects: its shape, the numbers of its errors, and no secret in it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::compare::shorten;
use crate::errors::ErrorList;

const ERROR_FIELDS: [&str; 13] = [
    "kind",
    "number",
    "sent",
    "retry_is_safe",
    "is_rate_limited",
    "field",
    "reason",
    "phase",
    "status",
    "code",
    "msg",
    "outcome",
    "text",
];
const OUTCOME_FIELDS: [&str; 5] = ["message_content_id", "targets", "succeeded", "failed", "all_ok"];
const TARGET_FIELDS: [&str; 6] = ["uid", "topic_id", "message_id", "send_record_id", "code", "status"];
const PHASES: [&str; 5] = ["resolve", "connect", "tls", "send", "receive"];

/// A report, once its shape is known to be right.
#[derive(Debug)]
pub enum Report<'a> {
    /// The call gave a value.
    Ok(&'a Value),
    /// The call gave an error.
    Err(&'a Value),
}

/// Reads a report and checks what can be checked without knowing the case.
pub fn read<'a>(report: &'a Value, errors: &ErrorList, problems: &mut Vec<String>) -> Option<Report<'a>> {
    let Some(object) = report.as_object() else {
        problems.push(format!("the report is not an object: {}", shorten(&report.to_string())));
        return None;
    };
    if let Some(verb) = object.get("unsupported") {
        problems.push(format!("the testee has no verb {verb}"));
        return None;
    }
    match (object.get("ok"), object.get("err"), object.len()) {
        (Some(ok), None, 2) => {
            nested(ok, "ok", errors, problems);
            Some(Report::Ok(ok))
        }
        (None, Some(err), 2) => {
            error("err", err, errors, problems);
            Some(Report::Err(err))
        }
        _ => {
            let keys: Vec<&str> = object.keys().map(String::as_str).collect();
            problems.push(format!("a report has an id and either ok or err; this one has {keys:?}"));
            None
        }
    }
}

fn nested(value: &Value, path: &str, errors: &ErrorList, problems: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                nested(item, &format!("{path}[{index}]"), errors, problems);
            }
        }
        Value::Object(object) => {
            if object.contains_key("targets") {
                outcome(path, object, problems);
            }
            for (key, item) in object {
                let path = format!("{path}.{key}");
                if key == "err" && !item.is_null() {
                    error(&path, item, errors, problems);
                } else {
                    nested(item, &path, errors, problems);
                }
            }
        }
        _ => {}
    }
}

fn error(path: &str, value: &Value, errors: &ErrorList, problems: &mut Vec<String>) {
    let Some(object) = value.as_object() else {
        return problems.push(format!("{path}: not an object"));
    };
    fields(path, object, &ERROR_FIELDS, problems);
    let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
    match errors.get(text("kind")) {
        None => problems.push(format!("{path}.kind: {:?} is not in errors.json", text("kind"))),
        Some(kind) => {
            if object.get("number").and_then(Value::as_i64) != Some(kind.number) {
                problems.push(format!(
                    "{path}.number: {} is number {} in errors.json, got {}",
                    kind.kind,
                    kind.number,
                    object.get("number").unwrap_or(&Value::Null)
                ));
            }
            for field in &kind.carries {
                if object.get(field).is_none_or(Value::is_null) {
                    problems.push(format!("{path}.{field}: {} has to carry it", kind.kind));
                }
            }
        }
    }
    if !errors.sent.iter().any(|sent| sent == text("sent")) {
        problems.push(format!("{path}.sent: {:?} is not in errors.json", text("sent")));
    }
    if let Some(phase) = object.get("phase").and_then(Value::as_str) {
        if !PHASES.contains(&phase) {
            problems.push(format!("{path}.phase: {phase:?} is not one of {PHASES:?}"));
        }
    }
    if text("text").trim().is_empty() {
        problems.push(format!("{path}.text: an error that says nothing"));
    }
    for key in ["text", "reason"] {
        if shows_query(text(key)) {
            problems.push(format!("{path}.{key}: shows a URL's query: {}", shorten(text(key))));
        }
    }
    if let Some(inner) = object.get("outcome").and_then(Value::as_object) {
        outcome(&format!("{path}.outcome"), inner, problems);
    }
}

fn fields(path: &str, object: &Map<String, Value>, wanted: &[&str], problems: &mut Vec<String>) {
    for key in wanted.iter().filter(|key| !object.contains_key(**key)) {
        problems.push(format!("{path}.{key}: missing"));
    }
    for key in object.keys().filter(|key| !wanted.contains(&key.as_str())) {
        problems.push(format!("{path}.{key}: not part of the vocabulary"));
    }
}

/// An outcome's counts have to be those of its rows.
fn outcome(path: &str, object: &Map<String, Value>, problems: &mut Vec<String>) {
    fields(path, object, &OUTCOME_FIELDS, problems);
    let targets = object.get("targets").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for (index, target) in targets.iter().enumerate() {
        if let Some(target) = target.as_object() {
            fields(&format!("{path}.targets[{index}]"), target, &TARGET_FIELDS, problems);
        }
    }
    let succeeded = targets.iter().filter(|target| target["code"] == "1000").count();
    let failed = targets.len() - succeeded;
    for (key, right) in [
        ("succeeded", Value::String(succeeded.to_string())),
        ("failed", Value::String(failed.to_string())),
        ("all_ok", Value::Bool(failed == 0)),
    ] {
        if object.get(key) != Some(&right) {
            problems.push(format!("{path}.{key}: does not fit the rows, which make it {right}"));
        }
    }
}

/// A question mark followed by `name=`, as in a URL with its query.
fn shows_query(text: &str) -> bool {
    text.split('?').skip(1).any(|after| {
        let name = after.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default();
        !name.is_empty() && after[name.len()..].starts_with('=')
    })
}

/// The tokens and SPTs a case's client and calls hold.
pub fn secrets(client: &Map<String, Value>, args: &Map<String, Value>, found: &mut BTreeSet<String>) {
    let texts = [client.get("app_token"), args.get("spt")];
    let lists = [client.get("default_spts"), args.get("spts")];
    let all = texts
        .into_iter()
        .flatten()
        .chain(lists.into_iter().flatten().filter_map(Value::as_array).flatten())
        .filter_map(Value::as_str)
        .filter(|secret| secret.len() > "SPT_".len());
    found.extend(all.map(str::to_owned));
}

/// Looks for secrets in a report. What the server itself said (`msg`, and the status of a row) is passed on untouched.
pub fn no_secret(report: &Value, secrets: &BTreeSet<String>, problems: &mut Vec<String>) {
    match report {
        Value::String(text) if secrets.iter().any(|secret| text.contains(secret)) => {
            problems.push("the report shows a token or an SPT".to_owned());
        }
        Value::Array(items) => items.iter().for_each(|item| no_secret(item, secrets, problems)),
        Value::Object(object) => object
            .iter()
            .filter(|(key, _)| !["msg", "status"].contains(&key.as_str()))
            .for_each(|(_, value)| no_secret(value, secrets, problems)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::shows_query;

    #[test]
    fn a_query_is_told_from_a_question() {
        assert!(shows_query("GET http://127.0.0.1:1/api/fun/remove?appToken=x failed"));
        assert!(shows_query("what? where?id=3"));
        assert!(!shows_query("is uids a list? a = 3"));
        assert!(!shows_query("?"));
    }
}
