//! One call from validation to result: rate limit, attempts, retries, reading of the response.

use std::time::{Duration, SystemTime};

use super::{Client, Shared};
use crate::endpoint::Endpoint;
use crate::model::error::{Error, ErrorKind, Result, Sent};
use crate::model::secret::AppToken;
use crate::net::client::{HttpRequest, HttpResponse};
use crate::policy::cancel::Cancelled;
use crate::policy::retry;
use crate::wire::envelope::{self, Envelope};

impl Client {
    pub(crate) fn call<E: Endpoint>(&self, endpoint: &E) -> Result<E::Output> {
        self.validate(endpoint)?;
        if E::RATE_LIMITED && self.waits && self.config().rate_limit_sends {
            self.wait_for_rate_limit()?;
        }
        self.perform(endpoint)
    }

    pub(crate) fn validate<E: Endpoint>(&self, endpoint: &E) -> Result<()> {
        endpoint.validate(self.limits())
    }

    pub(crate) fn perform<E: Endpoint>(&self, endpoint: &E) -> Result<E::Output> {
        let result = self.attempt(endpoint).and_then(|body| self.read(endpoint, &body));
        let result = result.map_err(|error| error.idempotent(E::IDEMPOTENT));
        match &result {
            Ok(_) => log::debug!("{} {}: done", E::METHOD, E::PATH),
            Err(error) => {
                log::debug!("{} {}: {error}", E::METHOD, E::PATH);
                log::trace!("{error:?}");
            }
        }
        result
    }

    /// Makes attempts until one succeeds, or a retry would be wrong or too late.
    fn attempt<E: Endpoint>(&self, endpoint: &E) -> Result<Vec<u8>> {
        let Shared { config, base_path, http, .. } = &*self.shared;
        let target = format!("{base_path}{}{}", endpoint.path(), endpoint.query().as_str());
        let request = HttpRequest { method: E::METHOD, target, body: endpoint.body() };
        let start = config.clock.elapsed();
        let time_left = || self.timeout.saturating_sub(config.clock.elapsed().saturating_sub(start));
        let mut sent = Sent::No;
        for attempt in 1.. {
            let response = http.send(&request, time_left(), &self.cancel);
            let (error, retry_after) = match response {
                Ok(HttpResponse::Success { body }) => return Ok(body),
                Ok(HttpResponse::Failure { status, retry_after, body }) => {
                    let wait = retry_after.and_then(|header| retry::retry_after(&header, SystemTime::now()));
                    (Error::new(self.http_status(endpoint, status, &body), Sent::Yes), wait)
                }
                Err(error) => (error, None),
            };
            // A later attempt that sent nothing does not undo what an earlier one sent.
            sent = sent.max(error.sent());
            let error = Error::new(error.into_kind(), sent);
            let Some(delay) = config.retry.delay(attempt, &error, E::IDEMPOTENT, retry_after) else {
                return Err(error);
            };
            if delay >= time_left() {
                return Err(error);
            }
            log::debug!("{} {}: attempt {attempt} failed, retry in {delay:?}: {error}", E::METHOD, E::PATH);
            self.cancel.sleep(&*config.clock, delay).map_err(|Cancelled| cancelled(sent))?;
        }
        unreachable!("a u32 of attempts outlasts any timeout")
    }

    /// The error for a status that is not 2xx, with what the server says about it.
    fn http_status<E: Endpoint>(&self, endpoint: &E, status: u16, body: &[u8]) -> ErrorKind {
        let (code, msg) = envelope::read_failure(body, &self.secrets(endpoint));
        ErrorKind::HttpStatus { status, code, msg }
    }

    fn read<E: Endpoint>(&self, endpoint: &E, body: &[u8]) -> Result<E::Output> {
        let secrets = self.secrets(endpoint);
        let text = envelope::text_of(body).map_err(|kind| Error::new(kind, Sent::Yes))?;
        Envelope::parse(&text)
            .and_then(|response| endpoint.read(response, &secrets))
            .map_err(|kind| Error::new(kind, Sent::Yes))
    }

    fn secrets<'a, E: Endpoint>(&'a self, endpoint: &'a E) -> Vec<&'a str> {
        let mut secrets = endpoint.secrets();
        secrets.extend(self.config().app_token.as_ref().map(AppToken::expose));
        secrets
    }

    pub(crate) fn token(&self) -> Result<&AppToken> {
        self.config().app_token.as_ref().ok_or_else(|| {
            Error::invalid_argument("app_token", "no app token: pass it to Client(…) or set WXPUSHER_APP_TOKEN")
        })
    }

    /// Reserves the next send within the rate limit and returns how long to wait before making it.
    ///
    /// For asynchronous callers, which wait in their own way and then send with a client
    /// [`without_waiting`](Self::without_waiting).
    pub fn reserve_send(&self) -> Duration {
        self.shared.rate_limiter.reserve(&*self.config().clock)
    }

    pub(crate) fn wait_for_rate_limit(&self) -> Result<()> {
        if !self.waits {
            return Ok(());
        }
        self.sleep(self.reserve_send())
    }

    pub(crate) fn sleep(&self, duration: Duration) -> Result<()> {
        let slept = self.cancel.sleep(&*self.config().clock, duration);
        slept.map_err(|Cancelled| cancelled(Sent::No))
    }
}

fn cancelled(sent: Sent) -> Error {
    Error::new(ErrorKind::Cancelled, sent)
}
