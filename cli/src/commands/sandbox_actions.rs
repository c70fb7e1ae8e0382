//! `wxpusher sandbox scan`, `subscribe`, `pay` and the like: what users, time and networks do to a running sandbox.

use std::time::Duration;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::context::{Context, Result};
use crate::duration::duration;
use crate::exit::{REFUSED, UNREACHED};
use crate::failure::Failure;
use crate::sandbox::SandboxArgs;
use crate::tr;

#[derive(Debug, Subcommand)]
pub(crate) enum SandboxAction {
    /// Start a sandbox; the default
    Start(SandboxArgs),
    /// A user scans a QR code
    Scan {
        /// Code of the QR code
        code: String,
        /// UID of the user
        uid: String,
    },
    /// A user subscribes to an app or a topic
    Subscribe {
        /// UID of the user
        uid: String,
        /// Id of the app
        #[arg(long, value_name = "ID", required_unless_present = "topic", conflicts_with = "topic")]
        app: Option<i64>,
        /// Id of the topic
        #[arg(long, value_name = "ID")]
        topic: Option<i64>,
    },
    /// A user sends a command: `#97 text`
    Command {
        /// UID of the user
        uid: String,
        /// Text of the command
        text: String,
    },
    /// A user pays for a product
    Pay {
        /// UID of the user
        uid: String,
        /// Id of the product
        product_id: i64,
        /// Amount in fen (0.01 yuan)
        #[arg(long, value_name = "FEN", default_value_t = 990)]
        amount: i64,
        /// Number of days paid for
        #[arg(long, default_value_t = 30)]
        days: u32,
    },
    /// A payment is refunded
    Refund {
        /// Trade number, as printed by `sandbox pay`
        trade_no: String,
    },
    /// Print the sandbox's time, or move it forward
    Clock {
        /// Time to move forward by, for example 7d
        #[arg(long, value_name = "TIME", value_parser = duration)]
        advance: Option<Duration>,
    },
    /// Make the next calls fail, list the waiting faults, or clear them
    Fault {
        /// Name of a fault (hang, close, reset, halfBody), an HTTP status, or a fault as JSON
        #[arg(conflicts_with = "clear")]
        fault: Option<String>,
        /// Route that fails, for example send; every route by default
        #[arg(long, requires = "fault")]
        route: Option<String>,
        /// Number of calls that fail
        #[arg(long, requires = "fault", default_value_t = 1)]
        times: u32,
        /// Carry the call out before it fails
        #[arg(long, requires = "fault")]
        carried_out: bool,
        /// Clear the waiting faults
        #[arg(long)]
        clear: bool,
    },
    /// Print the messages that arrived for a user
    Inbox {
        /// UID of the user
        uid: String,
    },
    /// Print the latest calls
    Calls,
    /// Remove everything that happened since the start
    Reset,
}

const DEFAULT_URL: &str = "http://127.0.0.1:9797";

pub(crate) fn run(context: &Context, action: &SandboxAction) -> Result {
    let api = Api::new(context);
    let response = match action {
        SandboxAction::Start(args) => return crate::sandbox::run(context, args),
        SandboxAction::Scan { code, uid } => api.post("scan", json!({"code": code, "uid": uid}))?,
        SandboxAction::Subscribe { uid, app, topic } => {
            let body = match app {
                Some(app) => json!({"uid": uid, "appId": app}),
                None => json!({"uid": uid, "topicId": topic}),
            };
            api.post("subscribe", body)?
        }
        SandboxAction::Command { uid, text } => api.post("command", json!({"uid": uid, "text": text}))?,
        SandboxAction::Pay { uid, product_id, amount, days } => {
            api.post("pay", json!({"uid": uid, "prodId": product_id, "amount": amount, "days": days}))?
        }
        SandboxAction::Refund { trade_no } => api.post("refund", json!({"tradeNo": trade_no}))?,
        SandboxAction::Clock { advance: None } => api.call("GET", "clock", None)?,
        SandboxAction::Clock { advance: Some(time) } => {
            api.post("clock", json!({"ms": u64::try_from(time.as_millis()).unwrap_or(u64::MAX)}))?
        }
        SandboxAction::Fault { clear: true, .. } => api.call("DELETE", "faults", None)?,
        SandboxAction::Fault { fault: None, .. } => api.call("GET", "faults", None)?,
        SandboxAction::Fault { fault: Some(fault), route, times, carried_out, .. } => {
            let fault = match (fault.parse::<u16>(), serde_json::from_str::<Value>(fault)) {
                (Ok(status), _) => json!({"status": status}),
                (_, Ok(fault @ Value::Object(_))) => fault,
                _ => json!(fault),
            };
            let mut body = json!({"fault": fault, "times": times, "carriedOut": carried_out});
            if let Some(route) = route {
                body["route"] = json!(route);
            }
            api.post("faults", body)?
        }
        SandboxAction::Inbox { uid } => api.call("GET", &format!("inbox/{}", path_segment(uid)), None)?,
        SandboxAction::Calls => api.call("GET", "calls", None)?,
        SandboxAction::Reset => api.call("POST", "reset", Some(String::new()))?,
    };
    context.out.line(&format!("{response:#}"));
    Ok(response.into())
}

/// The base URL of the sandbox.
pub(super) fn sandbox_url(context: &Context) -> String {
    let variable = std::env::var("WXPUSHER_BASE_URL").ok().filter(|url| !url.trim().is_empty());
    let url = context.globals.base_url.clone().or(variable).unwrap_or_else(|| DEFAULT_URL.to_owned());
    url.trim().trim_end_matches('/').to_owned()
}

/// The control interface of a sandbox, `/sandbox/…`.
pub(super) struct Api {
    agent: ureq::Agent,
    url: String,
}

impl Api {
    pub(super) fn new(context: &Context) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(context.globals.timeout.unwrap_or(Duration::from_secs(15))))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .build()
            .new_agent();
        Self { agent, url: sandbox_url(context) }
    }

    pub(super) fn post(&self, path: &str, body: Value) -> Result<Value> {
        self.call("POST", path, Some(body.to_string()))
    }

    pub(super) fn call(&self, method: &str, path: &str, body: Option<String>) -> Result<Value> {
        let url = &self.url;
        let unreached = |error: ureq::Error| {
            let text = tr!(
                "no sandbox responds at {url} ({error}); start one with wxpusher sandbox, or set --base-url",
                "{url} 没有沙箱响应（{error}）；请用 wxpusher sandbox 启动，或设置 --base-url",
            );
            Failure::new(UNREACHED, text)
        };
        let request = format!("{url}/sandbox/{path}");
        let sent = match method {
            "GET" => self.agent.get(&request).call(),
            "DELETE" => self.agent.delete(&request).call(),
            _ => self.agent.post(&request).content_type("application/json").send(body.unwrap_or_default()),
        };
        let mut response = sent.map_err(unreached)?;
        let status = response.status();
        let text = response.body_mut().read_to_string().map_err(unreached)?;
        if !status.is_success() {
            let text = text.trim();
            let text = tr!("the sandbox responded with status {status}: {text}", "沙箱返回状态 {status}：{text}");
            return Err(Failure::new(REFUSED, text));
        }
        serde_json::from_str(&text).map_err(|_| {
            let text = tr!("{url} is not a sandbox: its response is not JSON", "{url} 不是沙箱：响应不是 JSON");
            Failure::new(REFUSED, text)
        })
    }
}

/// Percent-encodes what must not appear in a segment of a path.
fn path_segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => encoded.push(byte.into()),
            byte => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}
