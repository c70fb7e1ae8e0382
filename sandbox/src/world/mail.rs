//! Messages: sending, their status, what arrived where, and forgetting it all after seven days.

use std::collections::{BTreeSet, VecDeque};

use serde::Serialize;

use super::people::PersonId;
use super::{Refusal, Target, World};
use crate::Error;

const KEEP_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// How long a task stays “waiting”. Delivery itself is immediate; only the status lags behind.
const WAITING_MS: i64 = 3_000;

// Above 2^31, and far enough apart that one id given where another belongs finds nothing.
const FIRST_CONTENT_ID: i64 = 2_200_000_001;
const FIRST_MESSAGE_ID: i64 = 3_100_000_001;
const FIRST_RECORD_ID: i64 = 4_300_000_001;

/// What somebody wants sent.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) content: String,
    pub(crate) summary: Option<String>,
    pub(crate) content_type: i64,
    pub(crate) url: Option<String>,
}

/// Who of the addressed is to get it, where a product is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    Everyone,
    PaidUp,
    NotPaidUp,
}

/// One target's part of the answer to a send.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) uid: Option<String>,
    pub(crate) topic_id: Option<i64>,
    pub(crate) task: Result<Task, Refusal>,
}

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) message_id: i64,
    pub(crate) message_content_id: i64,
    pub(crate) send_record_id: i64,
}

pub(crate) struct Status {
    pub(crate) number: i64,
    pub(crate) text: &'static str,
}

/// How a message came to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Via {
    /// Sent to their UID.
    Uid,
    /// Sent to this topic, which they follow.
    Topic(i64),
    /// Sent to one of their simple push tokens.
    Spt,
}

/// A message as its receiver finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InboxMessage {
    /// The content's id, shared by all targets of one send.
    pub message_content_id: i64,
    /// The id of the task that brought it.
    pub send_record_id: i64,
    /// The app that sent it; none for a simple push.
    pub app_id: Option<i64>,
    /// How it came.
    pub via: Via,
    /// When it was sent, in ms since the epoch.
    pub time: i64,
    /// 1 text, 2 HTML, 3 Markdown.
    pub content_type: i64,
    /// The given summary, or else the beginning of the content.
    pub summary: String,
    /// The content, as it was sent; gone once the sender deleted it.
    pub content: Option<String>,
    /// The link to the original, if one was given.
    pub url: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Arrival {
    content_id: i64,
    record_id: i64,
    via: Via,
}

#[derive(Debug)]
struct Content {
    app_id: Option<i64>,
    sent_at: i64,
    draft: Draft,
}

#[derive(Debug)]
struct Record {
    sent_at: i64,
    delivered: bool,
}

/// Contents and records have consecutive ids, so a queue that forgets its oldest finds any of them
/// by position.
#[derive(Debug, Default)]
pub(crate) struct Mail {
    contents: VecDeque<Content>,
    forgotten_contents: i64,
    records: VecDeque<Record>,
    forgotten_records: i64,
    deleted: BTreeSet<i64>,
}

impl Mail {
    fn next_content_id(&self) -> i64 {
        self.oldest_content_id() + count(&self.contents)
    }

    fn oldest_content_id(&self) -> i64 {
        FIRST_CONTENT_ID + self.forgotten_contents
    }

    fn content(&self, id: i64) -> Option<&Content> {
        self.contents.get(position(id, self.oldest_content_id())?)
    }

    fn record(&self, number: i64) -> Option<&Record> {
        self.records.get(position(number, self.forgotten_records)?)
    }

    fn add_record(&mut self, content_id: i64, record: Record) -> Task {
        let number = self.forgotten_records + count(&self.records);
        self.records.push_back(record);
        Task {
            message_id: FIRST_MESSAGE_ID + number,
            message_content_id: content_id,
            send_record_id: FIRST_RECORD_ID + number,
        }
    }

