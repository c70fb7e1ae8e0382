//! What apps and users do: operations on several parts of the world at once.

use std::time::Duration;

use super::callback_event::parse_command;
use super::people::PersonId;
use super::subscriptions::{Subscription, SubscriptionPage, SubscriptionRow};
use super::{
    Audience, CallbackEvent, Draft, InboxFilter, InboxMessage, Qrcode, Refusal, Row, Seed, Source, Status,
    SubscriptionFilter, Target, Via, World, apply_seed,
};
use crate::{Error, callback};

// Sending and reading messages.
impl World {
    pub(crate) fn send(
        &mut self,
        app_id: i64,
        draft: Draft,
        uids: Vec<String>,
        topic_ids: Vec<i64>,
        audience: Audience,
    ) -> (Vec<Row>, Option<i64>) {
        let mut sending = self.mail.begin(self.clock.now());
        let mut rows = Vec::with_capacity(uids.len() + topic_ids.len());
        for uid in uids {
            let task = self.recipient(app_id, &uid).map(|person| {
                let wanted = self.is_wanted(person, Target::App(app_id), audience);
                let recipients: &[PersonId] = if wanted { &[person] } else { &[] };
                self.mail.deliver(&mut sending, recipients, Via::Uid)
            });
            rows.push(Row { uid: Some(uid), topic_id: None, task });
        }
        for topic_id in topic_ids {
            let task = self.topic_of(app_id, topic_id).map(|topic| {
                let recipients: Vec<PersonId> = self
                    .subscriptions
                    .iter()
                    .filter(|(_, subscription)| subscription.target == topic && !subscription.is_blocked)
                    .map(|(_, subscription)| subscription.person)
                    .filter(|person| self.is_wanted(*person, topic, audience))
                    .collect();
                self.mail.deliver(&mut sending, &recipients, Via::Topic(topic_id))
            });
            rows.push(Row { uid: None, topic_id: Some(topic_id), task });
        }
        let content_id = self.mail.finish(sending, Some(app_id), draft);
        (rows, content_id)
    }

    pub(crate) fn push_to_spts(&mut self, draft: Draft, spts: &[String]) -> (Vec<Row>, Option<i64>) {
        let mut sending = self.mail.begin(self.clock.now());
        let mut rows = Vec::with_capacity(spts.len());
        for spt in spts {
            rows.push(match self.people.by_spt(spt) {
                Some(person) => Row {
                    uid: Some(self.people.uid(person).to_owned()),
                    topic_id: None,
                    task: Ok(self.mail.deliver(&mut sending, &[person], Via::Spt)),
                },
                None => Row { uid: None, topic_id: None, task: Err(Refusal::business("SPT不存在")) },
            });
        }
        let content_id = self.mail.finish(sending, None, draft);
        (rows, content_id)
    }

    pub(crate) fn status_of_record(&mut self, send_record_id: i64) -> Result<Status, Refusal> {
        self.mail.status_of_record(send_record_id, self.clock.now())
    }

    pub(crate) fn status_of_message(&mut self, message_id: i64) -> Result<Status, Refusal> {
        self.mail.status_of_message(message_id, self.clock.now())
    }

    pub(crate) fn delete_content(&mut self, app_id: i64, content_id: i64) -> Result<(), Refusal> {
        self.mail.delete_content(app_id, content_id, self.clock.now())
    }

    /// The owner of an inbox, given a UID or an SPT, and whether only messages by SPT are meant.
    pub(crate) fn inbox_owner(&self, uid_or_spt: &str) -> Result<(PersonId, bool), Error> {
        if uid_or_spt.starts_with("SPT_") {
            let person = self.people.by_spt(uid_or_spt).ok_or_else(|| Error::unknown("user", "with that SPT"))?;
            Ok((person, true))
        } else {
            Ok((self.people.require(uid_or_spt)?, false))
        }
    }

    pub(crate) fn inbox_page(
        &mut self,
        person: PersonId,
        filter: &InboxFilter,
        limit: usize,
        max_bytes: usize,
    ) -> Vec<InboxMessage> {
        self.mail.page(person, filter, limit, max_bytes, self.clock.now())
    }

    pub(crate) fn inbox_latest(&mut self, person: PersonId, filter: &InboxFilter) -> Option<InboxMessage> {
        self.mail.latest(person, filter, self.clock.now())
    }

    pub(crate) fn inbox_count(&mut self, person: PersonId, filter: &InboxFilter) -> usize {
        self.mail.count(person, filter, self.clock.now())
    }

    pub(crate) fn inbox_start_of_newest(&mut self, person: PersonId, filter: &InboxFilter, limit: usize) -> i64 {
        self.mail.start_of_newest(person, filter, limit, self.clock.now())
    }

