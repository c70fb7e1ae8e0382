//! The world as data: what exists, people with their message counts, export and import.

use serde::{Deserialize, Serialize};

use super::{Draft, InboxFilter, InboxMessage, Seed, Target, User, Via, World};
use crate::Error;

/// The state of a sandbox as data: the world, blocks, paid times and messages.
///
/// Ids of messages are not part of it: an import gives them new ones. QR codes, calls and callbacks
/// are not exported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Export {
    /// Apps, topics, products and users.
    pub world: Seed,
    /// Blocked subscriptions.
    pub blocked: Vec<ExportedSubscription>,
    /// Until when users have paid.
    pub paid_until: Vec<ExportedPayment>,
    /// The messages in all inboxes, per user, the oldest first.
    pub messages: Vec<ExportedMessage>,
}

/// A blocked subscription in an [`Export`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportedSubscription {
    /// The user's UID.
    pub uid: String,
    /// The app or topic.
    pub target: Target,
}

/// A paid time in an [`Export`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportedPayment {
    /// The user's UID.
    pub uid: String,
    /// The app or topic.
    pub target: Target,
    /// When the paid time ends, in ms since the epoch.
    pub until: i64,
}

/// A message in an [`Export`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportedMessage {
    /// The recipient's UID.
    pub uid: String,
    /// The app that sent it; none for a simple push.
    pub app_id: Option<i64>,
    /// How it was addressed.
    pub via: Via,
    /// When it was sent, in ms since the epoch.
    pub time: i64,
    /// 1 text, 2 HTML, 3 Markdown.
    pub content_type: i64,
    /// The summary.
    pub summary: String,
    /// The content; none if it was deleted.
    pub content: Option<String>,
    /// The link to the original, if any.
    pub url: Option<String>,
}

/// A person in the list of people.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PersonSummary {
    pub(crate) uid: String,
    pub(crate) name: String,
    pub(crate) head_img: String,
    pub(crate) spts: usize,
    pub(crate) messages: usize,
    pub(crate) last_message_time: Option<i64>,
    pub(crate) subscriptions: Vec<Target>,
}

impl World {
    /// Everything but the users, of whom there may be very many.
    pub(crate) fn snapshot_without_users(&self) -> Seed {
        Seed {
            apps: self.catalog.apps().cloned().collect(),
            topics: self.catalog.topics().cloned().collect(),
            products: self.catalog.products().cloned().collect(),
            users: Vec::new(),
        }
    }

    /// Everything that exists, in the form in which it can be seeded.
    pub(crate) fn snapshot(&self) -> Seed {
        let mut users: Vec<User> = Vec::new();
        let mut place_of = std::collections::HashMap::new();
        for (id, person) in self.people.iter() {
            place_of.insert(id, users.len());
            users.push(User {
                uid: person.uid.to_string(),
                name: person.name.clone(),
                head_img: person.head_img.clone(),
                spts: person.spts.clone(),
                follows: Vec::new(),
            });
        }
        for (_, subscription) in self.subscriptions.iter() {
            if let Some(user) = place_of.get(&subscription.person).and_then(|place| users.get_mut(*place)) {
                user.follows.push(subscription.target);
            }
        }
        Seed { users, ..self.snapshot_without_users() }
    }

    /// People whose UID or name contains a text, at most `limit`.
    pub(crate) fn people(&self, contains: Option<&str>, limit: usize) -> Vec<PersonSummary> {
        let wanted = |uid: &str, name: &str| contains.is_none_or(|text| uid.contains(text) || name.contains(text));
        self.people
            .iter()
            .filter(|(_, person)| wanted(&person.uid, &person.name))
            .take(limit)
            .map(|(id, person)| {
                let (messages, last_message_time) = self.mail.summary(id);
                let targets = self.catalog.apps().map(|app| Target::App(app.id));
                let targets = targets.chain(self.catalog.topics().map(|topic| Target::Topic(topic.id)));
                PersonSummary {
                    uid: person.uid.to_string(),
                    name: person.name.clone(),
                    head_img: person.head_img.clone(),
                    spts: person.spts.len(),
                    messages,
                    last_message_time,
                    subscriptions: targets.filter(|target| self.subscriptions.find(id, *target).is_some()).collect(),
                }
            })
            .collect()
    }