    fn forget_before(&mut self, now: i64) {
        let old = |sent_at: i64| now.saturating_sub(sent_at) >= KEEP_MS;
        while self.contents.front().is_some_and(|first| old(first.sent_at)) {
            self.contents.pop_front();
            self.forgotten_contents += 1;
        }
        while self.records.front().is_some_and(|first| old(first.sent_at)) {
            self.records.pop_front();
            self.forgotten_records += 1;
        }
        self.deleted = self.deleted.split_off(&self.oldest_content_id());
    }
}

fn count<T>(queue: &VecDeque<T>) -> i64 {
    i64::try_from(queue.len()).unwrap_or(i64::MAX)
}

fn position(id: i64, first: i64) -> Option<usize> {
    usize::try_from(id.checked_sub(first)?).ok()
}

impl World {
    pub(crate) fn send(
        &mut self,
        app_id: i64,
        draft: Draft,
        uids: Vec<String>,
        topic_ids: Vec<i64>,
        audience: Audience,
    ) -> Vec<Row> {
        let content_id = self.open_content();
        let mut rows = Vec::with_capacity(uids.len() + topic_ids.len());
        for uid in uids {
            let task = self.addressee(app_id, &uid).map(|person| {
                let wanted = self.is_wanted(person, Target::App(app_id), audience);
                let receivers = if wanted { vec![person] } else { Vec::new() };
                self.deliver(content_id, &receivers, Via::Uid)
            });
            rows.push(Row { uid: Some(uid), topic_id: None, task });
        }
        for topic_id in topic_ids {
            let task = self.topic_of(app_id, topic_id).map(|topic| {
                let receivers: Vec<PersonId> = self
                    .follows
                    .iter()
                    .filter(|(_, follow)| follow.target == topic && !follow.rejected)
                    .map(|(_, follow)| follow.person)
                    .filter(|person| self.is_wanted(*person, topic, audience))
                    .collect();
                self.deliver(content_id, &receivers, Via::Topic(topic_id))
            });
            rows.push(Row { uid: None, topic_id: Some(topic_id), task });
        }
        self.close_content(&rows, Some(app_id), draft);
        rows
    }

    pub(crate) fn push_to_spts(&mut self, draft: Draft, spts: &[String]) -> Vec<Row> {
        let content_id = self.open_content();
        let mut rows = Vec::with_capacity(spts.len());
        for spt in spts {
            rows.push(match self.people.by_spt(spt) {
                Some(person) => Row {
                    uid: Some(self.people.get(person).uid.to_string()),
                    topic_id: None,
                    task: Ok(self.deliver(content_id, &[person], Via::Spt)),
                },
                None => Row { uid: None, topic_id: None, task: Err(Refusal::business("SPT不存在")) },
            });
        }
        self.close_content(&rows, None, draft);
        rows
    }

    pub(crate) fn status_of_record(&mut self, send_record_id: i64) -> Result<Status, Refusal> {
        self.status(send_record_id.checked_sub(FIRST_RECORD_ID))
    }

    pub(crate) fn status_of_message(&mut self, message_id: i64) -> Result<Status, Refusal> {
        self.status(message_id.checked_sub(FIRST_MESSAGE_ID))
    }

    fn status(&mut self, number: Option<i64>) -> Result<Status, Refusal> {
        let now = self.now();
        self.mail.forget_before(now);
        let record = number.and_then(|number| self.mail.record(number)).ok_or_else(no_such_message)?;
        let (number, text) = if now - record.sent_at < WAITING_MS {
            (1, "等待发送")
        } else if record.delivered {
            (2, "发送成功")
        } else {
            (3, "发送失败")
        };
        Ok(Status { number, text })
    }

    /// Removes the landing page: the message stays in the inboxes, but cannot be opened any more.
    pub(crate) fn delete_content(&mut self, app_id: i64, content_id: i64) -> Result<(), Refusal> {
        let now = self.now();
        self.mail.forget_before(now);
        let own = self.mail.content(content_id).is_some_and(|content| content.app_id == Some(app_id));
        if own && self.mail.deleted.insert(content_id) { Ok(()) } else { Err(no_such_message()) }
    }

