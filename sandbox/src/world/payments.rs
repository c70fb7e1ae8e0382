//! Orders, and until when a person has paid.

use std::collections::BTreeMap;
use std::time::Duration;

use super::people::PersonId;
use super::{Target, millis};
use crate::Error;

#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) trade_no: String,
    pub(crate) person: PersonId,
    /// The UID of the person, which the refund's callback needs even after the person is removed.
    pub(crate) uid: String,
    pub(crate) prod_id: i64,
    /// In fen.
    pub(crate) amount: i64,
    pub(crate) add_ms: i64,
    refunded: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Payments {
    paid_until: BTreeMap<(PersonId, Target), i64>,
    orders: BTreeMap<String, Order>,
}

impl Payments {
    /// When the paid time ends, in ms since the epoch; 0 if this person never paid for the target.
    pub(crate) fn paid_until(&self, person: PersonId, target: Target) -> i64 {
        self.paid_until.get(&(person, target)).copied().unwrap_or_default()
    }

    pub(crate) fn all_paid_until(&self) -> impl Iterator<Item = (PersonId, Target, i64)> {
        self.paid_until.iter().map(|((person, target), until)| (*person, *target, *until))
    }

    pub(crate) fn set_paid_until(&mut self, person: PersonId, target: Target, until: i64) {
        self.paid_until.insert((person, target), until);
    }

    /// Records an order and extends the paid time of each covered target.
    pub(crate) fn pay(
        &mut self,
        person: (PersonId, &str),
        prod_id: i64,
        covers: &[Target],
        amount: i64,
        add_time: Duration,
        now: i64,
    ) -> Order {
        let (person, uid) = person;
        let order = Order {
            trade_no: format!("{now}{:06}", self.orders.len() + 1),
            person,
            uid: uid.to_owned(),
            prod_id,
            amount,
            add_ms: millis(add_time),
            refunded: false,
        };
        for target in covers {
            let until = self.paid_until.entry((person, *target)).or_default();
            *until = (*until).max(now).saturating_add(order.add_ms);
        }
        self.orders.insert(order.trade_no.clone(), order.clone());
        order
    }

    pub(crate) fn order(&self, trade_no: &str) -> Result<&Order, Error> {
        self.orders.get(trade_no).ok_or_else(|| Error::unknown("order", trade_no))
    }

    /// Marks an order as refunded, which is possible once, and takes back the paid time.
    pub(crate) fn refund(&mut self, trade_no: &str, covers: &[Target]) -> Result<Order, Error> {
        let order = self.orders.get_mut(trade_no).ok_or_else(|| Error::unknown("order", trade_no))?;
        if order.refunded {
            return Err(Error::Refused(format!("order {trade_no} is already refunded")));
        }
        order.refunded = true;
        let order = order.clone();
        for target in covers {
            if let Some(until) = self.paid_until.get_mut(&(order.person, *target)) {
                *until = until.saturating_sub(order.add_ms);
            }
        }
        Ok(order)
    }

    /// All orders, the oldest first, each with whether it is refunded.
    pub(crate) fn orders(&self) -> impl Iterator<Item = (&Order, bool)> {
        self.orders.values().map(|order| (order, order.refunded))
    }
}
