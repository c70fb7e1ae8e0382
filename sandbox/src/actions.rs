//! What users do in WeChat: changes the world and posts the app's callback.
//!
//! The world is unlocked before a callback is posted, because its receiver may call the API before
//! it responds.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use crate::shared::Shared;
use crate::world::{CallbackEvent, Source, Target};
use crate::{CallbackReport, Error};

/// A payment and its callbacks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// The trade number, which a refund needs.
    pub trade_no: String,
    /// `order_pay`; before it `app_subscribe`, if the payment subscribed the user to the app.
    pub callbacks: Vec<CallbackReport>,
}

/// Whether an action waits for the response of the callback's receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    ForResponse,
    /// The callback is posted in the background, and reported as pending.
    No,
}

impl Shared {
    pub(crate) async fn scan(self: &Arc<Self>, code: &str, uid: &str, wait: Wait) -> Result<CallbackReport, Error> {
        let event = self.world().scan(code, uid)?;
        Ok(self.post(event, wait).await)
    }

    pub(crate) async fn subscribe(
        self: &Arc<Self>,
        uid: &str,
        target: Target,
        source: Source,
        wait: Wait,
    ) -> Result<Option<CallbackReport>, Error> {
        let event = self.world().subscribe(uid, target, source)?;
        match event {
            Some(event) => Ok(Some(self.post(event, wait).await)),
            None => {
                self.world_changed();
                Ok(None)
            }
        }
    }

    pub(crate) async fn command(self: &Arc<Self>, uid: &str, text: &str, wait: Wait) -> Result<CallbackReport, Error> {
        let event = self.world().command(uid, text)?;
        Ok(self.post(event, wait).await)
    }

    pub(crate) async fn pay(
        self: &Arc<Self>,
        uid: &str,
        prod_id: i64,
        amount: i64,
        add_time: Duration,
        wait: Wait,
    ) -> Result<Payment, Error> {
        let (trade_no, events) = self.world().pay(uid, prod_id, amount, add_time)?;
        let mut callbacks = Vec::with_capacity(events.len());
        for event in events {
            callbacks.push(self.post(event, wait).await);
        }
        Ok(Payment { trade_no, callbacks })
    }

    pub(crate) async fn refund(self: &Arc<Self>, trade_no: &str, wait: Wait) -> Result<CallbackReport, Error> {
        let event = self.world().refund(trade_no)?;
        Ok(self.post(event, wait).await)
    }

    pub(crate) async fn test_callback(self: &Arc<Self>, app_id: i64) -> Result<CallbackReport, Error> {
        let event = self.world().test_callback(app_id)?;
        Ok(self.post(event, Wait::ForResponse).await)
    }

    /// Posts a recorded callback again, to the app's current URL.
    pub(crate) async fn resend_callback(self: &Arc<Self>, id: u64) -> Result<CallbackReport, Error> {
        let report = self.callbacks().get(id)?.report.clone();
        let url = self.world().callback_url(report.app_id)?;
        let event = CallbackEvent { app_id: report.app_id, url, body: report.body };
        Ok(self.post(event, Wait::ForResponse).await)
    }

    async fn post(self: &Arc<Self>, event: CallbackEvent, wait: Wait) -> CallbackReport {
        if wait == Wait::ForResponse {
            return self.post_callback(event).await;
        }
        let report = CallbackReport::pending(&event);
        let shared = Arc::clone(self);
        tokio::spawn(async move { shared.post_callback(event).await });
        report
    }
}
