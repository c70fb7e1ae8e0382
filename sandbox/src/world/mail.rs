//! Sent messages, the inboxes they arrived in, and their delivery status.
//!
//! Messages are dropped after seven days, and earlier if there are too many of them.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::people::PersonId;
use super::{Draft, InboxMessage, Refusal, Status, Task, Via};

const KEEP_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// How long a task has the status "waiting". Delivery itself is immediate; only the status lags.
const WAITING_MS: i64 = 3_000;

// Above 2^31, and far enough apart that an id of one kind is never a valid id of another kind.
const FIRST_CONTENT_ID: i64 = 2_200_000_001;
const FIRST_MESSAGE_ID: i64 = 3_100_000_001;
const FIRST_RECORD_ID: i64 = 4_300_000_001;

/// The default of [`Capacity::messages`].
pub(crate) const MAX_MESSAGES: usize = 50_000;
/// The default of [`Capacity::bytes`].
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// What a content and each of its deliveries occupy besides their texts, roughly.
const CONTENT_BYTES: usize = 160;
const DELIVERY_BYTES: usize = 96;

/// How much mail is kept. The oldest messages are dropped first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Capacity {
    /// Sent messages, each counted once for all of its recipients.
    pub(crate) messages: usize,
    /// Estimated memory of contents and deliveries.
    pub(crate) bytes: usize,
}

impl Default for Capacity {
    fn default() -> Self {
        Self { messages: MAX_MESSAGES, bytes: MAX_BYTES }
    }
}

#[derive(Debug)]
struct Arrival {
    content_id: i64,
    record_id: i64,
    via: Via,
}

#[derive(Debug)]
struct Content {
    app_id: Option<i64>,
    sent_at: i64,
    draft: Draft,
    /// How many records belong to it.
    records: usize,
    /// Everybody whose inbox it is in, once per arrival.
    recipients: Vec<PersonId>,
}

impl Content {
    fn bytes(&self) -> usize {
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        CONTENT_BYTES
            + self.draft.content.len()
            + text(&self.draft.summary)
            + text(&self.draft.url)
            + (self.records + self.recipients.len()) * (DELIVERY_BYTES / 2)
    }
}

#[derive(Debug)]
struct Record {
    sent_at: i64,
    delivered: bool,
}

/// A message while it is sent to its targets.
#[derive(Debug)]
pub(crate) struct Sending {
    content_id: i64,
    now: i64,
    records: usize,
    recipients: Vec<PersonId>,
}

/// Which messages of an inbox are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct InboxFilter {
    /// Only what came by a simple push token.
    pub(crate) only_spt: bool,
    /// Only messages with a greater `sendRecordId`.
    pub(crate) after: i64,
    /// Only messages whose content or summary contains this text.
    pub(crate) contains: Option<String>,
}

/// Contents and records have consecutive ids, so that each is found by its position.
#[derive(Debug, Default)]
pub(crate) struct Mail {
    capacity: Capacity,
    contents: VecDeque<Content>,
    dropped_contents: i64,
    records: VecDeque<Record>,
    dropped_records: i64,
    deleted: BTreeSet<i64>,
    inboxes: HashMap<PersonId, VecDeque<Arrival>>,
    bytes: usize,
}

impl Mail {
    pub(crate) fn new(capacity: Capacity) -> Self {
        Self { capacity, ..Self::default() }
    }

    pub(crate) fn begin(&mut self, now: i64) -> Sending {
        self.drop_expired(now);
        let content_id = self.oldest_content_id() + count(&self.contents);
        Sending { content_id, now, records: 0, recipients: Vec::new() }
    }

    /// Delivers to one target, which may stand for any number of people.
    pub(crate) fn deliver(&mut self, sending: &mut Sending, recipients: &[PersonId], via: Via) -> Task {
        let number = self.dropped_records + count(&self.records);
        // A topic's task succeeds even if the topic has no subscribers.
        let delivered = !recipients.is_empty() || matches!(via, Via::Topic(_));
        self.records.push_back(Record { sent_at: sending.now, delivered });
        sending.records += 1;
        let task = Task {
            message_id: FIRST_MESSAGE_ID + number,
            message_content_id: sending.content_id,
            send_record_id: FIRST_RECORD_ID + number,
        };
        for person in recipients {
            let arrival = Arrival { content_id: sending.content_id, record_id: task.send_record_id, via };
            self.inboxes.entry(*person).or_default().push_back(arrival);
        }
        sending.recipients.extend_from_slice(recipients);
        task
    }

    /// Keeps the content if any task was created. Returns its id then.
    pub(crate) fn finish(&mut self, sending: Sending, app_id: Option<i64>, draft: Draft) -> Option<i64> {
        let Sending { content_id, now, records, recipients } = sending;
        if records == 0 {
            return None;
        }
        let content = Content { app_id, sent_at: now, draft, records, recipients };
        self.bytes += content.bytes();
        self.contents.push_back(content);
        // The newest message is always kept.
        while self.contents.len() > 1
            && (self.contents.len() > self.capacity.messages || self.bytes > self.capacity.bytes)
        {
            self.drop_oldest();
        }
        Some(content_id)
    }

