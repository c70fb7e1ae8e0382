//! The options that all commands have.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args as ClapArgs};

use crate::duration::duration;
use crate::lang::Lang;
use crate::output::{Color, Format};

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
