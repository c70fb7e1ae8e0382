//! Posts callbacks to an app's URL and records the outcome.

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
use crate::world::CallbackEvent;

const TIMEOUT: Duration = Duration::from_secs(5);
const MAX_RESPONSE_BYTES: usize = 64 * 1024;
const KEPT: usize = 1_000;

/// A callback and the response of its receiver.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallbackReport {
    /// The app it belongs to.
    pub app_id: i64,
    /// The URL it was posted to; none if the app has no callback URL.
    pub url: Option<String>,
    /// What was posted.
    pub body: Value,
    /// The outcome.
    pub outcome: CallbackOutcome,
}

/// The outcome of posting a callback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum CallbackOutcome {
    /// The app has no callback URL, so nothing was posted.
    NoUrl,
    /// The callback is being posted.
    Pending,
    /// The receiver responded, with any status.
    #[serde(rename = "answered")]
    Responded {
        /// The HTTP status.
        status: u16,
        /// The body of the response, at most 64 KiB.
        body: String,
    },
    /// The receiver could not be reached or did not respond, with the reason.
    Failed(String),
}

impl CallbackReport {
    /// Whether the receiver responded with a status of 2xx.
    #[must_use]
    pub fn delivered(&self) -> bool {
        matches!(self.outcome, CallbackOutcome::Responded { status, .. } if (200..300).contains(&status))
    }
}

impl CallbackReport {
    pub(crate) fn pending(event: &CallbackEvent) -> Self {
        let outcome = CallbackOutcome::Pending;
        Self { app_id: event.app_id, url: event.url.clone(), body: event.body.clone(), outcome }
    }
}

/// A callback with its number.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallbackRecord {
    /// The number of the callback, counted from 1 since the start.
    pub id: u64,
    /// When it was posted, on the sandbox's clock, in ms since the epoch.
    pub time: i64,
    /// The callback.
    #[serde(flatten)]
    pub report: CallbackReport,
}

/// The latest callbacks, oldest first.
#[derive(Debug, Default)]
pub(crate) struct CallbackLog {
    records: VecDeque<CallbackRecord>,
    newest: u64,
}

impl CallbackLog {
    pub(crate) fn add(&mut self, report: CallbackReport, time: i64) -> u64 {
        if self.records.len() == KEPT {
            self.records.pop_front();
        }
        self.newest += 1;
        self.records.push_back(CallbackRecord { id: self.newest, time, report });
        self.newest
    }

    pub(crate) fn complete(&mut self, id: u64, report: CallbackReport) {
        if let Some(record) = self.records.iter_mut().rev().find(|record| record.id == id) {
            record.report = report;
        }
    }

    pub(crate) fn get(&self, id: u64) -> Result<&CallbackRecord, Error> {
        self.records.iter().find(|record| record.id == id).ok_or_else(|| Error::unknown("callback", id))
    }

    pub(crate) fn records(&self) -> impl DoubleEndedIterator<Item = &CallbackRecord> {
        self.records.iter()
    }

    pub(crate) fn clear(&mut self) {
        self.records.clear();
    }
}

/// Refuses URLs that the sandbox cannot or must not post to.
pub(crate) fn check_url(url: &str, allow_remote: bool) -> Result<(), Error> {
    Receiver::parse(url)
        .and_then(|receiver| {
            if allow_remote || receiver.is_local() {
                Ok(())
            } else {
                Err(format!(
                    "host must be localhost or a loopback address (got {}); to post to other machines, start the sandbox with allow_remote_callbacks",
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
            return Err("must start with http://, because the sandbox does not support TLS".to_owned());
        }
        let host = uri.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() {
            return Err("must have a host".to_owned());
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
            // A resolver could return an address of another machine.
            let both: [SocketAddr; 2] =
                [(Ipv4Addr::LOCALHOST, self.port).into(), (Ipv6Addr::LOCALHOST, self.port).into()];
            return TcpStream::connect(&both[..]).await;
        }
        TcpStream::connect((self.host.as_str(), self.port)).await
    }
}

/// Posts an event, if its app has a callback URL, and waits for the response.
pub(crate) async fn post(event: CallbackEvent) -> CallbackReport {
    let outcome = match &event.url {
        None => CallbackOutcome::NoUrl,
        Some(url) => match tokio::time::timeout(TIMEOUT, exchange(url, &event.body)).await {
            Ok(Ok((status, body))) => CallbackOutcome::Responded { status, body },
            Ok(Err(reason)) => CallbackOutcome::Failed(reason),
            Err(_) => CallbackOutcome::Failed(format!("no response within {} s", TIMEOUT.as_secs())),
        },
    };
    CallbackReport { app_id: event.app_id, url: event.url, body: event.body, outcome }
}

async fn exchange(url: &str, body: &Value) -> Result<(u16, String), String> {
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
    let response = async move {
        let response = sender.send_request(request).await.map_err(|error| format!("no response: {error}"))?;
        let status = response.status().as_u16();
        let body = to_bytes(Body::new(response.into_body()), MAX_RESPONSE_BYTES)
            .await
            .map_err(|error| format!("the response broke off or is too long: {error}"))?;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    };
    // Both are part of this future, so that a timeout also closes the connection.
    let (result, _) = tokio::join!(response, connection);
    result
}
