//! Products, payments, and until when somebody has paid.

use std::time::Duration;

use super::people::PersonId;
use super::{Event, Refusal, Source, Target, World, millis};
use crate::Error;

#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) trade_no: String,
    pub(crate) person: PersonId,
    pub(crate) prod_id: i64,
    pub(crate) amount: i64,
    pub(crate) add_ms: i64,
    refunded: bool,
}

impl World {
    /// 0 when this person never paid for it.
    pub(crate) fn pay_end_time(&self, person: PersonId, target: Target) -> i64 {
        self.paid_until.get(&(person, target)).copied().unwrap_or_default()
    }

    /// Whether any product covers this: only then does a send check who has paid.
    pub(crate) fn is_sold(&self, target: Target) -> bool {
        self.products.values().any(|product| product.covers.contains(&target))
    }

    pub(crate) fn query_pay_end_times(&self, uid: &str, prod_id: i64) -> Result<Vec<(Target, i64)>, Refusal> {
        let product = self.products.get(&prod_id).ok_or_else(|| Refusal::business("产品不存在"))?;
        let person = self.people.by_uid(uid).ok_or_else(|| Refusal::business(format!("用户UID=[{uid}]不存在")))?;
        Ok(product.covers.iter().map(|target| (*target, self.pay_end_time(person, *target))).collect())
    }

    /// Pays for a product, which also follows all it covers. Gives the trade number and what the
    /// app is told.
    pub(crate) fn pay(
        &mut self,
        uid: &str,
        prod_id: i64,
        amount: i64,
        add_time: Duration,
    ) -> Result<(String, Vec<Event>), Error> {
        let person = self.person(uid)?;
        let product = self.products.get(&prod_id).ok_or_else(|| Error::unknown("product", prod_id))?;
        if amount < 0 {
            return Err(Error::invalid("amount", "must not be negative; refund instead"));
        }
        let (app_id, covers) = (product.app_id, product.covers.clone());
        let now = self.now();
        let order = Order {
            trade_no: format!("{now}{:06}", self.orders.len() + 1),
            person,
            prod_id,
            amount,
            add_ms: millis(add_time),
            refunded: false,
        };
        let joins_app =
            self.follows.find(person, Target::App(app_id)).is_none() && covers.contains(&Target::App(app_id));
        for target in &covers {
            self.refuse_blocked(person, *target)?;
        }
        for target in covers {
            self.follow(person, target)?;
            let until = self.paid_until.entry((person, target)).or_default();
            *until = (*until).max(now).saturating_add(order.add_ms);
        }
        let app = self.app(app_id)?;
        let mut events = Vec::new();
        if joins_app {
            events.push(self.subscribed(app, person, Source::Order, None));
        }
        events.push(self.order_changed(app, &order, false));
        let trade_no = order.trade_no.clone();
        self.orders.insert(trade_no.clone(), order);
        Ok((trade_no, events))
    }

    /// Takes a payment back, whole and only once.
    pub(crate) fn refund(&mut self, trade_no: &str) -> Result<Event, Error> {
        let order = self.orders.get_mut(trade_no).ok_or_else(|| Error::unknown("order", trade_no))?;
        if order.refunded {
            return Err(Error::Refused(format!("order {trade_no} is already refunded")));
        }
        order.refunded = true;
        let order = order.clone();
        let product = self.products.get(&order.prod_id).ok_or_else(|| Error::unknown("product", order.prod_id))?;
        for target in &product.covers {
            if let Some(until) = self.paid_until.get_mut(&(order.person, *target)) {
                *until = until.saturating_sub(order.add_ms);
            }
        }
        Ok(self.order_changed(self.app(product.app_id)?, &order, true))
    }
}
