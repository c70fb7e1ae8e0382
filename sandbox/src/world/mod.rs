//! The state of the sandbox: who exists, who is subscribed to what, what was sent. Knows no HTTP.
//!
//! Each file owns one part of the state. [`World`] holds all parts; what changes several of them at
//! once is in `operations.rs`.

mod apply_seed;
mod callback_event;
mod catalog;
mod clock;
mod entry_links;
mod hash_order;
mod mail;
mod message;
mod operations;
mod payments;
mod people;
mod qrcodes;
mod rate_limit;
mod refusal;
mod seed;
mod snapshot;
mod subscriptions;

use std::time::Duration;

pub(crate) use self::callback_event::CallbackEvent;
pub(crate) use self::clock::{Clock, millis};
pub(crate) use self::hash_order::as_java_set;
pub(crate) use self::mail::{Capacity, InboxFilter};
pub(crate) use self::message::{Audience, Draft, Row, Status, Task};
pub(crate) use self::refusal::Refusal;
pub(crate) use self::subscriptions::SubscriptionFilter;

pub use self::callback_event::Source;
pub use self::message::{InboxMessage, Via};
pub use self::qrcodes::Qrcode;
pub use self::seed::{App, Product, Seed, Target, Topic, User};
pub use self::snapshot::{Export, ExportedMessage, ExportedPayment, ExportedSubscription};

use self::catalog::Catalog;
use self::entry_links::EntryLinks;
use self::mail::Mail;
use self::payments::Payments;
use self::people::People;
use self::qrcodes::Qrcodes;
use self::rate_limit::RateLimit;
use self::subscriptions::Subscriptions;
use crate::Error;

/// How a world starts, and starts again after a reset.
#[derive(Clone, Debug, Default)]
pub(crate) struct Start {
    pub(crate) seed: Seed,
    pub(crate) rate_limit: bool,
    pub(crate) allow_remote_callbacks: bool,
    /// The time of a clock that does not run, in ms since the epoch.
    pub(crate) frozen_at: Option<i64>,
    pub(crate) capacity: Capacity,
}

#[derive(Debug)]
pub(crate) struct World {
    start: Start,
    clock: Clock,
    catalog: Catalog,
    people: People,
    subscriptions: Subscriptions,
    payments: Payments,
    qrcodes: Qrcodes,
    entry_links: EntryLinks,
    mail: Mail,
    rate_limit: RateLimit,
}

impl World {
    pub(crate) fn new(start: Start) -> Result<Self, Error> {
        let mut world = Self {
            clock: start.frozen_at.map_or_else(Clock::running, Clock::frozen_at),
            catalog: Catalog::default(),
            people: People::default(),
            subscriptions: Subscriptions::default(),
            payments: Payments::default(),
            qrcodes: Qrcodes::default(),
            entry_links: EntryLinks::default(),
            mail: Mail::new(start.capacity),
            rate_limit: RateLimit::new(start.rate_limit),
            start,
        };
        world.seed(world.start.seed.clone())?;
        Ok(world)
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
    }

    pub(crate) fn rate_limit(&self) -> bool {
        self.rate_limit.enabled
    }

    pub(crate) fn set_rate_limit(&mut self, enabled: bool) {
        self.rate_limit.enabled = enabled;
    }

    pub(crate) fn authenticate(&self, token: &str) -> Result<i64, Refusal> {
        self.catalog.authenticate(token)
    }

    /// Counts a send against the app's rate limit.
    pub(crate) fn admit(&mut self, app_id: i64) -> Result<(), Refusal> {
        let now = self.now();
        if self.rate_limit.admits(app_id, now) {
            Ok(())
        } else {
            Err(Refusal::business("发送过于频繁，本次调用已被拦截，请稍后再试"))
        }
    }

    /// Drops messages and QR codes. The rest of the world stays.
    pub(crate) fn clear_activity(&mut self) {
        self.mail.clear();
        self.qrcodes.clear();
    }

    /// Goes back to the start: seed, clock and rate limit. Ids of messages are not used again.
    pub(crate) fn reset(&mut self) -> Result<(), Error> {
        self.clear_activity();
        let mut fresh = Self::new(self.start.clone())?;
        std::mem::swap(&mut fresh.mail, &mut self.mail);
        std::mem::swap(&mut fresh.qrcodes, &mut self.qrcodes);
        *self = fresh;
        Ok(())
    }
}
