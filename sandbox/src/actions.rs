//! What users do in WeChat: the world changes, and then the app hears of it.

use std::time::Duration;

use serde::Serialize;

use crate::shared::Shared;
use crate::world::{Source, Target};
use crate::{CallbackReport, Error};

/// A payment, and what the app was told of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// By which it can be refunded.
    pub trade_no: String,
    /// `order_pay`; before it `app_subscribe`, if the payment made the user follow the app.
    pub callbacks: Vec<CallbackReport>,
}

// In each of these the world is let go before anything is posted: a receiver may well call the
// API before it answers.
impl Shared {
    pub(crate) async fn scan(&self, code: &str, uid: &str) -> Result<CallbackReport, Error> {
        let event = self.world().scan(code, uid)?;
        Ok(self.tell(event).await)
    }

    pub(crate) async fn subscribe(
        &self,
        uid: &str,
        target: Target,
        source: Source,
    ) -> Result<Option<CallbackReport>, Error> {
        let event = self.world().subscribe(uid, target, source)?;
        match event {
            Some(event) => Ok(Some(self.tell(event).await)),
            None => Ok(None),
        }
    }

    pub(crate) async fn command(&self, uid: &str, text: &str) -> Result<CallbackReport, Error> {
        let event = self.world().command(uid, text)?;
        Ok(self.tell(event).await)
    }

    pub(crate) async fn pay(&self, uid: &str, prod_id: i64, amount: i64, add_time: Duration) -> Result<Payment, Error> {
        let (trade_no, events) = self.world().pay(uid, prod_id, amount, add_time)?;
        let mut callbacks = Vec::with_capacity(events.len());
        for event in events {
            callbacks.push(self.tell(event).await);
        }
        Ok(Payment { trade_no, callbacks })
    }

    pub(crate) async fn refund(&self, trade_no: &str) -> Result<CallbackReport, Error> {
        let event = self.world().refund(trade_no)?;
        Ok(self.tell(event).await)
    }
}
