//! A testee that is wrong on purpose: it hands every call to an honest one and garbles what comes back, in the way its
//! first argument names. The runner has to turn red on each of them.
//!
//! `testee-broken MODE COMMAND …`

use std::env;
use std::error::Error;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

use serde_json::{Value, json};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mode = arguments.next().ok_or("which way to be wrong?")?;
    let program = arguments.next().ok_or("whom to garble?")?;
    let mut honest = Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut to_honest = honest.stdin.take().ok_or("no stdin")?;
    let mut from_honest = BufReader::new(honest.stdout.take().ok_or("no stdout")?);
    let mut ask = |line: &str| -> io::Result<String> {
        writeln!(to_honest, "{line}")?;
        to_honest.flush()?;
        let mut answer = String::new();
        from_honest.read_line(&mut answer)?;
        Ok(answer)
    };
    for line in io::stdin().lock().lines() {
        let line = line?;
        let call: Value = serde_json::from_str(&line)?;
        let answer = match mode.as_str() {
            "does-nothing" => json!({"id": call["id"], "ok": {}}).to_string(),
            "dies" => {
                eprintln!("this testee dies on purpose");
                return Ok(ExitCode::from(3));
            }
            "never-answers" => loop {
                thread::park();
            },
            "chats" => "thinking about it …".to_owned(),
            "knows-no-verb" => json!({"id": call["id"], "unsupported": call["call"]}).to_string(),
            "answers-twice" => {
                let answer = ask(&line)?;
                print!("{answer}");
                answer
            }
            "calls-twice" => {
                ask(&line)?;
                ask(&line)?
            }
            _ => {
                let mut report: Value = serde_json::from_str(&ask(&line)?)?;
                garble(&mode, &call, &mut report)?;
                report.to_string()
            }
        };
        println!("{}", answer.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}

fn garble(mode: &str, call: &Value, report: &mut Value) -> Result<(), Box<dyn Error>> {
    match mode {
        "answers-another-call" => report["id"] = "another#1".into(),
        "forgets-a-field" => {
            body(report)?.remove("message_content_id");
        }
        "invents-a-field" => {
            body(report)?.insert("extra".to_owned(), Value::Null);
        }
        "turns-ids-into-numbers" => body(report)?["message_content_id"] = 7.into(),
        "miscounts" => body(report)?["failed"] = "0".into(),
        "swaps-rows" => {
            if let Some(rows) = body(report)?["targets"].as_array_mut() {
                rows.reverse();
            }
        }
        "forgets-sent" => {
            body(report)?.remove("sent");
        }
        "claims-nothing-was-sent" => body(report)?["sent"] = "no".into(),
        "renumbers-errors" => body(report)?["number"] = 99.into(),
        "invents-a-kind" => body(report)?["kind"] = "bad_luck".into(),
        "shows-the-token" => {
            let token = call["client"]["app_token"].as_str().ok_or("this case has no token to show")?;
            body(report)?["text"] = format!("the call with {token} failed").into();
        }
        "shows-the-query" => body(report)?["text"] = "GET /api/fun/remove?appToken=… failed".into(),
        "calls-an-error-a-success" => {
            *report = json!({"id": report["id"], "ok": {}});
        }
        other => return Err(format!("no way of being wrong is called {other}").into()),
    }
    Ok(())
}

/// What is in `ok` or `err`.
fn body(report: &mut Value) -> Result<&mut serde_json::Map<String, Value>, &'static str> {
    let key = if report.get("ok").is_some() { "ok" } else { "err" };
    report.get_mut(key).and_then(Value::as_object_mut).ok_or("neither ok nor err")
}
