//! Faults: failures that the next calls run into.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use crate::{Error, Route};

/// A failure that calls run into: which, where, and how often.
///
/// ```
/// use std::time::Duration;
/// use wxpusher_sandbox::{Fault, FaultKind, Route, Sandbox};
///
/// let sandbox = Sandbox::start()?;
/// // The next two sends get a 502, and the third one goes through.
/// sandbox.inject(Fault::new(FaultKind::Status(502)).on(Route::Send).times(2))?;
/// // The next call of any route is carried out, and then its connection breaks.
/// sandbox.inject(Fault::new(FaultKind::Reset).carried_out())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The same as JSON, for `POST /sandbox/faults`:
///
/// ```
/// # use wxpusher_sandbox::Fault;
/// let fault: Fault = serde_json::from_str(r#"{"fault": {"status": 502}, "route": "send", "times": 2}"#)?;
/// # assert_eq!(fault.times, 2);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// The kind of failure.
    #[serde(rename = "fault")]
    pub kind: FaultKind,
    /// The route; any of WxPusher's routes if absent.
    #[serde(default)]
    pub route: Option<Route>,
    /// How many calls are hit.
    #[serde(default = "once")]
    pub times: u32,
    /// Whether the call is carried out before it fails: the message is sent, only the response is
    /// damaged. With `delay`, `halfBody` and `slowDrip` the call is always carried out.
    #[serde(default)]
    pub carried_out: bool,
    /// The probability in percent, 1 to 100, that a matching call is hit. The sequence of hits is the
    /// same in every run.
    #[serde(default = "always", skip_serializing_if = "is_always")]
    pub percent: u8,
    /// Hits only calls that contain this text in path, query or body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
}

fn once() -> u32 {
    1
}

fn always() -> u8 {
    100
}

fn is_always(percent: &u8) -> bool {
    *percent == 100
}

impl Fault {
    /// Hits the next call of any route, which is then not carried out.
    #[must_use]
    pub fn new(kind: FaultKind) -> Self {
        Self { kind, route: None, times: 1, carried_out: false, percent: 100, contains: None }
    }

    /// Hits only this route.
    #[must_use]
    pub fn on(mut self, route: Route) -> Self {
        self.route = Some(route);
        self
    }

    /// Hits this many calls.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Lets the call be carried out before it fails.
    #[must_use]
    pub fn carried_out(mut self) -> Self {
        self.carried_out = true;
        self
    }

    /// Hits a matching call only with this probability in percent, 1 to 100.
    #[must_use]
    pub fn percent(mut self, percent: u8) -> Self {
        self.percent = percent;
        self
    }

    /// Hits only calls that contain this text in path, query or body.
    #[must_use]
    pub fn containing(mut self, text: impl Into<String>) -> Self {
        self.contains = Some(text.into());
        self
    }

    fn check(&self) -> Result<(), Error> {
        if !(1..=100).contains(&self.percent) {
            return Err(Error::invalid("percent", format!("must be between 1 and 100 (got {})", self.percent)));
        }
        if self.times == 0 {
            return Err(Error::invalid("times", "must be at least 1 (got 0)"));
        }
        match &self.kind {
            FaultKind::Status(status) => check_status(*status),
            FaultKind::Response(response) => response.check(),
            FaultKind::SlowDrip { bytes: 0, .. } => Err(Error::invalid("slowDrip.bytes", "must be at least 1 (got 0)")),
            _ => Ok(()),
        }
    }
}

/// The kinds of failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub enum FaultKind {
    /// The response is delayed, in real time: the sandbox's clock does not matter.
    Delay {
        /// The delay in ms.
        ms: u64,
    },
    /// There is no response, and the connection stays open until the caller or the sandbox closes it.
    Hang,
    /// The connection is closed (TCP FIN) without a response.
    Close,
    /// The connection is reset (TCP RST) without a response.
    Reset,
    /// The response has its full `content-length` but only half of its body, then the connection is
    /// closed.
    HalfBody,
    /// The body is sent a few bytes at a time.
    SlowDrip {
        /// How many bytes at once.
        bytes: usize,
        /// The pause between them, in ms.
        ms: u64,
    },
    /// An HTML page with this HTTP status, as a gateway in front of the service would send it.
    Status(u16),
    /// A response with any status, headers and body.
    #[serde(rename = "answer", alias = "response")]
    Response(CannedResponse),
    /// An envelope with this business code.
    Code {
        /// The code.
        code: i32,
        /// The message.
        msg: String,
    },
}

