//! The Rust testee: reads a call per line, makes it through the public API of `wxpusher`, writes what came of it.
//! It expects nothing and compares nothing.

mod call;
mod report;
mod stderr;

use std::io::{self, BufRead};
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value, json};
use wxpusher::{Client, Config, Limits, RetryPolicy};

use call::Broken;

fn main() -> Result<(), Broken> {
    stderr::log_everything()?;
    let mut client = None;
    for line in io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        if let Some(options) = line.get("client").and_then(Value::as_object) {
            client = Some(make_client(options)?);
        }
        let client = client.as_ref().ok_or("the first call of a case has to say how to make the client")?;
        println!("{}", answer(&line, client)?);
    }
    Ok(())
}

fn answer(line: &Value, client: &Result<Client, wxpusher::Error>) -> Result<Value, Broken> {
    let verb = line["call"].as_str().ok_or("call")?;
    let args = call::Args(line["args"].as_object().ok_or("args")?);
    let outcome = match client {
        Err(error) => Err(error.clone()),
        Ok(client) => {
            if let Some(ms) = line.get("cancel_after_ms").and_then(Value::as_u64) {
                let client = client.clone();
                thread::spawn(move || {
                    thread::sleep(Duration::from_millis(ms));
                    client.cancel();
                });
            }
            match call::make(verb, args, client)? {
                Some(outcome) => outcome,
                None => return Ok(json!({"id": line["id"], "unsupported": verb})),
            }
        }
    };
    Ok(match outcome {
        Ok(ok) => json!({"id": line["id"], "ok": ok}),
        Err(error) => {
            eprintln!("{error:?}");
            json!({"id": line["id"], "err": report::error(&error)})
        }
    })
}

fn make_client(options: &Map<String, Value>) -> Result<Result<Client, wxpusher::Error>, Broken> {
    let mut config = Config::new();
    let mut retry = RetryPolicy::default();
    for (name, value) in options {
        let text = || value.as_str().ok_or(name.as_str());
        let flag = || value.as_bool().ok_or(name.as_str());
        let count = || -> Result<u32, Broken> { Ok(u32::try_from(value.as_u64().ok_or(name.as_str())?)?) };
        let ms = || value.as_u64().map(Duration::from_millis).ok_or(name.as_str());
        config = match name.as_str() {
            "app_token" => config.app_token(text()?),
            "base_url" => config.base_url(text()?),
            "timeout_ms" => config.timeout(ms()?),
            "connect_timeout_ms" => config.connect_timeout(ms()?),
            "max_retries" => {
                retry.max_retries = count()?;
                config
            }
            "base_delay_ms" => {
                retry.base_delay = ms()?;
                config
            }
            "max_delay_ms" => {
                retry.max_delay = ms()?;
                config
            }
            "rate_limit_sends" => config.rate_limit_sends(flag()?),
            "rate_limit_calls" => config.rate_limit_calls(count()?),
            "rate_limit_window_ms" => config.rate_limit_window(ms()?),
            "limits" => config.limits(if text()? == "2022" { Limits::YEAR_2022 } else { Limits::CURRENT }),
            "allow_plain_http" => config.allow_plain_http(flag()?),
            "user_agent" => config.user_agent(text()?),
            "scan_interval_ms" => config.scan_interval(ms()?),
            "default_uids" => config.default_uids(call::texts(value)?),
            "default_topic_ids" => config.default_topic_ids(call::integers(value)?),
            "default_spts" => config.default_spts(call::texts(value)?),
            other => return Err(format!("no client option {other}").into()),
        };
    }
    Ok(Client::with_config(config.retry(retry)))
}
