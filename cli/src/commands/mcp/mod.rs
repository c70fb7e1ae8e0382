//! `wxpusher mcp`: an MCP server on standard input and output.

#[cfg(feature = "mcp")]
mod server;

use clap::Args as ClapArgs;

use crate::context::{Context, Result};
use crate::failure::Failure;
use crate::tr;

#[derive(Debug, ClapArgs)]
#[cfg_attr(not(feature = "mcp"), allow(dead_code, reason = "the arguments stay the same"))]
#[command(after_help = HELP)]
pub(crate) struct McpArgs {
    /// Allow messages to this user; can be repeated
    #[arg(long = "allow-uid", value_name = "UID")]
    allow_uids: Vec<String>,
    /// Allow messages to this topic; can be repeated
    #[arg(long = "allow-topic", value_name = "ID")]
    allow_topics: Vec<i64>,
    /// Allow simple pushes by the SPTs of WXPUSHER_SPT, WXPUSHER_SPT_LIST or the profile
    #[arg(long)]
    allow_spt: bool,
    /// Offer the tool that lists users
    #[arg(long)]
    with_users: bool,
    /// Maximum number of sends while the server runs
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    max_sends: u32,
}

const HELP: &str = "\
Example (configuration of an MCP client):
  {\"mcpServers\": {\"wxpusher\": {\"command\": \"wxpusher\", \"args\": [\"mcp\", \"--allow-uid\", \"UID_xxx\"]}}}

Tools: send, push, status, and with --with-users also users. A call cannot choose the host, the profile, the proxy, or a
recipient that is not allowed. The client sees no token.";

pub(crate) fn run(context: &Context, args: &McpArgs) -> Result {
    if args.allow_uids.is_empty() && args.allow_topics.is_empty() && !args.allow_spt {
        let text = tr!(
            "mcp needs at least one of --allow-uid, --allow-topic and --allow-spt",
            "mcp 至少需要 --allow-uid、--allow-topic、--allow-spt 之一",
        );
        return Err(Failure::usage("--allow-uid", text));
    }
    serve(context, args)
}

#[cfg(feature = "mcp")]
fn serve(context: &Context, args: &McpArgs) -> Result {
    server::serve(context, args)
}

#[cfg(not(feature = "mcp"))]
fn serve(_: &Context, _: &McpArgs) -> Result {
    Err(Failure::local(tr!(
        "this build has no MCP server: install the command with `cargo install wxpusher-cli`",
        "此版本不含 MCP 服务器：请用 `cargo install wxpusher-cli` 安装",
    )))
}