    pub(crate) fn clear_inbox(&mut self, person: PersonId) {
        self.mail.clear_inbox(person);
    }

    fn recipient(&self, app_id: i64, uid: &str) -> Result<PersonId, Refusal> {
        let person = self.people.by_uid(uid).ok_or_else(|| no_such_user(uid))?;
        match self.subscriptions.find(person, Target::App(app_id)) {
            None => Err(Refusal::business(format!("用户UID=[{uid}]未订阅应用"))),
            Some(subscription) if subscription.is_blocked => Err(Refusal::business(format!("用户UID=[{uid}]已被拉黑"))),
            Some(_) => Ok(person),
        }
    }

    fn topic_of(&self, app_id: i64, topic_id: i64) -> Result<Target, Refusal> {
        let topic = Target::Topic(topic_id);
        if self.catalog.owns(app_id, topic) {
            Ok(topic)
        } else {
            Err(Refusal::business(format!("主题topicId=[{topic_id}]不存在")))
        }
    }

    fn is_wanted(&self, person: PersonId, target: Target, audience: Audience) -> bool {
        if audience == Audience::Everyone || !self.catalog.is_sold(target) {
            return true;
        }
        let paid_up = self.payments.paid_until(person, target) > self.now();
        paid_up == (audience == Audience::PaidUp)
    }
}

// Subscriptions, as apps manage them.
impl World {
    pub(crate) fn list_subscriptions(
        &self,
        app_id: i64,
        filter: &SubscriptionFilter<'_>,
        page: usize,
        page_size: usize,
    ) -> SubscriptionPage<'_> {
        let wanted = |subscription: &Subscription| {
            self.catalog.owns(app_id, subscription.target)
                && filter.uid.is_none_or(|uid| self.people.uid(subscription.person) == uid)
                && filter.is_blocked.is_none_or(|is| subscription.is_blocked == is)
                && filter.topics.is_none_or(|is| matches!(subscription.target, Target::Topic(_)) == is)
        };
        let mut total = 0;
        let mut rows = Vec::new();
        let first = page.saturating_sub(1).saturating_mul(page_size);
        for (id, subscription) in self.subscriptions.iter().filter(|(_, subscription)| wanted(subscription)) {
            if total >= first && rows.len() < page_size {
                rows.push(SubscriptionRow {
                    id,
                    uid: self.people.uid(subscription.person),
                    target: subscription.target,
                    target_name: self.catalog.name_of(subscription.target),
                    since: subscription.since,
                    is_blocked: subscription.is_blocked,
                    pay_end_time: self.payments.paid_until(subscription.person, subscription.target),
                });
            }
            total += 1;
        }
        SubscriptionPage { total, rows }
    }

    pub(crate) fn delete_subscription(&mut self, app_id: i64, id: i64) -> Result<(), Refusal> {
        self.require_own_subscription(app_id, id)?;
        self.subscriptions.remove(id);
        Ok(())
    }

    pub(crate) fn set_blocked(&mut self, app_id: i64, id: i64, is_blocked: bool) -> Result<(), Refusal> {
        self.require_own_subscription(app_id, id)?;
        self.subscriptions.set_blocked(id, is_blocked);
        Ok(())
    }

    fn require_own_subscription(&self, app_id: i64, id: i64) -> Result<(), Refusal> {
        let target = self.subscriptions.target_of(id);
        if target.is_some_and(|target| self.catalog.owns(app_id, target)) {
            Ok(())
        } else {
            Err(Refusal::business("用户不存在"))
        }
    }
}

// What users do.
impl World {
    /// Subscribes by a link or by the target's own QR code. Only apps get a callback.
    pub(crate) fn subscribe(
        &mut self,
        uid: &str,
        target: Target,
        source: Source,
    ) -> Result<Option<CallbackEvent>, Error> {
        let person = self.people.require(uid)?;
        self.catalog.require_owner(target)?;
        match target {
            Target::App(id) => self.subscribe_to_app(person, id, source, None).map(Some),
            Target::Topic(_) => self.add_subscription(person, target).map(|()| None),
        }
    }

    pub(crate) fn unsubscribe(&mut self, uid: &str, target: Target) -> Result<(), Error> {
        let person = self.people.require(uid)?;
        self.catalog.require_owner(target)?;
        let id = self
            .subscriptions
            .id_of(person, target)
            .ok_or_else(|| Error::Refused(format!("{uid} is not subscribed to “{}”", self.catalog.name_of(target))))?;
        self.refuse_blocked(person, target)?;
        self.subscriptions.remove(id);
        Ok(())
    }

