//! `--forward-to` and `--exec`.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::callback_json::Event;
use crate::context::Context;
use crate::output::warn;
use crate::{interrupt, tr};

pub(super) struct Delivery {
    agent: ureq::Agent,
    urls: Vec<String>,
    command: Option<Vec<String>>,
    attempts: u32,
}

/// What a child must not see: it handles texts of strangers.
const SECRETS: [&str; 4] = ["WXPUSHER_APP_TOKEN", "WXPUSHER_SPT", "WXPUSHER_SPT_LIST", "WXPUSHER_ENTRY_KEY"];

impl Delivery {
    pub(super) fn new(context: &Context, urls: &[String], command: Option<&[String]>) -> Self {
        let timeout = context.globals.timeout.unwrap_or(Duration::from_secs(15));
        let agent = ureq::Agent::config_builder().timeout_global(Some(timeout)).max_redirects(0).build().new_agent();
        let command = command.map(|command| match command {
            [first, rest @ ..] if first == "--" && !rest.is_empty() => rest.to_vec(),
            command => command.to_vec(),
        });
        Self { agent, urls: urls.to_vec(), command, attempts: context.globals.max_retries.unwrap_or(2) + 1 }
    }

    /// Sends the body as it is to every URL.
    pub(super) fn forward(&self, body: &[u8]) {
        for url in &self.urls {
            if let Err(error) = self.forward_to(url, body) {
                // The query of the URL may hold a secret.
                let host = url.split(['?', '#']).next().unwrap_or_default();
                let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
                warn(&tr!("--forward-to: {host}: {error}", "--forward-to：{host}：{error}"));
            }
        }
    }

    fn forward_to(&self, url: &str, body: &[u8]) -> std::result::Result<(), ureq::Error> {
        const DELAY: Duration = Duration::from_millis(300);
        let mut attempt = 1;
        loop {
            let sent = self.agent.post(url).content_type("application/json").send(body);
            let is_permanent = matches!(&sent, Ok(_) | Err(ureq::Error::StatusCode(400..=428 | 430..=499)));
            if is_permanent || attempt >= self.attempts || interrupt::sleep(DELAY * attempt).is_err() {
                return sent.map(drop);
            }
            attempt += 1;
        }
    }

    /// Runs the command without a shell. Its output goes to standard error, because standard output holds the events.
    pub(super) fn exec(&self, event: &Event) {
        let Some(command) = &self.command else { return };
        let Event { kind, action, uid, app_id, document } = event;
        let mut child = Command::new(&command[0]);
        child.args(&command[1..]).env("WXPUSHER_EVENT_KIND", kind).env("WXPUSHER_EVENT_ACTION", action);
        child.env("WXPUSHER_EVENT_UID", uid.as_deref().unwrap_or_default());
        child.env("WXPUSHER_EVENT_APP_ID", app_id.map(|id| id.to_string()).unwrap_or_default());
        for name in SECRETS {
            child.env_remove(name);
        }
        child.stdin(Stdio::piped()).stdout(Stdio::from(io::stderr()));
        let name = &command[0];
        let result = child.spawn().and_then(|mut child| {
            if let Some(mut stdin) = child.stdin.take() {
                // A command that does not read its input is no error.
                let _ = writeln!(stdin, "{document}");
            }
            child.wait()
        });
        match result {
            Ok(status) if status.success() => {}
            Ok(status) => warn(&tr!("--exec: {name} ended with {status}", "--exec：{name} 以 {status} 结束")),
            Err(error) => warn(&tr!("--exec: cannot run {name}: {error}", "--exec：无法运行 {name}：{error}")),
        }
    }
}
