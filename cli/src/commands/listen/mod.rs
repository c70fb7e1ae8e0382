//! `wxpusher listen`: receives callbacks.

mod deliver;
mod sandbox_url;
mod server;

use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use axum::body::Bytes;
use clap::{Args as ClapArgs, ValueEnum};
use serde_json::json;
use wxpusher::parse_callback;

use self::deliver::Delivery;
use self::sandbox_url::CallbackUrl;
use self::server::Server;
use crate::callback_json::{Event, event};
use crate::context::{Context, Result};
use crate::failure::Failure;
use crate::output::warn;
use crate::{interrupt, tr};

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub(crate) struct ListenArgs {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:9798")]
    addr: SocketAddr,
    /// Path of the callback URL; made at random if absent
    #[arg(long)]
    path: Option<String>,
    /// Kinds of events to handle; all by default
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    events: Vec<Kind>,
    /// Also send each body to this URL; can be repeated
    #[arg(long, value_name = "URL")]
    forward_to: Vec<String>,
    /// Run this command for each event, with the event as JSON on standard input; everything after --exec belongs to it
    #[arg(long, value_name = "CMD", num_args = 1.., allow_hyphen_values = true)]
    exec: Option<Vec<String>>,
    /// Set the callback URL of an app of the sandbox, and restore it at the end
    #[arg(long)]
    sandbox: bool,
    /// Id of the app for --sandbox; the first app by default
    #[arg(long, value_name = "ID", requires = "sandbox")]
    app: Option<i64>,
    /// End after this number of events
    #[arg(long, value_name = "NUMBER")]
    count: Option<u64>,
}

const HELP: &str = "\
Examples:
  wxpusher listen --path /callback/4f7c1e --forward-to http://127.0.0.1:8000/wxpusher
  wxpusher listen --sandbox --exec ./on-event.sh

Prints one JSON line per event. Callbacks carry no signature: keep the path secret, and use a reverse proxy with https.
--exec runs without a shell; the command finds WXPUSHER_EVENT_KIND, _ACTION, _UID and _APP_ID, and no tokens, in its environment.
A repeated body is dropped for 10 minutes. Exit statuses: wxpusher help exit-codes";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Subscribe,
    Pay,
    Command,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Kind::Subscribe => "subscribe",
            Kind::Pay => "pay",
            Kind::Command => "command",
        }
    }
}

pub(crate) fn run(context: &Context, args: &ListenArgs) -> Result {
    let path = match &args.path {
        Some(path) => {
            let is_path = path.starts_with('/') && path.bytes().all(|byte| byte.is_ascii_graphic());
            if !is_path || path.contains(['?', '#', '{', '}']) {
                let text = tr!(
                    "--path must begin with / and consist of URL characters",
                    "--path 必须以 / 开头，且只含 URL 字符"
                );
                return Err(Failure::usage("--path", text));
            }
            path.clone()
        }
        None => server::random_path()?,
    };
    for url in &args.forward_to {
        let has_scheme = url.starts_with("http://") || url.starts_with("https://");
        if !has_scheme {
            return Err(Failure::usage(
                "--forward-to",
                tr!("--forward-to must be an http or https URL", "--forward-to 必须是 http 或 https 地址"),
            ));
        }
    }
    let guard = interrupt::guard();
    let (server, queue) = Server::start(args.addr, &path).map_err(|error| {
        let addr = args.addr;
        Failure::local(tr!("--addr: cannot listen on {addr}: {error}", "--addr：无法监听 {addr}：{error}"))
    })?;
    let url = server.url(&path);
    let restored = if args.sandbox { Some(CallbackUrl::set(context, args.app, &url)?) } else { None };
    // Also with --quiet, because a random path is not known otherwise.
    warn(&tr!("listening on {url}", "正在监听 {url}"));
    let delivery = Delivery::new(context, &args.forward_to, args.exec.as_deref());
    let mut count = 0;
    let result = work(context, args, &queue, &delivery, &mut count);
    // Answered callbacks are worked off before the end.
    drop(server);
    if result.is_err() {
        while let Ok(body) = queue.try_recv() {
            handle(context, args, &delivery, &body, &mut count);
        }
    }
    let restored = restored.map_or(Ok(()), CallbackUrl::restore);
    drop(guard);
    let document = json!({"events": count});
    result.and(restored).map_err(|failure| failure.with_outcome(document.clone()))?;
    Ok(document.into())
}

/// Handles events until a signal, or the number of `--count`.
fn work(
    context: &Context,
    args: &ListenArgs,
    queue: &Receiver<Bytes>,
    delivery: &Delivery,
    count: &mut u64,
) -> Result<()> {
    const SLICE: Duration = Duration::from_millis(100);
    while args.count.is_none_or(|most| *count < most) {
        if interrupt::is_set() {
            return Err(interrupt::interrupted());
        }
        match queue.recv_timeout(SLICE) {
            Ok(body) => handle(context, args, delivery, &body, count),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::local(tr!("the server stopped", "服务器已停止")));
            }
        }
    }
    Ok(())
}

fn handle(context: &Context, args: &ListenArgs, delivery: &Delivery, body: &Bytes, count: &mut u64) {
    let callback = match parse_callback(body) {
        Ok(callback) => callback,
        Err(error) => return warn(&crate::lang::errors::error_text(&error)),
    };
    let event = event(&callback);
    if !args.events.is_empty() && !args.events.iter().any(|kind| kind.as_str() == event.kind) {
        return;
    }
    *count += 1;
    let Event { kind, document, .. } = &event;
    context.out.json(&json!({"event": kind, "action": document["action"], "data": document["data"]}));
    delivery.forward(body);
    delivery.exec(&event);
}
