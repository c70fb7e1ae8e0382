//! What every command works with: the global options, the profile, the output and the client.

use std::env;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;
use wxpusher::{AppToken, Client, Config, RetryPolicy};

use crate::duration::duration;
use crate::failure::Failure;
use crate::globals::Globals;
use crate::interrupt;
use crate::output::{Format, Output};
use crate::profile::{self, Profile};
use crate::tr;

#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) globals: Globals,
    pub(crate) out: Output,
}

/// A command that did what it was asked for.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// The `outcome` of the JSON document.
    pub(crate) outcome: Value,
    /// The command has printed its JSON itself (JSON Lines that end in the document, or a document of its own kind).
    pub(crate) is_printed: bool,
}

impl From<Value> for Done {
    fn from(outcome: Value) -> Self {
        Self { outcome, is_printed: false }
    }
}

pub(crate) type Result<T = Done> = std::result::Result<T, Failure>;

/// Whether a command needs the app token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    Required,
    NotUsed,
}

impl Context {
    pub(crate) fn new(globals: Globals) -> Self {
        let format = match (globals.json, globals.output) {
            (true, Some(Format::Jsonl)) => Format::Jsonl,
            (true, _) => Format::Json,
            (false, format) => format.unwrap_or(Format::Table),
        };
        let out = Output::new(format, globals.color, globals.quiet);
        Self { globals, out }
    }

    /// Creates a client from flags, variables, the profile and defaults, in this order.
    pub(crate) fn client(&self, token: Token) -> Result<Client> {
        Ok(Client::with_config(self.config(token)?)?)
    }

    pub(crate) fn config(&self, token: Token) -> Result<Config> {
        let globals = &self.globals;
        let profile = profile::load(globals.profile.as_deref())?;
        let mut config = settings(&profile)?;
        if let Some(base_url) = &globals.base_url {
            config = config.base_url(base_url);
        }
        let flag_or = |flag, name| -> Result<_> {
            match (flag, profile.get(name)) {
                (Some(flag), _) => Ok(Some(flag)),
                (None, Some(text)) => duration(&text).map(Some).map_err(|reason| profile.wrong(name, &reason)),
                (None, None) => Ok(None),
            }
        };
        if let Some(timeout) = flag_or(globals.timeout, "timeout")? {
            config = config.timeout(timeout);
        }
        if let Some(timeout) = flag_or(globals.connect_timeout, "connect_timeout")? {
            config = config.connect_timeout(timeout);
        }
        let max_retries = match (globals.max_retries, profile.get("max_retries")) {
            (None, Some(text)) => {
                let number = tr!("must be a number", "必须是数字");
                Some(text.parse().map_err(|_| profile.wrong("max_retries", &number))?)
            }
            (flag, _) => flag,
        };
        if let Some(max_retries) = max_retries {
            config = config.retry(RetryPolicy { max_retries, ..RetryPolicy::default() });
        }
        config = match globals.proxy.clone().or_else(|| profile.get("proxy")).as_deref() {
            Some("none") => config.no_proxy(),
            Some(url) => config.proxy(url),
            None => config,
        };
        if let Some(file) = globals.ca_file.clone().or_else(|| profile.get("ca_file").map(Into::into)) {
            config = config.ca_file(file)?;
        }
        if globals.allow_plain_http || profile.get("allow_plain_http").as_deref() == Some("true") {
            config = config.allow_plain_http(true);
        }
        if token == Token::Required {
            config = self.with_token(config, &profile)?;
        }
        Ok(config.user_agent(concat!("wxpusher-cli/", env!("CARGO_PKG_VERSION"))).on_wait(interrupt::is_set))
    }

    fn with_token(&self, config: Config, profile: &Profile) -> Result<Config> {
        if let Some(file) = &self.globals.token_file {
            return Ok(config.app_token(read_token(file, "--token-file")?));
        }
        if config.get_app_token().is_some() {
            return Ok(config);
        }
        match profile.token()? {
            Some(token) => Ok(config.app_token(token)),
            None => Err(Failure::usage(
                "WXPUSHER_APP_TOKEN",
                tr!(
                    "no app token: set WXPUSHER_APP_TOKEN, --token-file or a profile (wxpusher config set app_token)",
                    "没有 app token：请设置 WXPUSHER_APP_TOKEN、--token-file 或配置档（wxpusher config set app_token）",
                ),
            )),
        }
    }
}

/// Reads settings from the environment, and those that it lacks from the profile.
fn settings(profile: &Profile) -> Result<Config> {
    // Core checks that the variables are UTF-8.
    let _checked = Config::from_env()?;
    let var = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
    let lists = [
        ("uids", ["WXPUSHER_UID", "WXPUSHER_UIDS"]),
        ("topic_ids", ["WXPUSHER_TOPIC_ID", "WXPUSHER_TOPIC_IDS"]),
        ("spts", ["WXPUSHER_SPT", "WXPUSHER_SPT_LIST"]),
    ];
    Ok(Config::from_vars(|name| {
        if let Some(value) = var(name) {
            return Some(value);
        }
        if name == "WXPUSHER_BASE_URL" {
            return profile.get("base_url");
        }
        // The two variables of a list are one setting: the profile counts if neither is set.
        let (key, _) =
            lists.iter().find(|(_, names)| names[1] == name && names.iter().all(|name| var(name).is_none()))?;
        profile.get(key)
    })?)
}

/// Reads a secret from the file of a flag, or from standard input if the file is `-`.
pub(crate) fn read_token(file: &Path, flag: &'static str) -> Result<AppToken> {
    const MAX: u64 = 4096;
    let cannot = |error: io::Error| {
        let file = file.display();
        Failure::usage(flag, tr!("{flag}: cannot read {file}: {error}", "{flag}：无法读取 {file}：{error}"))
    };
    let mut text = String::new();
    if file == Path::new("-") {
        io::stdin().lock().take(MAX).read_to_string(&mut text).map_err(cannot)?;
    } else {
        fs::File::open(file).and_then(|file| file.take(MAX).read_to_string(&mut text)).map_err(cannot)?;
    }
    if text.trim().is_empty() {
        let text = tr!("{flag}: the file is empty", "{flag}：文件为空");
        return Err(Failure::usage(flag, text));
    }
    Ok(AppToken::new(text))
}
