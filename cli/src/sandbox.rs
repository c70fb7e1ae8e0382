//! `wxpusher sandbox`.

use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use wxpusher_sandbox::{Export, Sandbox, Seed};

use crate::context::{Context, Done, Result};
use crate::exit::{Failure, LOCAL, OK, USAGE};
use crate::{interrupt, tr};

const DEFAULT_PORT: u16 = 9797;

/// The arguments of `wxpusher sandbox`.
#[derive(Debug, Args)]
pub(crate) struct SandboxArgs {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", conflicts_with_all = ["host", "port"])]
    listen: Option<SocketAddr>,
    /// Port to listen on; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = DEFAULT_PORT)]
    port: u16,
    /// IP address to listen on; 0.0.0.0 listens on all. There is no authentication
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// JSON file with the apps and users to start with: a seed, or an export
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// Base URL at which others reach the sandbox, for QR codes and the page
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Also accept requests whose Host header has this name; may be given several times
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Allow callback URLs on other machines
    #[arg(long)]
    allow_remote_callbacks: bool,
    /// File that is written with the URL once the sandbox is listening, and removed at its end
    #[arg(long, value_name = "FILE")]
    ready_file: Option<PathBuf>,
    /// Keep at most this many messages; the oldest are dropped first
    #[arg(long, value_name = "NUMBER", default_value_t = 50_000)]
    max_messages: usize,
}

/// Runs until SIGINT or SIGTERM.
pub(crate) fn run(context: &Context, args: &SandboxArgs) -> Result {
    let _guard = interrupt::guard();
    let sandbox = start(args)?;
    if let Some(path) = &args.ready_file {
        write_ready_file(path, sandbox.url())?;
    }
    let (out, url) = (&context.out, sandbox.url());
    if out.is_json() {
        let outcome = json!({"url": url, "pid": std::process::id()});
        out.json(&json!({"ok": true, "exit": OK, "error": null, "outcome": outcome}));
    } else {
        out.raw(&tr!(
            "WxPusher sandbox: {url}\n\
             \n\
             In another terminal:\n\
             \x20 export WXPUSHER_BASE_URL={url} WXPUSHER_APP_TOKEN=AT_testdemo\n\
             \x20 wxpusher send '你好' --uid UID_testalice\n\
             \x20 curl {url}/sandbox            # the control API\n\
             \n\
             Ctrl-C stops it; all data is lost then.\n",
            "WxPusher 沙箱：{url}\n\
             \n\
             在另一个终端中：\n\
             \x20 export WXPUSHER_BASE_URL={url} WXPUSHER_APP_TOKEN=AT_testdemo\n\
             \x20 wxpusher send '你好' --uid UID_testalice\n\
             \x20 curl {url}/sandbox            # 控制接口\n\
             \n\
             按 Ctrl-C 停止，停止后所有数据都会丢失。\n",
        ));
        out.flush();
    }
    interrupt::wait();
    drop(sandbox);
    if let Some(path) = &args.ready_file {
        // It may have been removed already.
        let _ = fs::remove_file(path);
    }
    Ok(Done { is_printed: true, ..Done::default() })
}

fn start(args: &SandboxArgs) -> Result<Sandbox> {
    let listen = args.listen.unwrap_or_else(|| SocketAddr::new(args.host, args.port));
    let content = args.seed.as_deref().map_or(Ok(Content::Seed(Seed::demo())), read_seed)?;
    let mut builder = Sandbox::builder().listen(listen).max_messages(args.max_messages);
    if let Some(url) = &args.public_url {
        builder = builder.public_url(url);
    }
    if args.allow_remote_callbacks {
        builder = builder.allow_remote_callbacks();
    }
    for name in &args.allow_host {
        builder = builder.allow_host(name);
    }
    let (seed, export) = match content {
        Content::Seed(seed) => (seed, None),
        Content::Export(export) => (export.world.clone(), Some(export)),
    };
    let sandbox = builder.seed(seed).start().map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => Failure::new(USAGE, format!("invalid argument: {error}")),
        _ => Failure::new(LOCAL, format!("cannot listen on {listen}: {error}")),
    })?;
    if let Some(export) = export {
        sandbox.import(export)?;
    }
    Ok(sandbox)
}

enum Content {
    Seed(Seed),
    Export(Export),
}

fn read_seed(path: &Path) -> Result<Content> {
    let invalid = |reason: String| Failure::new(USAGE, format!("--seed {}: {reason}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| invalid(error.to_string()))?;
    let value: Value = serde_json::from_str(&text).map_err(|error| invalid(error.to_string()))?;
    let content = if value.get("world").is_some() {
        serde_json::from_value(value).map(Content::Export)
    } else {
        serde_json::from_value(value).map(Content::Seed)
    };
    content.map_err(|error| invalid(error.to_string()))
}

/// Writes beside the file and renames it, so that a reader never finds half of it.
fn write_ready_file(path: &Path, url: &str) -> Result<()> {
    let failed = |error: io::Error| Failure::new(LOCAL, format!("--ready-file {}: {error}", path.display()));
    let mut name = path.as_os_str().to_owned();
    name.push(".tmp");
    fs::write(&name, format!("{url}\n")).map_err(failed)?;
    fs::rename(&name, path).map_err(failed)
}
