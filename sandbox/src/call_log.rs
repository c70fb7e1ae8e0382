//! The calls of WxPusher's routes. Tokens are masked in all that leaves this log.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::masking::mask_text;
use crate::{Fault, Route};

const KEPT: usize = 10_000;
/// Bodies are kept up to this length, in bytes.
const KEPT_OF_A_BODY: usize = 16 * 1024;
/// All kept bodies and headers together; the oldest calls are dropped first.
const KEPT_BYTES: usize = 32 * 1024 * 1024;

/// A call of one of WxPusher's routes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// The route; none if there is no such route.
    pub route: Option<Route>,
    /// When it arrived, on the sandbox's clock, in ms since the epoch.
    pub time: i64,
    /// The HTTP method.
    pub method: String,
    /// The path as it was sent, with percent-encoding; an SPT in it is masked.
    pub path: String,
    /// The query as it was sent; tokens in it are masked.
    pub query: Option<String>,
    /// The HTTP status of the response; none if there is no response yet, or never was one.
    pub status: Option<u16>,
    /// The business code of the response; none if a fault replaced it.
    pub code: Option<i32>,
}

/// A call with its number, request, response, and what the sandbox noticed about it.
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
    /// The fault that hit the call.
    pub fault: Option<Fault>,
    /// The request.
    pub request: HttpContent,
    /// The response; none if there is no response yet, or never was one.
    pub response: Option<HttpContent>,
}

/// Headers and body of a request or response, with tokens masked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpContent {
    /// The headers. Values of credentials are masked.
    pub headers: BTreeMap<String, String>,
    /// The body, at most 16 KiB of it.
    pub body: String,
    /// Whether the body was longer.
    pub truncated: bool,
}

/// Headers and body as they were sent. Kept in this compact form and masked when they are read,
/// because most calls are never looked at.
#[derive(Debug, Default)]
pub(crate) struct RawContent {
    /// One line per header.
    head: String,
    body: Box<[u8]>,
    truncated: bool,
}

impl RawContent {
    pub(crate) fn new(headers: &hyper::HeaderMap, body: &[u8]) -> Self {
        let mut head = String::with_capacity(256);
        for (name, value) in headers {
            head.push_str(name.as_str());
            head.push(':');
            head.push_str(&String::from_utf8_lossy(value.as_bytes()));
            head.push('\n');
        }
        let truncated = body.len() > KEPT_OF_A_BODY;
        Self { head, body: body[..body.len().min(KEPT_OF_A_BODY)].into(), truncated }
    }

    fn masked(&self) -> HttpContent {
        let headers = self.head.lines().filter_map(|line| line.split_once(':')).map(|(name, value)| {
            let secret = matches!(name, "authorization" | "cookie" | "proxy-authorization" | "set-cookie");
            (name.to_owned(), if secret { "***".to_owned() } else { mask_text(value) })
        });
        HttpContent { headers: headers.collect(), body: self.masked_body(), truncated: self.truncated }
    }

    fn masked_body(&self) -> String {
        mask_text(&String::from_utf8_lossy(&self.body))
    }

    fn bytes(&self) -> usize {
        self.head.len() + self.body.len()
    }
}

/// A call in the log.
#[derive(Debug)]
struct Entry {
    id: u64,
    call: Call,
    note: Option<&'static str>,
    fault: Option<Fault>,
    request: RawContent,
    response: Option<RawContent>,
}

impl Entry {
    fn bytes(&self) -> usize {
        self.request.bytes() + self.response.as_ref().map_or(0, RawContent::bytes)
    }

    fn record(&self) -> CallRecord {
        CallRecord {
            id: self.id,
            call: self.call.clone(),
            note: self.note,
            fault: self.fault.clone(),
            request: self.request.masked(),
            response: self.response.as_ref().map(RawContent::masked),
        }
    }
}

/// What is known of a call once it is over.
pub(crate) struct Completion {
    pub(crate) status: u16,
    pub(crate) code: Option<i32>,
    pub(crate) note: Option<&'static str>,
    pub(crate) response: RawContent,
}

/// Which calls are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallFilter {
    pub(crate) after: u64,
    pub(crate) route: Option<Route>,
    /// A text that occurs in the path, query or request body.
    pub(crate) contains: Option<String>,
}

impl CallFilter {
    fn matches(&self, record: &Entry) -> bool {
        record.id > self.after
            && self.route.is_none_or(|route| record.call.route == Some(route))
            && self.contains.as_deref().is_none_or(|text| {
                record.call.path.contains(text)
                    || record.call.query.as_deref().is_some_and(|query| query.contains(text))
                    || record.request.masked_body().contains(text)
            })
    }
}

