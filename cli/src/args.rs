//! What can be typed.

use clap::{ArgGroup, Args as ClapArgs, Parser, Subcommand};
use clap_complete::Shell;

use crate::sandbox::SandboxArgs;

/// WxPusher from the terminal.
#[derive(Debug, Parser)]
#[command(name = "wxpusher", version, about, long_about = None, after_help = EXIT_HELP)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_HELP: &str = "\
Exit status: 0 done · 1 trouble on this machine · 2 wrong usage · 3 refused by WxPusher, or no target accepted ·
4 some targets refused · 5 WxPusher was not reached or did not answer properly";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Send a message
    Send(SendArgs),
    /// Run a WxPusher on this machine, to try and test with
    Sandbox(SandboxArgs),
    /// See everything work, on a sandbox, without an account
    Demo,
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, ClapArgs)]
#[command(after_help = SEND_HELP)]
#[command(group(ArgGroup::new("kind").args(["html", "markdown"])))]
pub(crate) struct SendArgs {
    /// What to say; `-` reads it from standard input
    pub(crate) text: String,
    /// A user to reach; may be given again
    #[arg(long, value_name = "UID")]
    pub(crate) uid: Vec<String>,
    /// A topic to reach; may be given again
    #[arg(long, value_name = "ID")]
    pub(crate) topic: Vec<i64>,
    /// The text is HTML
    #[arg(long)]
    pub(crate) html: bool,
    /// The text is Markdown
    #[arg(long)]
    pub(crate) markdown: bool,
    /// What the chat list shows, at most 100 characters
    #[arg(long)]
    pub(crate) summary: Option<String>,
    /// A link to the original
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// Where WxPusher is, for example a sandbox
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Print the outcome as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

const SEND_HELP: &str = "\
Environment:
  WXPUSHER_APP_TOKEN   the app token; not an argument, so that neither `ps` nor the shell's history shows it
  WXPUSHER_UIDS        whom to reach when no target is given, separated by `;`
  WXPUSHER_TOPIC_IDS   the same for topics
  WXPUSHER_BASE_URL    where WxPusher is when --base-url is not given

Examples:
  wxpusher send '备份完成' --uid UID_xxx
  df -h | wxpusher send - --uid UID_xxx --summary '磁盘'
  wxpusher send '**hello**' --markdown --uid UID_testalice --base-url http://127.0.0.1:9797";