    /// A text to the WxPusher account. `#97 text` is a command to app 97; a bare `#97` subscribes to
    /// it; any other text is a command to the only app that the user is subscribed to.
    pub(crate) fn command(&mut self, uid: &str, text: &str) -> Result<CallbackEvent, Error> {
        let person = self.people.require(uid)?;
        let (app_id, content) = match parse_command(text)? {
            (Some(app_id), "") => return self.subscribe_to_app(person, app_id, Source::Command, None),
            (Some(app_id), content) => (app_id, content),
            (None, content) => (self.only_app_of(person)?, content),
        };
        let app = self.catalog.app(app_id)?;
        self.refuse_blocked(person, Target::App(app_id))?;
        Ok(CallbackEvent::command(app, uid, content, self.now()))
    }

    /// The app that receives plain text.
    fn only_app_of(&self, person: PersonId) -> Result<i64, Error> {
        let uid = self.people.uid(person);
        let subscribed = |id: &i64| self.subscriptions.find(person, Target::App(*id)).is_some();
        let mut apps = self.catalog.apps().map(|app| app.id).filter(subscribed);
        match (apps.next(), apps.next()) {
            (Some(id), None) => Ok(id),
            (None, _) => {
                Err(Error::Refused(format!("{uid} is not subscribed to any app, so no app receives this text")))
            }
            (Some(_), Some(_)) => Err(Error::Refused(format!(
                "{uid} is subscribed to several apps, and WxPusher asks which one is meant: write `#97 text`"
            ))),
        }
    }

    pub(crate) fn scan(&mut self, code: &str, uid: &str) -> Result<CallbackEvent, Error> {
        let person = self.people.require(uid)?;
        let qrcode = self.qrcode(code)?;
        if qrcode.expires <= self.now() {
            return Err(Error::Refused(format!("the QR code {code} has expired")));
        }
        let event = self.subscribe_to_app(person, qrcode.app_id, Source::Scan, Some(&qrcode.extra))?;
        self.qrcodes.set_scanner(code, uid);
        Ok(event)
    }

    pub(crate) fn entry_link(&mut self, uid: &str, app_id: i64) -> Result<String, Error> {
        let person = self.people.require(uid)?;
        let app = self.catalog.app(app_id)?;
        if self.subscriptions.find(person, Target::App(app_id)).is_none() {
            return Err(Error::Refused(format!("{uid} is not subscribed to app {app_id}")));
        }
        self.entry_links.make(app, uid, self.clock.now())
    }

    /// Pays for a product, which also subscribes to all it covers. Returns the trade number and the
    /// callbacks.
    pub(crate) fn pay(
        &mut self,
        uid: &str,
        prod_id: i64,
        amount: i64,
        add_time: Duration,
    ) -> Result<(String, Vec<CallbackEvent>), Error> {
        let person = self.people.require(uid)?;
        let product = self.catalog.product(prod_id).ok_or_else(|| Error::unknown("product", prod_id))?;
        if amount < 0 {
            return Err(Error::invalid("amount", format!("must not be negative (got {amount}): use refund")));
        }
        let (app_id, covers) = (product.app_id, product.covers.clone());
        let app_target = Target::App(app_id);
        let joins_app = self.subscriptions.find(person, app_target).is_none() && covers.contains(&app_target);
        for target in &covers {
            self.refuse_blocked(person, *target)?;
        }
        for target in &covers {
            self.add_subscription(person, *target)?;
        }
        let now = self.now();
        let order = self.payments.pay((person, uid), prod_id, &covers, amount, add_time, now);
        let app = self.catalog.app(app_id)?;
        let mut events = Vec::new();
        if joins_app {
            events.push(CallbackEvent::subscribed(app, uid, Source::Order, None, now));
        }
        events.push(CallbackEvent::paid(app, &order, now));
        Ok((order.trade_no, events))
    }

    /// Refunds a payment in full, which is possible once.
    pub(crate) fn refund(&mut self, trade_no: &str) -> Result<CallbackEvent, Error> {
        let prod_id = self.payments.order(trade_no)?.prod_id;
        let product = self.catalog.product(prod_id).ok_or_else(|| Error::unknown("product", prod_id))?;
        let order = self.payments.refund(trade_no, &product.covers)?;
        Ok(CallbackEvent::refunded(self.catalog.app(product.app_id)?, &order, self.now()))
    }

    pub(crate) fn query_pay_end_times(&self, uid: &str, prod_id: i64) -> Result<Vec<(Target, i64)>, Refusal> {
        let product = self.catalog.product(prod_id).ok_or_else(|| Refusal::business("产品不存在"))?;
        let person = self.people.by_uid(uid).ok_or_else(|| no_such_user(uid))?;
        Ok(product.covers.iter().map(|target| (*target, self.payments.paid_until(person, *target))).collect())
    }

