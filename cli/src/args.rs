//! The arguments of all commands. Each command declares its own in its file.

use clap::{Args as ClapArgs, Parser, Subcommand};

use crate::commands::*;
use crate::exit::Class;
use crate::globals::Globals;
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn arguments_are_consistent() {
        Args::command().debug_assert();
    }
}
