//! One request and its response, over ureq.

use std::io::{self, Read};
use std::rc::Rc;
use std::time::Duration;

use ureq::http::uri::InvalidUri;
use ureq::http::{Request, Response, Uri, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, RustlsConnector};
use ureq::{Agent, Body, Proxy};

use super::compression::{self, Failure, decompress_start};
use super::context::{AbortReason, CallContext};
use super::request_buffer::{MAX_HEAD, PLACEHOLDER, RequestBufferConnector};
use super::resolver::{AddressCache, CachingResolver};
use super::roots::Roots;
use super::tcp::InterruptibleTcpConnector;
use crate::model::error::{Error, ErrorKind, Phase, Sent};
use crate::policy::cancel::CancelToken;
use crate::policy::fork_safe::ForkSafe;

/// The largest body of a response, before and after decompression.
const MAX_BODY: u64 = 8 * 1024 * 1024;
const USUAL_BODY: u64 = 64 * 1024;
/// How much of the body of an error status is read for its text, and for how long. The status alone decides.
const MAX_ERROR_BODY: u64 = 4 * 1024;
const ERROR_BODY_TIME: Duration = Duration::from_millis(300);
/// The maximum number of idle connections: one for each thread that may have used the client at once.
const MAX_IDLE: usize = 64;

/// The settings of the connection, checked when the client is created.
pub(crate) struct HttpSettings {
    pub(crate) scheme_and_host: String,
    pub(crate) user_agent: String,
    pub(crate) proxy: Option<Proxy>,
    pub(crate) roots: Option<Roots>,
    pub(crate) connect_timeout: Duration,
}

/// A request.
pub(crate) struct HttpRequest {
    pub(crate) method: &'static str,
    /// Path and query, percent-encoded.
    pub(crate) target: String,
    pub(crate) body: Option<Vec<u8>>,
}

/// A response.
pub(crate) enum HttpResponse {
    /// The status is 2xx.
    Success { body: Vec<u8> },
    /// Any other status, with the header `Retry-After` and the start of the body.
    Failure { status: u16, retry_after: Option<String>, body: Vec<u8> },
}

/// The connections of a client.
pub(crate) struct HttpClient {
    uri: Uri,
    settings: HttpSettings,
    agent: ForkSafe<Agent>,
}

impl HttpClient {
    pub(crate) fn new(settings: HttpSettings) -> Result<Self, InvalidUri> {
        let uri = format!("{}{PLACEHOLDER}", settings.scheme_and_host).parse()?;
        Ok(Self { uri, settings, agent: ForkSafe::new() })
    }

    fn agent(&self) -> &Agent {
        self.agent.get(|| {
            let roots = self.settings.roots.as_ref();
            let roots = roots.map_or(RootCerts::WebPki, |roots| RootCerts::Specific(Roots::clone(roots)));
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .max_response_header_size(MAX_HEAD)
                .max_idle_connections(MAX_IDLE)
                .max_idle_connections_per_host(MAX_IDLE)
                .user_agent(&self.settings.user_agent)
                .accept("application/json")
                .accept_encoding("identity")
                .proxy(self.settings.proxy.clone())
                .tls_config(TlsConfig::builder().root_certs(roots).build())
                .build();
            let cache = AddressCache::default();
            let chain =
                ().chain(ConnectProxyConnector::default())
                    .chain(InterruptibleTcpConnector::new(cache.clone()))
                    .chain(RustlsConnector::default())
                    .chain(RequestBufferConnector);
            Agent::with_parts(config, chain, CachingResolver::new(cache))
        })
    }

    /// Sends the request once. `timeout` is what is left of the call's total timeout.
    pub(crate) fn send(
        &self,
        request: &HttpRequest,
        timeout: Duration,
        cancel: &CancelToken,
    ) -> Result<HttpResponse, Error> {
        let target = request.target.clone();
        let connect_timeout = self.settings.connect_timeout;
        let call = Rc::new(CallContext::new(request.method, target, timeout, connect_timeout, cancel.clone()));
        call.check().map_err(|error| describe(&call, error.into()))?;
        call.scope(|| self.run(&call, request)).map_err(|error| describe(&call, error))
    }

