//! Posting callbacks to an app's URL, and what came of it.

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::Error;
use crate::world::Event;

const TIMEOUT: Duration = Duration::from_secs(5);
const LONGEST_ANSWER: usize = 64 * 1024;
const REMEMBERED: usize = 1_000;

/// A callback and what its receiver made of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallbackReport {
    /// The app it belongs to.
    pub app_id: i64,
    /// Where it was posted; none when the app has no callback URL.
    pub url: Option<String>,
    /// What was posted.
    pub body: Value,
    /// What came of it.
    pub outcome: CallbackOutcome,
}

/// What came of posting a callback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum CallbackOutcome {
    /// The app has no callback URL, so nothing was posted.
    NoUrl,
    /// The receiver answered; any status counts.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The answer, of at most 64 KiB.
        body: String,
    },
    /// The receiver could not be reached or did not answer, with the reason.
    Failed(String),
}

impl CallbackReport {
    /// Whether the receiver took it: answered with a status of 2xx.
    #[must_use]
    pub fn delivered(&self) -> bool {
        matches!(self.outcome, CallbackOutcome::Answered { status, .. } if (200..300).contains(&status))
    }
}

/// The latest reports, oldest first.
#[derive(Debug, Default)]
pub(crate) struct CallbackLog(VecDeque<CallbackReport>);

impl CallbackLog {
    pub(crate) fn add(&mut self, report: CallbackReport) {
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back(report);
    }

    pub(crate) fn all(&self) -> Vec<CallbackReport> {
        self.0.iter().cloned().collect()
    }
}

/// Refuses what the sandbox cannot or must not post to.
pub(crate) fn check_url(url: &str, allow_remote: bool) -> Result<(), Error> {
    Receiver::parse(url)
        .and_then(|receiver| {
            if allow_remote || receiver.is_local() {
                Ok(())
            } else {
                Err(format!(
                    "{} is not this machine; a sandbox posts callbacks to loopback only, unless started with allow_remote_callbacks",
                    receiver.host
                ))
            }
        })
        .map_err(|reason| Error::invalid("callbackUrl", reason))
}

struct Receiver {
    host: String,
    port: u16,
    path: String,
}

impl Receiver {
    fn parse(url: &str) -> Result<Self, String> {
        let uri: Uri = url.parse().map_err(|error| format!("not a URL: {error}"))?;
        if uri.scheme_str() != Some("http") {
            return Err("must start with http:// (the sandbox speaks no TLS)".to_owned());
        }
        let host = uri.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() {
            return Err("names no host".to_owned());
        }
        Ok(Self {
            host: host.to_owned(),
            port: uri.port_u16().unwrap_or(80),
            path: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        })
    }

    fn is_local(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost")
            || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    async fn connect(&self) -> std::io::Result<TcpStream> {
        if self.host.eq_ignore_ascii_case("localhost") {
            // Asking a resolver could answer with an address that is not this machine.
            let both: [SocketAddr; 2] =
                [(Ipv4Addr::LOCALHOST, self.port).into(), (Ipv6Addr::LOCALHOST, self.port).into()];
            return TcpStream::connect(&both[..]).await;
        }
        TcpStream::connect((self.host.as_str(), self.port)).await
    }
}

/// Posts an event, if its app has a callback URL, and waits for the answer.
pub(crate) async fn deliver(event: Event) -> CallbackReport {
    let outcome = match &event.url {
        None => CallbackOutcome::NoUrl,
        Some(url) => match tokio::time::timeout(TIMEOUT, post(url, &event.body)).await {
            Ok(Ok((status, body))) => CallbackOutcome::Answered { status, body },
            Ok(Err(reason)) => CallbackOutcome::Failed(reason),
            Err(_) => CallbackOutcome::Failed(format!("no answer within {} s", TIMEOUT.as_secs())),
        },
    };
    CallbackReport { app_id: event.app_id, url: event.url, body: event.body, outcome }
}

async fn post(url: &str, body: &Value) -> Result<(u16, String), String> {
    let receiver = Receiver::parse(url)?;
    let stream = receiver.connect().await.map_err(|error| format!("could not connect: {error}"))?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| format!("could not connect: {error}"))?;
    let request = Request::post(&receiver.path)
        .header(HOST, receiver.authority())
        .header(USER_AGENT, "wxpusher-sandbox")
        .header(CONTENT_TYPE, "application/json")
        .header(CONNECTION, "close")
        .body(Body::from(body.to_string()))
        .map_err(|error| format!("not a URL: {error}"))?;
    let exchange = async move {
        let response = sender.send_request(request).await.map_err(|error| format!("no answer: {error}"))?;
        let status = response.status().as_u16();
        let body = to_bytes(Body::new(response.into_body()), LONGEST_ANSWER)
            .await
            .map_err(|error| format!("the answer broke off or is too long: {error}"))?;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    };
    // Both live and die in this future, so that giving up on the answer also closes the connection.
    let (answer, _) = tokio::join!(exchange, connection);
    answer
}