/// A response with any status, headers and body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct CannedResponse {
    /// The HTTP status; 200 when left out.
    pub status: u16,
    /// Headers; `content-type: application/json` is there unless another one is given.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

impl Default for CannedResponse {
    fn default() -> Self {
        Self { status: 200, headers: BTreeMap::new(), body: String::new() }
    }
}

impl CannedResponse {
    fn check(&self) -> Result<(), Error> {
        check_status(self.status)?;
        for (name, value) in &self.headers {
            if HeaderName::from_bytes(name.as_bytes()).is_err() || HeaderValue::from_str(value).is_err() {
                return Err(Error::invalid("answer.headers", format!("{name:?}: {value:?} is not a header")));
            }
        }
        Ok(())
    }
}

fn check_status(status: u16) -> Result<(), Error> {
    match StatusCode::from_u16(status) {
        Ok(status) if !status.is_informational() => Ok(()),
        _ => Err(Error::invalid("status", format!("{status} is not a final HTTP status: must be between 200 and 999"))),
    }
}

impl FaultKind {
    /// A response that is delayed.
    #[must_use]
    pub fn delay(by: Duration) -> Self {
        Self::Delay { ms: u64::try_from(by.as_millis()).unwrap_or(u64::MAX) }
    }

    /// A response with status 200 and this body, which need not be JSON.
    pub fn body(body: impl Into<String>) -> Self {
        Self::Response(CannedResponse { body: body.into(), ..CannedResponse::default() })
    }
}

/// Faults that wait for their calls, in the order of injection.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: VecDeque<Fault>,
    /// The state of the generator that decides by probability.
    random: u64,
}

impl Faults {
    pub(crate) fn inject(&mut self, fault: Fault) -> Result<(), Error> {
        fault.check()?;
        self.waiting.push_back(fault);
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    pub(crate) fn waiting(&self) -> Vec<Fault> {
        self.waiting.iter().cloned().collect()
    }

    /// The fault that hits this call, if any. `contains` tells whether a text occurs in the call.
    pub(crate) fn take(&mut self, route: Route, contains: impl Fn(&str) -> bool) -> Option<Fault> {
        let random = &mut self.random;
        let place = self.waiting.iter().position(|fault| {
            fault.route.is_none_or(|wanted| wanted == route)
                && fault.contains.as_deref().is_none_or(&contains)
                && (fault.percent == 100 || next_percent(random) < fault.percent)
        })?;
        let fault = self.waiting.get_mut(place)?;
        let hit = fault.clone();
        fault.times -= 1;
        if fault.times == 0 {
            self.waiting.remove(place);
        }
        Some(hit)
    }
}

/// The next number from 0 to 99 of a fixed sequence (SplitMix64).
fn next_percent(state: &mut u64) -> u8 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut bits = *state;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    u8::try_from((bits ^ (bits >> 31)) % 100).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_and_contains_select_calls() {
        let mut faults = Faults::default();
        faults.inject(Fault::new(FaultKind::Hang).times(1_000).percent(30)).unwrap();
        let hits = (0..1_000).filter(|_| faults.take(Route::Send, |_| false).is_some()).count();
        assert!((250..350).contains(&hits), "{hits}");
        faults.clear();
        faults.inject(Fault::new(FaultKind::Hang).containing("needle")).unwrap();
        assert!(faults.take(Route::Send, |text| text == "hay").is_none());
        assert!(faults.take(Route::Send, |text| text == "needle").is_some());
        assert!(faults.inject(Fault::new(FaultKind::Hang).percent(0)).is_err());
    }
}
