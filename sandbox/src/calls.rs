//! What was called, for tests to look at. Secrets are masked before anything is kept.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::Route;

const REMEMBERED: usize = 10_000;
const MASK: &str = "***";

/// A call of one of WxPusher's routes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// The interface; none when there is no such interface.
    pub route: Option<Route>,
    /// When it arrived, on the sandbox's clock, in ms since the epoch.
    pub time: i64,
    /// The HTTP method.
    pub method: String,
    /// The path as it was sent, percent-encoding and all, an SPT in it masked.
    pub path: String,
    /// The query as it was sent, tokens in it masked.
    pub query: Option<String>,
    /// The HTTP status it was answered with; none while it is still waiting, or if it never was.
    pub status: Option<u16>,
    /// The business code it was answered with; none if a fault answered in its stead.
    pub code: Option<i32>,
}

/// A call with its number and what the sandbox noticed about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CallRecord {
    /// The number of the call, counted from 1 since the start.
    pub id: u64,
    /// The call.
    #[serde(flatten)]
    pub call: Call,
    /// A mistake of the caller that the service tolerates only for a time, such as polling a QR
    /// code too often.
    pub note: Option<&'static str>,
}

#[derive(Debug, Default)]
struct Log {
    calls: VecDeque<CallRecord>,
    arrived: u64,
}

#[derive(Debug, Default)]
pub(crate) struct CallLog {
    log: Mutex<Log>,
    changed: Condvar,
}

impl CallLog {
    /// Gives the call's number, for [`Self::answered`].
    pub(crate) fn arrived(&self, call: Call) -> u64 {
        let mut log = self.lock();
        if log.calls.len() == REMEMBERED {
            log.calls.pop_front();
        }
        log.arrived += 1;
        let id = log.arrived;
        log.calls.push_back(CallRecord { id, call, note: None });
        self.changed.notify_all();
        log.arrived
    }

    pub(crate) fn answered(&self, number: u64, status: u16, code: Option<i32>, note: Option<&'static str>) {
        let mut log = self.lock();
        let age = log.arrived.saturating_sub(number);
        let place = usize::try_from(age).ok().and_then(|age| log.calls.len().checked_sub(age + 1));
        if let Some(record) = place.and_then(|place| log.calls.get_mut(place)) {
            record.call.status = Some(status);
            record.call.code = code;
            record.note = note;
        }
    }

    pub(crate) fn all(&self) -> Vec<Call> {
        self.lock().calls.iter().map(|record| record.call.clone()).collect()
    }

    pub(crate) fn records(&self) -> Vec<CallRecord> {
        self.lock().calls.iter().cloned().collect()
    }

    pub(crate) fn wait_for(&self, count: u64, timeout: Duration) -> bool {
        let (log, _) = self
            .changed
            .wait_timeout_while(self.lock(), timeout, |log| log.arrived < count)
            .unwrap_or_else(PoisonError::into_inner);
        log.arrived >= count
    }

    fn lock(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) fn mask_path(path: &str) -> String {
    path.split('/').map(mask_value).collect::<Vec<_>>().join("/")
}

pub(crate) fn mask_query(query: &str) -> String {
    query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name @ ("appToken" | "spt"), _)) => format!("{name}={MASK}"),
            Some((name, value)) => format!("{name}={}", mask_value(value)),
            None => mask_value(pair).to_owned(),
        })
        .collect::<Vec<_>>()
        .join("&")
}

fn mask_value(value: &str) -> &str {
    // `_` may arrive as %5F.
    let secret =
        |prefix: &str| value.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('_') || rest.starts_with("%5"));
    if secret("AT") || secret("SPT") { MASK } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_masked_wherever_they_stand() {
        assert_eq!(
            mask_query("appToken=AT_x&uid=UID_a%20b&content=AT_y&flag"),
            "appToken=***&uid=UID_a%20b&content=***&flag"
        );
        assert_eq!(mask_query("appToken=wrong"), "appToken=***");
        assert_eq!(mask_path("/api/send/message/SPT%5Fx/hello"), "/api/send/message/***/hello");
    }

    #[test]
    fn the_oldest_calls_are_forgotten_and_answers_still_find_theirs() {
        let log = CallLog::default();
        let call = Call {
            route: None,
            time: 0,
            method: "GET".to_owned(),
            path: "/".to_owned(),
            query: None,
            status: None,
            code: None,
        };
        let first = log.arrived(call.clone());
        for _ in 0..REMEMBERED {
            log.arrived(call.clone());
        }
        log.answered(first, 200, None, None);
        assert!(log.all().iter().all(|call| call.status.is_none()));
        let last = log.arrived(call);
        log.answered(last, 200, Some(1000), None);
        assert_eq!(log.all().last().and_then(|call| call.code), Some(1000));
        assert_eq!(log.all().len(), REMEMBERED);
    }
}