    fn run(&self, call: &CallContext, request: &HttpRequest) -> Result<HttpResponse, ureq::Error> {
        let builder = Request::builder().method(request.method).uri(self.uri.clone());
        let mut response = match (&request.body, request.method) {
            (Some(body), _) => {
                self.agent().run(builder.header(header::CONTENT_TYPE, "application/json").body(body.as_slice())?)
            }
            // Without `Content-Length: 0` a PUT would have a body of unknown length.
            (None, "PUT") => self.agent().run(builder.body(&[] as &[u8])?),
            (None, _) => self.agent().run(builder.body(())?),
        }?;
        let encoding = header_text(&response, header::CONTENT_ENCODING).unwrap_or_default();
        if response.status().is_success() {
            let body = read_body(response.body_mut())?;
            let body = compression::decompress(body, &encoding, MAX_BODY).map_err(|failure| match failure {
                Failure::TooLarge => ureq::Error::BodyExceedsLimit(MAX_BODY),
                Failure::Invalid(reason) => call.abort(AbortReason::Unreadable(reason)).into(),
            })?;
            return Ok(HttpResponse::Success { body });
        }
        let status = response.status().as_u16();
        let retry_after = header_text(&response, header::RETRY_AFTER);
        call.limit_to(ERROR_BODY_TIME);
        // A body that breaks off or takes too long does not change the status.
        let start = read_start(response.body_mut());
        if let Some(AbortReason::Cancelled) = call.take_abort_reason() {
            return Err(call.abort(AbortReason::Cancelled).into());
        }
        let body = decompress_start(start, &encoding, MAX_ERROR_BODY);
        Ok(HttpResponse::Failure { status, retry_after, body })
    }
}

fn header_text(response: &Response<Body>, name: header::HeaderName) -> Option<String> {
    response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

fn read_body(body: &mut Body) -> Result<Vec<u8>, ureq::Error> {
    let length = body.content_length().unwrap_or(0);
    if length > MAX_BODY {
        return Err(ureq::Error::BodyExceedsLimit(MAX_BODY));
    }
    // Room for all of a usual body, so that it is read at once; a large `Content-Length` alone reserves no more.
    let mut bytes = Vec::with_capacity(length.min(USUAL_BODY) as usize + 1);
    body.with_config().limit(MAX_BODY).reader().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads the start of the body of an error status. A connection whose body was not read to its end is closed.
fn read_start(body: &mut Body) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What came before an error is kept.
    let _ = body.as_reader().take(MAX_ERROR_BODY).read_to_end(&mut bytes);
    bytes
}

/// Describes in our words what ended a call. Texts of ureq that may quote a URL are not passed on.
fn describe(call: &CallContext, error: ureq::Error) -> Error {
    let sent = call.sent();
    let unreadable = |reason: String| ErrorKind::InvalidResponse { reason };
    let kind = match (call.take_abort_reason(), error) {
        (Some(AbortReason::Cancelled), _) => ErrorKind::Cancelled,
        (Some(AbortReason::TimedOut(phase)), _) => ErrorKind::Timeout { phase },
        (Some(AbortReason::Unreachable(reason)), _) => ErrorKind::Connect { reason },
        (Some(AbortReason::Broken(reason)), _) => ErrorKind::Transport { reason },
        (Some(AbortReason::Unreadable(reason)), _) => unreadable(reason),
        (None, ureq::Error::Rustls(error)) => ErrorKind::Tls { reason: error.to_string() },
        (None, ureq::Error::Tls(reason)) => ErrorKind::Tls { reason: reason.to_owned() },
        (None, ureq::Error::TlsRequired) => ErrorKind::Tls { reason: "the connection is not encrypted".to_owned() },
        (None, ureq::Error::HostNotFound) => ErrorKind::Connect { reason: "host not found".to_owned() },
        (None, ureq::Error::ConnectionFailed) => ErrorKind::Connect { reason: "no connection".to_owned() },
        (None, ureq::Error::ConnectProxyFailed(reason)) => ErrorKind::Connect { reason },
        (None, ureq::Error::BodyExceedsLimit(_)) => unreadable("larger than 8 MiB".to_owned()),
        (None, ureq::Error::LargeResponseHeader(..)) => unreadable("headers larger than 64 KiB".to_owned()),
        // ureq does not export the type of this error.
        (None, ureq::Error::Protocol(error)) if error.to_string().contains("too many headers") => {
            unreadable("more than 128 headers".to_owned())
        }
        (None, ureq::Error::Protocol(_)) if sent != Sent::Yes => broken("the response is not HTTP"),
        (None, ureq::Error::Protocol(_)) => unreadable("not HTTP".to_owned()),
        (None, ureq::Error::Io(error)) => from_io(call, &error),
        (None, ureq::Error::BodyStalled) => broken("the server stopped in the middle of the body"),
        (None, _) => ErrorKind::Internal { reason: "ureq refused the request".to_owned() },
    };
    Error::new(kind, sent)
}

fn from_io(call: &CallContext, error: &io::Error) -> ErrorKind {
    match error.kind() {
        // Only rustls reports this: a certificate that is not trusted, a record that cannot be read.
        io::ErrorKind::InvalidData => ErrorKind::Tls { reason: error.to_string() },
        _ if call.phase() == Phase::Tls => ErrorKind::Tls { reason: format!("the handshake failed: {}", error.kind()) },
        io::ErrorKind::UnexpectedEof => broken("the server closed the connection before the response was complete"),
        kind => broken(&kind.to_string()),
    }
}

fn broken(reason: &str) -> ErrorKind {
    ErrorKind::Transport { reason: reason.to_owned() }
}