    fn subscribe_to_app(
        &mut self,
        person: PersonId,
        app_id: i64,
        source: Source,
        extra: Option<&str>,
    ) -> Result<CallbackEvent, Error> {
        self.catalog.app(app_id)?;
        self.add_subscription(person, Target::App(app_id))?;
        let app = self.catalog.app(app_id)?;
        Ok(CallbackEvent::subscribed(app, self.people.uid(person), source, extra, self.now()))
    }

    /// Subscribes, unless this person is blocked there. An existing subscription stays.
    fn add_subscription(&mut self, person: PersonId, target: Target) -> Result<(), Error> {
        self.refuse_blocked(person, target)?;
        let now = self.now();
        self.subscriptions.add(person, target, now);
        Ok(())
    }

    fn refuse_blocked(&self, person: PersonId, target: Target) -> Result<(), Error> {
        match self.subscriptions.find(person, target) {
            Some(subscription) if subscription.is_blocked => Err(Error::Refused(format!(
                "{} is blocked by “{}”",
                self.people.uid(person),
                self.catalog.name_of(target),
            ))),
            _ => Ok(()),
        }
    }
}

// QR codes.
impl World {
    pub(crate) fn create_qrcode(&mut self, app_id: i64, extra: String, valid_ms: i64) -> Qrcode {
        let expires = self.now().saturating_add(valid_ms);
        self.qrcodes.create(app_id, extra, expires)
    }

    pub(crate) fn qrcode(&self, code: &str) -> Result<Qrcode, Error> {
        self.qrcodes.get(code).cloned().ok_or_else(|| Error::unknown("QR code", code))
    }

    /// The newest codes, at most `limit`, the oldest of them first.
    pub(crate) fn qrcodes(&self, limit: usize) -> Vec<Qrcode> {
        let skip = self.qrcodes.all().count().saturating_sub(limit);
        self.qrcodes.all().skip(skip).cloned().collect()
    }

    pub(crate) fn last_scanner(&self, code: &str) -> Result<String, Refusal> {
        self.qrcodes.last_scanner(code, self.now())
    }

    pub(crate) fn scan_polled_too_fast(&mut self, code: &str) -> bool {
        let now = self.now();
        self.qrcodes.polled_too_fast(code, now)
    }
}

// What testers do to the world.
impl World {
    /// Adds a seed. A seed with a mistake changes nothing.
    pub(crate) fn seed(&mut self, seed: Seed) -> Result<(), Error> {
        apply_seed::check(&seed, &self.catalog, &self.people, self.start.allow_remote_callbacks)?;
        let now = self.now();
        for app in seed.apps {
            self.catalog.add_app(app);
        }
        for topic in seed.topics {
            self.catalog.add_topic(topic);
        }
        for product in seed.products {
            self.catalog.add_product(product);
        }
        for user in seed.users {
            let person = self.people.add_user(&user);
            for target in user.follows {
                self.subscriptions.add(person, target, now);
            }
        }
        Ok(())
    }

    /// Adds many users who are subscribed to one app, without building a seed of them first. Stops
    /// at the first invalid UID.
    pub(crate) fn seed_followers<I>(&mut self, app_id: i64, uids: I) -> Result<(), Error>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        self.catalog.app(app_id)?;
        let now = self.now();
        for uid in uids {
            let uid = uid.as_ref();
            apply_seed::check_prefix("users.uid", "UID_", uid)?;
            let person = self.people.add(uid);
            self.subscriptions.add(person, Target::App(app_id), now);
        }
        Ok(())
    }

    pub(crate) fn remove_person(&mut self, uid: &str) -> Result<(), Error> {
        let person = self.people.remove(uid)?;
        self.subscriptions.remove_person(person);
        self.mail.clear_inbox(person);
        Ok(())
    }

    pub(crate) fn set_callback_url(&mut self, app_id: i64, url: Option<String>) -> Result<(), Error> {
        if let Some(url) = &url {
            callback::check_url(url, self.start.allow_remote_callbacks)?;
        }
        self.catalog.set_callback_url(app_id, url)
    }

    pub(crate) fn callback_url(&self, app_id: i64) -> Result<Option<String>, Error> {
        Ok(self.catalog.app(app_id)?.callback_url.clone())
    }

    /// A callback that tests the app's URL: a command from a user who does not exist.
    pub(crate) fn test_callback(&self, app_id: i64) -> Result<CallbackEvent, Error> {
        Ok(CallbackEvent::command(self.catalog.app(app_id)?, "UID_sandboxtest", "test", self.now()))
    }
}

fn no_such_user(uid: &str) -> Refusal {
    Refusal::business(format!("用户UID=[{uid}]不存在"))
}
