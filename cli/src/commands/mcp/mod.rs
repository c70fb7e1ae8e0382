//! `wxpusher mcp`: an MCP server on standard input and output.

mod args;
#[cfg(feature = "mcp")]
mod server;

pub(crate) use args::McpArgs;

use crate::context::{Context, Result};
use crate::failure::Failure;
use crate::tr;

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
