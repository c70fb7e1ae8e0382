//! Who exists, what they follow, what was sent to them. Knows nothing of HTTP.

mod clock;
mod entry_link;
mod event;
mod follow;
mod hash_order;
mod mail;
mod pay;
mod people;
mod qrcode;
mod rate;
mod refusal;
mod seed;
mod seeding;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

pub(crate) use self::clock::{Clock, millis};
pub(crate) use self::event::Event;
pub(crate) use self::follow::FollowFilter;
pub(crate) use self::hash_order::as_java_set;
pub(crate) use self::mail::{Audience, Draft, Row, Status};
pub(crate) use self::refusal::Refusal;

pub use self::event::Source;
pub use self::mail::{InboxMessage, Via};
pub use self::qrcode::Qrcode;
pub use self::seed::{App, Product, Seed, Target, Topic, User};

use self::follow::Follows;
use self::mail::Mail;
use self::pay::Order;
use self::people::{People, PersonId};
use self::rate::RateLimit;
use crate::Error;

#[derive(Debug)]
pub(crate) struct World {
    clock: Clock,
    allow_remote_callbacks: bool,
    apps: BTreeMap<i64, App>,
    app_by_token: HashMap<String, i64>,
    topics: BTreeMap<i64, Topic>,
    products: BTreeMap<i64, Product>,
    people: People,
    follows: Follows,
    paid_until: HashMap<(PersonId, Target), i64>,
    orders: BTreeMap<String, Order>,
    qrcodes: HashMap<String, Qrcode>,
    scan_polls: HashMap<String, i64>,
    entry_links: u64,
    mail: Mail,
    rate: RateLimit,
}

impl World {
    pub(crate) fn new(clock: Clock, rate_limit: bool, allow_remote_callbacks: bool) -> Self {
        Self {
            clock,
            allow_remote_callbacks,
            apps: BTreeMap::new(),
            app_by_token: HashMap::new(),
            topics: BTreeMap::new(),
            products: BTreeMap::new(),
            people: People::default(),
            follows: Follows::default(),
            paid_until: HashMap::new(),
            orders: BTreeMap::new(),
            qrcodes: HashMap::new(),
            scan_polls: HashMap::new(),
            entry_links: 0,
            mail: Mail::default(),
            rate: RateLimit::new(rate_limit),
        }
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
    }

    pub(crate) fn set_rate_limit(&mut self, enabled: bool) {
        self.rate.enabled = enabled;
    }

    /// The app this token belongs to.
    pub(crate) fn authenticate(&self, token: &str) -> Result<i64, Refusal> {
        self.app_by_token.get(token).copied().ok_or_else(Refusal::unauthenticated)
    }

    /// Counts a send against the app's rate limit.
    pub(crate) fn admit(&mut self, app_id: i64) -> Result<(), Refusal> {
        let now = self.now();
        if self.rate.admits(app_id, now) {
            Ok(())
        } else {
            Err(Refusal::business("发送过于频繁，本次调用已被拦截，请稍后再试"))
        }
    }

    fn app(&self, id: i64) -> Result<&App, Error> {
        self.apps.get(&id).ok_or_else(|| Error::unknown("app", id))
    }

    fn person(&self, uid: &str) -> Result<PersonId, Error> {
        self.people.by_uid(uid).ok_or_else(|| Error::unknown("user", uid))
    }

    /// The app that owns a target, if the target exists.
    fn owner(&self, target: Target) -> Option<&App> {
        match target {
            Target::App(id) => self.apps.get(&id),
            Target::Topic(id) => self.apps.get(&self.topics.get(&id)?.app_id),
        }
    }

    fn require_owner(&self, target: Target) -> Result<&App, Error> {
        self.owner(target).ok_or_else(|| match target {
            Target::App(id) => Error::unknown("app", id),
            Target::Topic(id) => Error::unknown("topic", id),
        })
    }

    fn target_name(&self, target: Target) -> &str {
        match target {
            Target::App(id) => self.apps.get(&id).map_or("", |app| &app.name),
            Target::Topic(id) => self.topics.get(&id).map_or("", |topic| &topic.name),
        }
    }
}
