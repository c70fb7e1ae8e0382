//! The arguments of `wxpusher mcp`.

use clap::Args as ClapArgs;

#[derive(Debug, ClapArgs)]
#[cfg_attr(not(feature = "mcp"), allow(dead_code, reason = "the arguments stay the same"))]
#[command(after_help = HELP)]
pub(crate) struct McpArgs {
    /// Allow messages to this user; can be repeated
    #[arg(long = "allow-uid", value_name = "UID")]
    pub(super) allow_uids: Vec<String>,
    /// Allow messages to this topic; can be repeated
    #[arg(long = "allow-topic", value_name = "ID")]
    pub(super) allow_topics: Vec<i64>,
    /// Allow simple pushes by the SPTs of WXPUSHER_SPT, WXPUSHER_SPT_LIST or the profile
    #[arg(long)]
    pub(super) allow_spt: bool,
    /// Offer the tool that lists users
    #[arg(long)]
    pub(super) with_users: bool,
    /// Maximum number of sends while the server runs
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    pub(super) max_sends: u32,
}

const HELP: &str = "\
Example (configuration of an MCP client):
  {\"mcpServers\": {\"wxpusher\": {\"command\": \"wxpusher\", \"args\": [\"mcp\", \"--allow-uid\", \"UID_xxx\"]}}}

Tools: send, push, status, and with --with-users also users. A call cannot choose the host, the profile, the proxy, or a
recipient that is not allowed. The client sees no token.";