    /// All orders, the oldest first.
    pub(crate) fn orders(&self) -> serde_json::Value {
        self.payments
            .orders()
            .map(|(order, refunded)| {
                serde_json::json!({
                    "tradeNo": order.trade_no, "uid": order.uid, "prodId": order.prod_id,
                    "amount": order.amount, "addTime": order.add_ms, "refunded": refunded,
                })
            })
            .collect()
    }

    pub(crate) fn export(&mut self) -> Export {
        let people: Vec<_> = self.people.iter().map(|(id, person)| (id, person.uid.to_string())).collect();
        let mut messages = Vec::new();
        for (id, uid) in people {
            let inbox = self.inbox_page(id, &InboxFilter::default(), usize::MAX, usize::MAX);
            messages.extend(inbox.into_iter().map(|message| exported(&uid, message)));
        }
        let blocked = self.subscriptions.iter().filter(|(_, subscription)| subscription.is_blocked);
        Export {
            world: self.snapshot(),
            blocked: blocked
                .map(|(_, subscription)| ExportedSubscription {
                    uid: self.people.uid(subscription.person).to_owned(),
                    target: subscription.target,
                })
                .collect(),
            paid_until: self
                .payments
                .all_paid_until()
                .filter(|(person, ..)| self.people.get(*person).is_some())
                .map(|(person, target, until)| ExportedPayment {
                    uid: self.people.uid(person).to_owned(),
                    target,
                    until,
                })
                .collect(),
            messages,
        }
    }

    /// Replaces the world by an exported one. An export with a mistake changes nothing.
    pub(crate) fn import(&mut self, export: Export) -> Result<(), Error> {
        let mut start = self.start.clone();
        start.seed = export.world;
        let mut fresh = Self::new(start)?;
        fresh.start = self.start.clone();
        for blocked in export.blocked {
            let person = fresh.people.require(&blocked.uid)?;
            let id = fresh.subscriptions.id_of(person, blocked.target);
            let id = id.ok_or_else(|| Error::invalid("blocked", format!("{} is not subscribed", blocked.uid)))?;
            fresh.subscriptions.set_blocked(id, true);
        }
        for payment in export.paid_until {
            let person = fresh.people.require(&payment.uid)?;
            fresh.catalog.require_owner(payment.target)?;
            fresh.payments.set_paid_until(person, payment.target, payment.until);
        }
        for message in &export.messages {
            fresh.people.require(&message.uid)?;
        }
        self.clear_activity();
        std::mem::swap(&mut fresh.mail, &mut self.mail);
        std::mem::swap(&mut fresh.qrcodes, &mut self.qrcodes);
        let mut messages = export.messages;
        messages.sort_by_key(|message| message.time);
        for message in messages {
            let person = fresh.people.require(&message.uid)?;
            let mut sending = fresh.mail.begin(message.time);
            fresh.mail.deliver(&mut sending, &[person], message.via);
            let deleted = message.content.is_none();
            let draft = Draft {
                content: message.content.unwrap_or_default(),
                summary: Some(message.summary),
                content_type: message.content_type,
                url: message.url,
            };
            let id = fresh.mail.finish(sending, message.app_id, draft);
            if let (true, Some(id), Some(app_id)) = (deleted, id, message.app_id) {
                // It exists, since it was added just now.
                let _ = fresh.mail.delete_content(app_id, id, message.time);
            }
        }
        *self = fresh;
        Ok(())
    }
}

fn exported(uid: &str, message: InboxMessage) -> ExportedMessage {
    let InboxMessage {
        message_content_id: _,
        send_record_id: _,
        app_id,
        via,
        time,
        content_type,
        summary,
        content,
        url,
    } = message;
    ExportedMessage { uid: uid.to_owned(), app_id, via, time, content_type, summary, content, url }
}
