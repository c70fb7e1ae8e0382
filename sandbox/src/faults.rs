//! Making the next calls of a route go wrong.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use crate::{Error, Route};

/// What is to go wrong, where, and how often.
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
    /// What goes wrong.
    #[serde(rename = "fault")]
    pub kind: FaultKind,
    /// Where; any of WxPusher's routes when absent.
    #[serde(default)]
    pub route: Option<Route>,
    /// How many calls are hit.
    #[serde(default = "once")]
    pub times: u32,
    /// Whether the call does its work before it goes wrong: the message is sent, only the answer
    /// is spoiled. `delay`, `halfBody` and `slowDrip` always do theirs.
    #[serde(default)]
    pub carried_out: bool,
}

fn once() -> u32 {
    1
}

impl Fault {
    /// Hits the next call of any route, which is then not carried out.
    #[must_use]
    pub fn new(kind: FaultKind) -> Self {
        Self { kind, route: None, times: 1, carried_out: false }
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

    /// Lets the call do its work before it goes wrong.
    #[must_use]
    pub fn carried_out(mut self) -> Self {
        self.carried_out = true;
        self
    }

    fn check(&self) -> Result<(), Error> {
        if self.times == 0 {
            return Err(Error::invalid("times", "must be at least 1"));
        }
        match &self.kind {
            FaultKind::Status(status) => check_status(*status),
            FaultKind::Answer(answer) => answer.check(),
            FaultKind::SlowDrip { bytes: 0, .. } => Err(Error::invalid("slowDrip.bytes", "must be at least 1")),
            _ => Ok(()),
        }
    }
}

/// The ways in which a call can go wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub enum FaultKind {
    /// The answer comes late, in real time: a moved clock does not shorten it.
    Delay {
        /// How late.
        ms: u64,
    },
    /// No answer comes, and the connection stays open until the caller or the sandbox ends.
    Hang,
    /// The connection is closed in good order instead of an answer.
    Close,
    /// The connection is torn down (TCP RST) instead of an answer.
    Reset,
    /// The head of the answer announces all of it, half of the body comes, and the connection is
    /// closed.
    HalfBody,
    /// The body comes a few bytes at a time.
    SlowDrip {
        /// How many bytes at once.
        bytes: usize,
        /// How long between them.
        ms: u64,
    },
    /// An HTML page with this HTTP status, as a gateway in front of the service would answer.
    Status(u16),
    /// Whatever the caller likes.
    Answer(CannedAnswer),
    /// An envelope with this business code.
    Code {
        /// The code.
        code: i32,
        /// The text that goes with it.
        msg: String,
    },
}

/// An answer of the caller's choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct CannedAnswer {
    /// The HTTP status; 200 when left out.
    pub status: u16,
    /// Headers; `content-type: application/json` is there unless another one is given.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

impl Default for CannedAnswer {
    fn default() -> Self {
        Self { status: 200, headers: BTreeMap::new(), body: String::new() }
    }
}

impl CannedAnswer {
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
        _ => Err(Error::invalid(
            "status",
            format!("{status} cannot be the status of an answer: choose one from 200 to 999"),
        )),
    }
}

impl FaultKind {
    /// An answer that comes this late.
    #[must_use]
    pub fn delay(by: Duration) -> Self {
        Self::Delay { ms: u64::try_from(by.as_millis()).unwrap_or(u64::MAX) }
    }

    /// An answer with status 200 and this body, JSON or not.
    pub fn body(body: impl Into<String>) -> Self {
        Self::Answer(CannedAnswer { body: body.into(), ..CannedAnswer::default() })
    }
}

/// Faults waiting for their calls, first come first served.
#[derive(Debug, Default)]
pub(crate) struct Faults(VecDeque<Fault>);

impl Faults {
    pub(crate) fn inject(&mut self, fault: Fault) -> Result<(), Error> {
        fault.check()?;
        self.0.push_back(fault);
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn waiting(&self) -> Vec<Fault> {
        self.0.iter().cloned().collect()
    }

    /// The fault that hits this call, if any.
    pub(crate) fn take(&mut self, route: Route) -> Option<Fault> {
        let place = self.0.iter().position(|fault| fault.route.is_none_or(|wanted| wanted == route))?;
        let fault = self.0.get_mut(place)?;
        let hit = fault.clone();
        fault.times -= 1;
        if fault.times == 0 {
            self.0.remove(place);
        }
        Some(hit)
    }
}
