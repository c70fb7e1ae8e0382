//! The arguments of all commands. Each command declares its own in its file.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand};

use crate::commands::*;
use crate::exit::Class;
use crate::lang::Lang;
use crate::output::{Color, Format};
use crate::sandbox::SandboxArgs;

/// Sends WxPusher messages to WeChat and phones, manages an app's subscribers and receives its callbacks
#[derive(Debug, Parser)]
#[command(name = "wxpusher", version, long_about = None, after_help = AFTER_HELP)]
#[command(disable_help_subcommand = true, max_term_width = 120)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) globals: Globals,
}

const AFTER_HELP: &str = "\
Example:
  export WXPUSHER_APP_TOKEN=AT_…
  wxpusher send 'disk full' --uid UID_…

Exit statuses: wxpusher help exit-codes · Variables: wxpusher help environment · JSON output: wxpusher help json";

#[derive(Debug, Default, ClapArgs)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Globals {
    /// Profile of the configuration file to use [env: WXPUSHER_PROFILE]
    #[arg(long, global = true, value_name = "NAME", hide_short_help = true)]
    pub(crate) profile: Option<String>,
    /// Base URL of WxPusher, for example of a sandbox [env: WXPUSHER_BASE_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Permit http to other machines; everybody on the network can then read the tokens
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) allow_plain_http: bool,
    /// Read the app token from this file; `-` is standard input
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Format of the results; `table` is tab-separated if standard output is not a terminal
    #[arg(short, long, global = true, value_name = "FORMAT")]
    pub(crate) output: Option<Format>,
    /// Print exactly one JSON document, also for errors; the same as -o json
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Use colors on standard output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_short_help = true)]
    pub(crate) color: Color,
    /// Language of the texts [env: WXPUSHER_LANG, LC_ALL, LC_MESSAGES, LANG]
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) lang: Option<Lang>,
    /// Print errors only
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Print what the client does; -vv prints more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Timeout of a whole call with its retries, for example 15s or 500ms; 15s by default
    #[arg(long, global = true, value_name = "TIME", value_parser = duration, hide_short_help = true)]
    pub(crate) timeout: Option<Duration>,
    /// Timeout for connecting; 5s by default
    #[arg(long, global = true, value_name = "TIME", value_parser = duration, hide_short_help = true)]
    pub(crate) connect_timeout: Option<Duration>,
    /// Maximum number of retries after the first attempt; 2 by default
    #[arg(long, global = true, value_name = "NUMBER", hide_short_help = true)]
    pub(crate) max_retries: Option<u32>,
    /// HTTP proxy, http://[user:password@]host:port; `none` ignores the proxy variables
    #[arg(long, global = true, value_name = "URL", hide_short_help = true)]
    pub(crate) proxy: Option<String>,
    /// Trust only the certificates in this PEM file
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    pub(crate) ca_file: Option<PathBuf>,
    /// Never ask questions on the terminal
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) no_input: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Send a message to users and topics
    Send(Box<send::SendArgs>),
    /// Send a message by simple push tokens (SPT), without an app
    Push(push::PushArgs),
    /// Send a message to any number of users, in batches
    Broadcast(Box<broadcast::BroadcastArgs>),
    /// Show the status of sent messages
    Status(status::StatusArgs),
    /// Delete the page of a message
    Delete(delete::DeleteArgs),
    /// Create QR codes for subscribing, and wait for scans
    Qrcode(qrcode::QrcodeArgs),
    /// List, delete and block subscribers
    Users(users::UsersArgs),
    /// Query paid products
    Product(product::ProductArgs),
    /// Receive callbacks: print, forward, run a command
    Listen(listen::ListenArgs),
    /// Read callbacks
    Callback(callback::CallbackArgs),
    /// Verify the signature of an entry link and print its UID
    VerifyLink(verify_link::VerifyLinkArgs),
    /// Start an MCP server on standard input and output, for AI assistants
    Mcp(mcp::McpArgs),
    /// Run a WxPusher on this machine, for trials and tests
    Sandbox(SandboxCommand),
    /// Show all features on a sandbox, without an account
    Demo,
    /// Show and change the settings of a profile
    Config(config::ConfigArgs),
    /// Manage the profiles of the configuration file
    Profile(profile::ProfileArgs),
    /// Check the settings, the network and the clock; sends nothing
    Doctor(doctor::DoctorArgs),
    /// Print the completion script of a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual pages
    Man(man::ManArgs),
    /// Show help about a command or a topic: exit-codes, environment, json
    Help(help::HelpArgs),
}

impl Command {
    pub(crate) fn class(&self) -> Class {
        match self {
            Command::Send(_) | Command::Push(_) | Command::Broadcast(_) => Class::Delivering,
            _ => Class::Repeatable,
        }
    }
}

#[derive(Debug, ClapArgs)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct SandboxCommand {
    #[command(subcommand)]
    pub(crate) action: Option<sandbox_actions::SandboxAction>,
    #[command(flatten)]
    pub(crate) start: SandboxArgs,
}

/// Parses a duration: a number with `ms`, `s`, `m`, `h` or `d`; without a unit it means seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let ms_per_unit = match unit {
        "ms" => 1,
        "s" | "" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => 0,
    };
    match number.parse::<u64>().ok().and_then(|number| number.checked_mul(ms_per_unit)) {
        Some(ms) if ms_per_unit > 0 => Ok(Duration::from_millis(ms)),
        _ => Err(crate::tr!(
            "must be a number with ms, s, m, h or d, for example 30s",
            "必须是数字加单位 ms、s、m、h 或 d，例如 30s",
        )),
    }
}

/// Returns the value of an option before clap has parsed the arguments.
pub(crate) fn find_option(args: &[String], name: &str) -> Option<String> {
    let before_dashes = args.iter().take_while(|arg| *arg != "--");
    let mut found = None;
    let mut args = before_dashes.peekable();
    while let Some(arg) = args.next() {
        if arg == name {
            found = args.peek().map(|value| (*value).clone());
        } else if let Some(value) = arg.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
            found = Some(value.to_owned());
        }
    }
    found
}

/// Returns whether the arguments ask for JSON, before clap has parsed them: errors of usage are JSON then, too.
pub(crate) fn wants_json(args: &[String]) -> bool {
    let has = |wanted: &str| args.iter().take_while(|arg| *arg != "--").any(|arg| arg == wanted);
    let output = find_option(args, "--output").or_else(|| find_option(args, "-o"));
    let is_json = |value: &str| value == "json" || value == "jsonl";
    has("--json") || has("-ojson") || has("-ojsonl") || output.as_deref().is_some_and(is_json)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn durations_have_units() {
        let ms = |text| duration(text).map(|duration| duration.as_millis());
        assert_eq!(ms("500ms"), Ok(500));
        assert_eq!(ms("15"), Ok(15_000));
        assert_eq!(ms("30m"), Ok(1_800_000));
        assert_eq!(ms("2d"), Ok(172_800_000));
        for wrong in ["", "s", "-1s", "1w", "1.5s", "99999999999999999999"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn json_is_recognized_before_parsing() {
        let wants = |args: &[&str]| wants_json(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        assert!(wants(&["send", "--json"]) && wants(&["-o", "json"]) && wants(&["--output=jsonl"]));
        assert!(!wants(&["send", "--", "--json"]) && !wants(&["-o", "table"]));
    }
}