    /// What arrived for a UID, or by way of one SPT, oldest first.
    pub(crate) fn inbox(&mut self, uid_or_spt: &str) -> Result<Vec<InboxMessage>, Error> {
        let now = self.now();
        self.mail.forget_before(now);
        let by_spt = uid_or_spt.starts_with("SPT_");
        let person = if by_spt {
            self.people.by_spt(uid_or_spt).ok_or_else(|| Error::unknown("user", "with that SPT"))?
        } else {
            self.person(uid_or_spt)?
        };
        Ok(self
            .people
            .get(person)
            .inbox
            .iter()
            .filter(|arrival| !by_spt || arrival.via == Via::Spt)
            .filter_map(|arrival| self.open(arrival))
            .collect())
    }

    fn open(&self, arrival: &Arrival) -> Option<InboxMessage> {
        let content = self.mail.content(arrival.content_id)?;
        let draft = &content.draft;
        let deleted = self.mail.deleted.contains(&arrival.content_id);
        Some(InboxMessage {
            message_content_id: arrival.content_id,
            send_record_id: arrival.record_id,
            app_id: content.app_id,
            via: arrival.via,
            time: content.sent_at,
            content_type: draft.content_type,
            summary: match &draft.summary {
                Some(summary) => summary.clone(),
                None => draft.content.chars().take(100).collect(),
            },
            content: (!deleted).then(|| draft.content.clone()),
            url: draft.url.clone(),
        })
    }

    fn addressee(&self, app_id: i64, uid: &str) -> Result<PersonId, Refusal> {
        let person = self.people.by_uid(uid).ok_or_else(|| Refusal::business(format!("用户UID=[{uid}]不存在")))?;
        match self.follows.find(person, Target::App(app_id)) {
            None => Err(Refusal::business(format!("用户UID=[{uid}]未订阅应用"))),
            Some(follow) if follow.rejected => Err(Refusal::business(format!("用户UID=[{uid}]已被拉黑"))),
            Some(_) => Ok(person),
        }
    }

    fn topic_of(&self, app_id: i64, topic_id: i64) -> Result<Target, Refusal> {
        let topic = Target::Topic(topic_id);
        if self.owns(app_id, topic) {
            Ok(topic)
        } else {
            Err(Refusal::business(format!("主题topicId=[{topic_id}]不存在")))
        }
    }

    fn is_wanted(&self, person: PersonId, target: Target, audience: Audience) -> bool {
        if audience == Audience::Everyone || !self.is_sold(target) {
            return true;
        }
        let paid_up = self.pay_end_time(person, target) > self.now();
        paid_up == (audience == Audience::PaidUp)
    }

    fn open_content(&mut self) -> i64 {
        let now = self.now();
        self.mail.forget_before(now);
        self.mail.next_content_id()
    }

    fn deliver(&mut self, content_id: i64, receivers: &[PersonId], via: Via) -> Task {
        let task = self.mail.add_record(
            content_id,
            Record {
                sent_at: self.clock.now(),
                // A topic has done its part even when nobody follows it.
                delivered: !receivers.is_empty() || matches!(via, Via::Topic(_)),
            },
        );
        let oldest = self.mail.oldest_content_id();
        for person in receivers {
            let inbox = &mut self.people.get_mut(*person).inbox;
            if inbox.first().is_some_and(|first| first.content_id < oldest) {
                inbox.retain(|arrival| arrival.content_id >= oldest);
            }
            inbox.push(Arrival { content_id, record_id: task.send_record_id, via });
        }
        task
    }

    /// Keeps the content if anybody's task refers to it.
    fn close_content(&mut self, rows: &[Row], app_id: Option<i64>, draft: Draft) {
        if rows.iter().any(|row| row.task.is_ok()) {
            self.mail.contents.push_back(Content { app_id, sent_at: self.clock.now(), draft });
        }
    }
}

fn no_such_message() -> Refusal {
    Refusal::business("消息不存在")
}