    pub(crate) fn status_of_record(&mut self, send_record_id: i64, now: i64) -> Result<Status, Refusal> {
        self.status(send_record_id.checked_sub(FIRST_RECORD_ID), now)
    }

    pub(crate) fn status_of_message(&mut self, message_id: i64, now: i64) -> Result<Status, Refusal> {
        self.status(message_id.checked_sub(FIRST_MESSAGE_ID), now)
    }

    fn status(&mut self, number: Option<i64>, now: i64) -> Result<Status, Refusal> {
        self.drop_expired(now);
        let place = number.and_then(|number| position(number, self.dropped_records));
        let record = place.and_then(|place| self.records.get(place)).ok_or_else(no_such_message)?;
        let (number, text) = if now - record.sent_at < WAITING_MS {
            (1, "等待发送")
        } else if record.delivered {
            (2, "发送成功")
        } else {
            (3, "发送失败")
        };
        Ok(Status { number, text })
    }

    /// Deletes the content of a message: the message stays in the inboxes, without its content.
    pub(crate) fn delete_content(&mut self, app_id: i64, content_id: i64, now: i64) -> Result<(), Refusal> {
        self.drop_expired(now);
        let own = self.content(content_id).is_some_and(|content| content.app_id == Some(app_id));
        if own && self.deleted.insert(content_id) { Ok(()) } else { Err(no_such_message()) }
    }

    /// The oldest messages that match, at most `limit` of them and about `max_bytes` of content.
    pub(crate) fn page(
        &mut self,
        person: PersonId,
        filter: &InboxFilter,
        limit: usize,
        max_bytes: usize,
        now: i64,
    ) -> Vec<InboxMessage> {
        self.drop_expired(now);
        let mut bytes = 0;
        self.matching(person, filter)
            .map(|arrival| self.open(arrival))
            .take(limit)
            .take_while(|message| {
                let fits = bytes == 0 || bytes < max_bytes;
                bytes += message.content.as_ref().map_or(0, String::len) + message.summary.len();
                fits
            })
            .collect()
    }

    /// The newest message that matches.
    pub(crate) fn latest(&mut self, person: PersonId, filter: &InboxFilter, now: i64) -> Option<InboxMessage> {
        self.drop_expired(now);
        self.matching(person, filter).next_back().map(|arrival| self.open(arrival))
    }

    /// How many messages match.
    pub(crate) fn count(&mut self, person: PersonId, filter: &InboxFilter, now: i64) -> usize {
        self.drop_expired(now);
        self.matching(person, filter).count()
    }

    /// The filter's `after` that leaves the newest `limit` messages.
    pub(crate) fn start_of_newest(&mut self, person: PersonId, filter: &InboxFilter, limit: usize, now: i64) -> i64 {
        self.drop_expired(now);
        self.matching(person, filter).rev().nth(limit).map_or(filter.after, |arrival| arrival.record_id)
    }

    /// The number of messages in an inbox, and the time of the newest.
    pub(crate) fn summary(&self, person: PersonId) -> (usize, Option<i64>) {
        let inbox = self.inboxes.get(&person);
        let newest = inbox.and_then(VecDeque::back).and_then(|arrival| self.content(arrival.content_id));
        (inbox.map_or(0, VecDeque::len), newest.map(|content| content.sent_at))
    }

    pub(crate) fn clear_inbox(&mut self, person: PersonId) {
        self.inboxes.remove(&person);
    }

    /// Drops all messages. Later ids differ from the dropped ones.
    pub(crate) fn clear(&mut self) {
        *self = Self {
            capacity: self.capacity,
            dropped_contents: self.dropped_contents + count(&self.contents),
            dropped_records: self.dropped_records + count(&self.records),
            ..Self::default()
        };
    }

