//! Who is subscribed to what, and who is blocked.

use std::collections::{BTreeMap, HashMap};

use super::Target;
use super::people::PersonId;

/// Above 2^31, so that a client with 32-bit ids fails in tests and not in production.
const FIRST_ID: i64 = 2_500_000_001;

#[derive(Debug)]
pub(crate) struct Subscription {
    pub(crate) person: PersonId,
    pub(crate) target: Target,
    pub(crate) since: i64,
    pub(crate) is_blocked: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    /// In the order of subscribing, as ids only grow.
    by_id: BTreeMap<i64, Subscription>,
    index: HashMap<(PersonId, Target), i64>,
    count: i64,
}

impl Subscriptions {
    pub(crate) fn find(&self, person: PersonId, target: Target) -> Option<&Subscription> {
        self.by_id.get(self.index.get(&(person, target))?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, &Subscription)> {
        self.by_id.iter().map(|(id, subscription)| (*id, subscription))
    }

    pub(crate) fn add(&mut self, person: PersonId, target: Target, since: i64) {
        if self.index.contains_key(&(person, target)) {
            return;
        }
        let id = FIRST_ID + self.count;
        self.count += 1;
        self.index.insert((person, target), id);
        self.by_id.insert(id, Subscription { person, target, since, is_blocked: false });
    }

    pub(crate) fn target_of(&self, id: i64) -> Option<Target> {
        self.by_id.get(&id).map(|subscription| subscription.target)
    }

    pub(crate) fn id_of(&self, person: PersonId, target: Target) -> Option<i64> {
        self.index.get(&(person, target)).copied()
    }

    pub(crate) fn set_blocked(&mut self, id: i64, is_blocked: bool) {
        if let Some(subscription) = self.by_id.get_mut(&id) {
            subscription.is_blocked = is_blocked;
        }
    }

    pub(crate) fn remove(&mut self, id: i64) {
        if let Some(subscription) = self.by_id.remove(&id) {
            self.index.remove(&(subscription.person, subscription.target));
        }
    }

    pub(crate) fn remove_person(&mut self, person: PersonId) {
        let ids: Vec<i64> = self.iter().filter(|(_, found)| found.person == person).map(|(id, _)| id).collect();
        for id in ids {
            self.remove(id);
        }
    }
}

/// Which subscriptions a user list contains; `None` means all.
#[derive(Debug, Default)]
pub(crate) struct SubscriptionFilter<'a> {
    pub(crate) uid: Option<&'a str>,
    pub(crate) is_blocked: Option<bool>,
    pub(crate) topics: Option<bool>,
}

pub(crate) struct SubscriptionRow<'a> {
    pub(crate) id: i64,
    pub(crate) uid: &'a str,
    pub(crate) target: Target,
    pub(crate) target_name: &'a str,
    pub(crate) since: i64,
    pub(crate) is_blocked: bool,
    pub(crate) pay_end_time: i64,
}

pub(crate) struct SubscriptionPage<'a> {
    pub(crate) total: usize,
    pub(crate) rows: Vec<SubscriptionRow<'a>>,
}
