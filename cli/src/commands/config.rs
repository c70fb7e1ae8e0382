//! `wxpusher config`.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Map, Value, json};

use crate::context::{Context, Result, read_token};
use crate::duration::duration;
use crate::failure::Failure;
use crate::profile::{self, ConfigFile, KEYS, is_secret};
use crate::{prompt, tr};

#[derive(Debug, ClapArgs)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print a setting of the profile; secrets are masked
    Get {
        /// Name of the setting
        key: String,
    },
    /// Set a setting of the profile; an empty value removes it
    Set(SetArgs),
    /// List the settings of the profile; secrets are masked
    List,
    /// Print the path of the configuration file
    Path,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = SET_HELP)]
struct SetArgs {
    /// Name of the setting
    key: String,
    /// Value; `-` reads it from standard input. A secret is never taken from an argument
    #[arg(allow_hyphen_values = true)]
    value: Option<String>,
    /// Read the value from this file
    #[arg(long, value_name = "FILE", conflicts_with = "value")]
    from_file: Option<PathBuf>,
}

const SET_HELP: &str = "\
Examples:
  wxpusher config set app_token                 asks for the token
  wxpusher config set app_token - < token
  wxpusher config set token_command 'pass show wxpusher'
  wxpusher config set base_url http://127.0.0.1:9797 --profile sandbox

Settings: app_token token_command entry_key base_url allow_plain_http uids topic_ids spts timeout connect_timeout
max_retries proxy ca_file";

pub(crate) fn run(context: &Context, args: &ConfigArgs) -> Result {
    match &args.action {
        Action::Path => {
            let path = profile::path()?;
            context.out.line(&path.display().to_string());
            Ok(json!({"path": path.display().to_string()}).into())
        }
        Action::Get { key } => {
            check_key(key)?;
            let profile = profile::load(context.globals.profile.as_deref())?;
            let value = profile.get(key).map(|value| shown(key, &value));
            match &value {
                Some(value) => context.out.line(value),
                None => {
                    let name = &profile.name;
                    context.out.note(&tr!("profile {name} does not set {key}", "配置档 {name} 没有设置 {key}"));
                }
            }
            Ok(json!({"profile": profile.name, "key": key, "value": value}).into())
        }
        Action::List => {
            let profile = profile::load(context.globals.profile.as_deref())?;
            let settings: Vec<_> = KEYS.iter().filter_map(|key| Some((*key, shown(key, &profile.get(key)?)))).collect();
            let rows: Vec<_> = settings.iter().map(|(key, value)| vec![key.into(), value.into()]).collect();
            context.out.table(&[tr!("SETTING", "设置"), tr!("VALUE", "值")], &rows);
            let settings: Map<String, Value> =
                settings.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
            Ok(json!({"profile": profile.name, "settings": settings}).into())
        }
        Action::Set(args) => set(context, args),
    }
}

fn check_key(key: &str) -> Result<()> {
    if KEYS.contains(&key) {
        return Ok(());
    }
    let keys = KEYS.join(", ");
    Err(Failure::usage(
        "KEY",
        tr!("no setting {key}; the settings are {keys}", "没有设置项 {key}；可用的设置项：{keys}"),
    ))
}

/// Masks secrets, and the password in the URL of a proxy.
fn shown(key: &str, value: &str) -> String {
    let mask = |value: &str| match value.split_once('_') {
        Some((prefix @ ("AT" | "SPT"), _)) => format!("{prefix}_***"),
        _ => "***".to_owned(),
    };
    match (key, value.rsplit_once('@')) {
        (key, _) if is_secret(key) => value.split(';').map(mask).collect::<Vec<_>>().join(";"),
        ("proxy", Some((_, host))) => format!("***@{host}"),
        _ => value.to_owned(),
    }
}

fn set(context: &Context, args: &SetArgs) -> Result {
    let key = args.key.as_str();
    check_key(key)?;
    let value = match (&args.value, &args.from_file) {
        (None, Some(file)) => read_token(file, "--from-file")?.expose().to_owned(),
        (Some(value), _) if value == "-" => read_stdin()?,
        (Some(value), _) if is_secret(key) && !value.is_empty() => {
            let text = tr!(
                "{key} is a secret: run wxpusher config set {key} without a value, or with - to read standard input",
                "{key} 是机密：请不带值运行 wxpusher config set {key}，或用 - 从标准输入读取",
            );
            return Err(Failure::usage("VALUE", text));
        }
        (Some(value), _) => value.clone(),
        (None, None) if prompt::is_possible(context) => prompt::secret(key)?,
        (None, None) => {
            let text = tr!(
                "no value for {key}: give VALUE, - or --from-file; there is no terminal to ask",
                "{key} 没有值：请给出 VALUE、- 或 --from-file；没有终端可以询问",
            );
            return Err(Failure::usage("VALUE", text));
        }
    };
    let value = value.trim();
    check_value(key, value)?;
    let mut file = ConfigFile::read()?;
    let (name, _) = profile::chosen(context.globals.profile.as_deref(), &file);
    file.set(&name, key, Some(value).filter(|value| !value.is_empty()));
    file.write()?;
    let place = file.path.display();
    context.out.note(&tr!("{key} of profile {name} is set in {place}", "已在 {place} 中设置配置档 {name} 的 {key}"));
    Ok(json!({"profile": name, "key": key}).into())
}

fn read_stdin() -> Result<String> {
    const MAX: u64 = 64 * 1024;
    let mut text = String::new();
    io::stdin().lock().take(MAX).read_to_string(&mut text)?;
    Ok(text)
}

fn check_value(key: &str, value: &str) -> Result<()> {
    let wrong = |reason: String| Err(Failure::usage("VALUE", format!("{key}: {reason}")));
    match key {
        _ if value.is_empty() => Ok(()),
        "timeout" | "connect_timeout" => match duration(value) {
            Ok(_) => Ok(()),
            Err(reason) => wrong(reason),
        },
        "max_retries" if value.parse::<u32>().is_err() => wrong(tr!("must be a number", "必须是数字")),
        "topic_ids" if value.split([';', ',', ' ']).any(|id| id.parse::<i64>().is_err()) => {
            wrong(tr!("must be numbers separated by ;", "必须是用 ; 分隔的数字"))
        }
        "allow_plain_http" if !matches!(value, "true" | "false") => {
            wrong(tr!("must be true or false", "必须是 true 或 false"))
        }
        "ca_file" if !Path::new(value).is_file() => wrong(tr!("there is no file {value}", "没有文件 {value}")),
        _ => Ok(()),
    }
}
