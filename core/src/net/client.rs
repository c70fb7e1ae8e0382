//! One request and its answer, over ureq.

use std::io::{self, Read};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use ureq::http::{Request, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, RustlsConnector};
use ureq::{Agent, Body, Proxy};

use super::call::{Call, Stop};
use super::cancel::CancelToken;
use super::gate::{GateConnector, PLACEHOLDER};
use super::per_process::PerProcess;
use super::resolver::{AddressCache, CachingResolver};
use super::transport::SlicedTcpConnector;
use crate::error::{Error, ErrorKind, Phase, Sent};

/// No answer is larger.
const MOST_BYTES: u64 = 8 * 1024 * 1024;
const USUAL_BYTES: u64 = 64 * 1024;
/// Idle connections kept; as many as threads may have used at once.
const MOST_IDLE: usize = 64;

/// How to reach the server; settled when the client is made.
pub(crate) struct Settings {
    pub(crate) scheme_and_host: String,
    pub(crate) user_agent: String,
    pub(crate) proxy: Option<Proxy>,
    pub(crate) roots: Option<Arc<Vec<Certificate<'static>>>>,
    pub(crate) connect_timeout: Duration,
}

/// A request, ready to go.
pub(crate) struct Outgoing {
    pub(crate) method: &'static str,
    /// Path and query, percent-encoded.
    pub(crate) target: String,
    pub(crate) body: Option<Vec<u8>>,
}

/// A 2xx answer, or a status with what the server says about trying again.
pub(crate) enum Incoming {
    Body(Vec<u8>),
    Refusal { status: u16, retry_after: Option<String> },
}

/// The connections of a client.
pub(crate) struct Exchange {
    uri: Uri,
    settings: Settings,
    agent: PerProcess<Agent>,
}

impl Exchange {
    pub(crate) fn new(settings: Settings) -> Result<Self, ureq::http::uri::InvalidUri> {
        let uri = format!("{}{PLACEHOLDER}", settings.scheme_and_host).parse()?;
        Ok(Self { uri, settings, agent: PerProcess::new() })
    }

    fn agent(&self) -> &Agent {
        self.agent.get(|| {
            let roots =
                self.settings.roots.as_ref().map_or(RootCerts::WebPki, |roots| RootCerts::Specific(Arc::clone(roots)));
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .max_idle_connections(MOST_IDLE)
                .max_idle_connections_per_host(MOST_IDLE)
                .user_agent(&self.settings.user_agent)
                .accept("application/json")
                .proxy(self.settings.proxy.clone())
                .tls_config(TlsConfig::builder().root_certs(roots).build())
                .build();
            let cache = AddressCache::default();
            let chain =
                ().chain(ConnectProxyConnector::default())
                    .chain(SlicedTcpConnector::new(cache.clone()))
                    .chain(RustlsConnector::default())
                    .chain(GateConnector);
            Agent::with_parts(config, chain, CachingResolver::new(cache))
        })
    }

    /// Sends once. `timeout` is what is left of the call's total.
    pub(crate) fn once(&self, outgoing: &Outgoing, timeout: Duration, cancel: &CancelToken) -> Result<Incoming, Error> {
        let call = Rc::new(Call::new(
            outgoing.method,
            outgoing.target.clone(),
            timeout,
            self.settings.connect_timeout,
            cancel.clone(),
        ));
        call.check().map_err(|error| explain(&call, error.into()))?;
        call.scope(|| self.run(outgoing)).map_err(|error| explain(&call, error))
    }

    fn run(&self, outgoing: &Outgoing) -> Result<Incoming, ureq::Error> {
        let request = Request::builder().method(outgoing.method).uri(self.uri.clone());
        let mut response = match (&outgoing.body, outgoing.method) {
            (Some(body), _) => {
                self.agent().run(request.header("content-type", "application/json").body(body.as_slice())?)
            }
            // Without `Content-Length: 0` a PUT would have a body of unknown length.
            (None, "PUT") => self.agent().run(request.body(&[] as &[u8])?),
            (None, _) => self.agent().run(request.body(())?),
        }?;
        let status = response.status();
        let body = read_body(response.body_mut());
        if !status.is_success() {
            // The status says it all; a body that breaks off does not make it untrue.
            let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
            return Ok(Incoming::Refusal { status: status.as_u16(), retry_after: retry_after.map(str::to_owned) });
        }
        Ok(Incoming::Body(body?))
    }
}

fn read_body(body: &mut Body) -> Result<Vec<u8>, ureq::Error> {
    let claimed = body.content_length().unwrap_or(0);
    if claimed > MOST_BYTES {
        return Err(ureq::Error::BodyExceedsLimit(MOST_BYTES));
    }
    // Room for the whole of a usual answer, so that it is read at once; a claim alone gets no more.
    let mut bytes = Vec::with_capacity(claimed.min(USUAL_BYTES) as usize + 1);
    body.with_config().limit(MOST_BYTES).reader().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Says in our words what ended a call. None of ureq's texts that may quote a URL is passed on.
fn explain(call: &Call, error: ureq::Error) -> Error {
    let sent = call.sent();
    let unusable = |reason: String| ErrorKind::InvalidResponse { reason };
    let kind = match (call.take_stop(), error) {
        (Some(Stop::Cancelled), _) => ErrorKind::Cancelled,
        (Some(Stop::TimedOut(phase)), _) => ErrorKind::Timeout { phase },
        (Some(Stop::Unreachable(reason)), _) => ErrorKind::Connect { reason },
        (Some(Stop::Broken(reason)), _) => ErrorKind::Transport { reason },
        (None, ureq::Error::Rustls(error)) => ErrorKind::Tls { reason: error.to_string() },
        (None, ureq::Error::Tls(reason)) => ErrorKind::Tls { reason: reason.to_owned() },
        (None, ureq::Error::TlsRequired) => ErrorKind::Tls { reason: "the connection is not encrypted".to_owned() },
        (None, ureq::Error::HostNotFound) => ErrorKind::Connect { reason: "host not found".to_owned() },
        (None, ureq::Error::ConnectionFailed) => ErrorKind::Connect { reason: "no connection".to_owned() },
        (None, ureq::Error::ConnectProxyFailed(reason)) => ErrorKind::Connect { reason },
        (None, ureq::Error::BodyExceedsLimit(_)) => unusable("larger than 8 MiB".to_owned()),
        (None, ureq::Error::LargeResponseHeader(..)) => unusable("its headers are too large".to_owned()),
        (None, ureq::Error::Protocol(_)) if sent != Sent::Yes => broken("what came is not HTTP"),
        (None, ureq::Error::Protocol(_)) => unusable("it is not HTTP".to_owned()),
        (None, ureq::Error::Io(error)) => from_io(call, &error),
        (None, ureq::Error::BodyStalled) => broken("the body stopped"),
        (None, _) => ErrorKind::Internal { reason: "ureq refused the request".to_owned() },
    };
    Error::new(kind, sent)
}

fn from_io(call: &Call, error: &io::Error) -> ErrorKind {
    match error.kind() {
        // Only rustls has this to say: a certificate it does not trust, a record it cannot read.
        io::ErrorKind::InvalidData => ErrorKind::Tls { reason: error.to_string() },
        _ if call.phase() == Phase::Tls => {
            ErrorKind::Tls { reason: format!("the handshake broke off: {}", error.kind()) }
        }
        io::ErrorKind::UnexpectedEof => broken("the server closed it before its answer was complete"),
        kind => broken(&kind.to_string()),
    }
}

fn broken(reason: &str) -> ErrorKind {
    ErrorKind::Transport { reason: reason.to_owned() }
}