#[derive(Debug, Default)]
struct Log {
    records: VecDeque<Entry>,
    /// The id of the newest call.
    newest: u64,
    /// Calls since the start or since the log was cleared.
    arrived: u64,
    bytes: usize,
}

impl Log {
    fn drop_oldest(&mut self) {
        if let Some(record) = self.records.pop_front() {
            self.bytes = self.bytes.saturating_sub(record.bytes());
        }
    }

    fn find(&mut self, id: u64) -> Option<&mut Entry> {
        let age = usize::try_from(self.newest.checked_sub(id)?).ok()?;
        let place = self.records.len().checked_sub(age + 1)?;
        self.records.get_mut(place)
    }
}

#[derive(Debug, Default)]
pub(crate) struct CallLog {
    log: Mutex<Log>,
    changed: Condvar,
}

impl CallLog {
    /// Returns the call's id, for [`Self::complete`].
    pub(crate) fn add(&self, call: Call, request: RawContent, fault: Option<Fault>) -> u64 {
        let mut log = self.lock();
        log.newest += 1;
        log.arrived += 1;
        let record = Entry { id: log.newest, call, note: None, fault, request, response: None };
        log.bytes += record.bytes();
        log.records.push_back(record);
        while log.records.len() > KEPT || (log.bytes > KEPT_BYTES && log.records.len() > 1) {
            log.drop_oldest();
        }
        self.changed.notify_all();
        log.newest
    }

    pub(crate) fn complete(&self, id: u64, completion: Completion) {
        let mut log = self.lock();
        if let Some(record) = log.find(id) {
            record.call.status = Some(completion.status);
            record.call.code = completion.code;
            record.note = completion.note;
            let bytes = completion.response.bytes();
            record.response = Some(completion.response);
            log.bytes += bytes;
        }
    }

    pub(crate) fn all(&self) -> Vec<Call> {
        self.lock().records.iter().map(|record| record.call.clone()).collect()
    }

    pub(crate) fn records(&self) -> Vec<CallRecord> {
        self.lock().records.iter().map(Entry::record).collect()
    }

    /// The oldest calls that match, at most `limit`.
    pub(crate) fn page(&self, filter: &CallFilter, limit: usize) -> Vec<CallRecord> {
        let log = self.lock();
        let first = log.records.partition_point(|record| record.id <= filter.after);
        log.records.range(first..).filter(|record| filter.matches(record)).take(limit).map(Entry::record).collect()
    }

    /// The newest call that matches.
    pub(crate) fn latest(&self, filter: &CallFilter) -> Option<CallRecord> {
        self.lock().records.iter().rev().find(|record| filter.matches(record)).map(Entry::record)
    }

    /// The id of the call before the one that follows `skip` matching calls.
    pub(crate) fn id_before(&self, filter: &CallFilter, skip: usize) -> u64 {
        let log = self.lock();
        let first = log.records.iter().filter(|record| filter.matches(record)).nth(skip);
        first.map_or(log.newest, |record| record.id - 1)
    }

    pub(crate) fn count(&self, filter: &CallFilter) -> usize {
        self.lock().records.iter().filter(|record| filter.matches(record)).count()
    }

    pub(crate) fn clear(&self) {
        let mut log = self.lock();
        *log = Log { newest: log.newest, ..Log::default() };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> Call {
        Call {
            route: None,
            time: 0,
            method: "GET".to_owned(),
            path: "/".to_owned(),
            query: None,
            status: None,
            code: None,
        }
    }

    fn completion(code: i32) -> Completion {
        Completion { status: 200, code: Some(code), note: None, response: RawContent::default() }
    }

    #[test]
    fn drops_the_oldest_calls_and_completes_the_others() {
        let log = CallLog::default();
        let first = log.add(call(), RawContent::default(), None);
        for _ in 0..KEPT {
            log.add(call(), RawContent::default(), None);
        }
        log.complete(first, completion(1));
        assert!(log.all().iter().all(|call| call.status.is_none()));
        let last = log.add(call(), RawContent::default(), None);
        log.complete(last, completion(1000));
        assert_eq!(log.all().last().and_then(|call| call.code), Some(1000));
        assert_eq!(log.all().len(), KEPT);
        log.clear();
        assert!(log.all().is_empty() && log.add(call(), RawContent::default(), None) > last);
    }

    #[test]
    fn the_memory_of_bodies_is_bounded() {
        let log = CallLog::default();
        let body = vec![b'x'; KEPT_OF_A_BODY * 2];
        for _ in 0..KEPT_BYTES / KEPT_OF_A_BODY + 10 {
            log.add(call(), RawContent::new(&hyper::HeaderMap::new(), &body), None);
        }
        let log = log.lock();
        assert!(log.bytes <= KEPT_BYTES && log.records.len() > 100, "{} bytes", log.bytes);
        assert!(log.records[0].request.masked().truncated);
    }
}