    fn matching<'m>(
        &'m self,
        person: PersonId,
        filter: &'m InboxFilter,
    ) -> impl DoubleEndedIterator<Item = &'m Arrival> {
        let inbox = self.inboxes.get(&person);
        let first = inbox.map_or(0, |inbox| inbox.partition_point(|arrival| arrival.record_id <= filter.after));
        inbox.into_iter().flat_map(move |inbox| inbox.range(first..)).filter(move |arrival| {
            (!filter.only_spt || arrival.via == Via::Spt)
                && filter.contains.as_deref().is_none_or(|text| self.contains(arrival, text))
        })
    }

    fn contains(&self, arrival: &Arrival, text: &str) -> bool {
        self.content(arrival.content_id).is_some_and(|content| {
            let shown = !self.deleted.contains(&arrival.content_id);
            content.draft.summary.as_deref().is_some_and(|summary| summary.contains(text))
                || (shown && content.draft.content.contains(text))
        })
    }

    fn open(&self, arrival: &Arrival) -> InboxMessage {
        let content = self.content(arrival.content_id);
        let draft = content.map(|content| &content.draft);
        let deleted = self.deleted.contains(&arrival.content_id);
        InboxMessage {
            message_content_id: arrival.content_id,
            send_record_id: arrival.record_id,
            app_id: content.and_then(|content| content.app_id),
            via: arrival.via,
            time: content.map_or(0, |content| content.sent_at),
            content_type: draft.map_or(1, |draft| draft.content_type),
            summary: draft.map_or_else(String::new, |draft| match &draft.summary {
                Some(summary) => summary.clone(),
                None => draft.content.chars().take(100).collect(),
            }),
            content: draft.filter(|_| !deleted).map(|draft| draft.content.clone()),
            url: draft.and_then(|draft| draft.url.clone()),
        }
    }

    fn oldest_content_id(&self) -> i64 {
        FIRST_CONTENT_ID + self.dropped_contents
    }

    fn content(&self, id: i64) -> Option<&Content> {
        self.contents.get(position(id, self.oldest_content_id())?)
    }

    fn drop_expired(&mut self, now: i64) {
        while self.contents.front().is_some_and(|first| now.saturating_sub(first.sent_at) >= KEEP_MS) {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        let id = self.oldest_content_id();
        let Some(content) = self.contents.pop_front() else { return };
        self.dropped_contents += 1;
        self.bytes = self.bytes.saturating_sub(content.bytes());
        let records = content.records.min(self.records.len());
        self.records.drain(..records);
        self.dropped_records += i64::try_from(records).unwrap_or(i64::MAX);
        self.deleted.remove(&id);
        for person in content.recipients {
            let Some(inbox) = self.inboxes.get_mut(&person) else { continue };
            while inbox.front().is_some_and(|arrival| arrival.content_id <= id) {
                inbox.pop_front();
            }
            if inbox.is_empty() {
                self.inboxes.remove(&person);
            }
        }
    }
}

fn count<T>(queue: &VecDeque<T>) -> i64 {
    i64::try_from(queue.len()).unwrap_or(i64::MAX)
}

fn position(id: i64, first: i64) -> Option<usize> {
    usize::try_from(id.checked_sub(first)?).ok()
}

fn no_such_message() -> Refusal {
    Refusal::business("消息不存在")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::people::People;

    fn draft(content: &str) -> Draft {
        Draft { content: content.to_owned(), summary: None, content_type: 1, url: None }
    }

    #[test]
    fn drops_the_oldest_messages_with_everything_that_belongs_to_them() {
        let mut people = People::default();
        let (alice, bob) = (people.add("UID_testalice"), people.add("UID_testbob"));
        let mut mail = Mail::new(Capacity { messages: 10, bytes: usize::MAX });
        for number in 0..1_000 {
            let mut sending = mail.begin(0);
            mail.deliver(&mut sending, &[alice], Via::Uid);
            // Bob receives only the first half.
            let subscribers = if number < 500 { vec![bob] } else { vec![] };
            mail.deliver(&mut sending, &subscribers, Via::Topic(1));
            mail.finish(sending, Some(97), draft("x"));
        }
        assert_eq!((mail.contents.len(), mail.records.len()), (10, 20));
        assert_eq!(mail.summary(alice).0, 10);
        assert!(!mail.inboxes.contains_key(&bob));
        let bytes: usize = mail.contents.iter().map(Content::bytes).sum();
        assert_eq!(mail.bytes, bytes);
    }

    #[test]
    fn memory_is_bounded_by_bytes_too_and_the_newest_message_is_kept() {
        let mut people = People::default();
        let alice = people.add("UID_testalice");
        let mut mail = Mail::new(Capacity { messages: usize::MAX, bytes: 10_000 });
        for _ in 0..100 {
            let mut sending = mail.begin(0);
            mail.deliver(&mut sending, &[alice], Via::Uid);
            mail.finish(sending, Some(97), draft(&"x".repeat(1_000)));
        }
        assert!(mail.bytes <= 10_000 && mail.summary(alice).0 >= 5, "{} {:?}", mail.bytes, mail.summary(alice));
        let mut sending = mail.begin(0);
        mail.deliver(&mut sending, &[alice], Via::Uid);
        mail.finish(sending, Some(97), draft(&"x".repeat(20_000)));
        assert_eq!(mail.summary(alice).0, 1);
    }

    #[test]
    fn status_numbers_survive_clearing() {
        let mut people = People::default();
        let alice = people.add("UID_testalice");
        let mut mail = Mail::default();
        let send = |mail: &mut Mail| {
            let mut sending = mail.begin(0);
            let task = mail.deliver(&mut sending, &[alice], Via::Uid);
            mail.finish(sending, None, draft("x"));
            task
        };
        let old = send(&mut mail);
        mail.clear();
        assert!(mail.status_of_record(old.send_record_id, 0).is_err());
        let new = send(&mut mail);
        assert!(new.send_record_id > old.send_record_id && new.message_content_id > old.message_content_id);
        assert_eq!(mail.status_of_record(new.send_record_id, WAITING_MS).unwrap().number, 2);
    }
}
