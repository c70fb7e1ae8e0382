//! Callbacks: what WxPusher POSTs to an app's callback URL (protocol §3).

use crate::boundary::guarded;
use crate::error::Result;
use crate::time::{TimeSpan, Timestamp};

/// One callback. (The name `Callback` would collide with JNA's.)
///
/// Callbacks carry no signature: keep the callback URL hard to guess, and check important facts by an API call.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum AppCallback {
    /// A user subscribed to the app.
    AppSubscribe {
        /// The event.
        event: AppSubscribe,
    },
    /// A user paid for a product, or got a refund.
    OrderPay {
        /// The event.
        event: OrderPay,
    },
    /// A user sent a command to the app.
    SendUpCmd {
        /// The event.
        event: SendUpCmd,
    },
    /// An action that this version does not know; the documentation announces more.
    Unknown {
        /// The event.
        event: UnknownCallback,
    },
}

/// A user subscribed to the app. This is how an app learns a UID.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AppSubscribe {
    /// The app's id.
    pub app_id: i64,
    /// Deprecated; may be absent.
    pub app_key: Option<String>,
    /// The app's name.
    pub app_name: Option<String>,
    /// How the user subscribed.
    pub source: SubscribeSource,
    /// Always empty now.
    pub user_name: Option<String>,
    /// Always empty now.
    pub user_head_img: Option<String>,
    /// The time.
    pub time: Timestamp,
    /// The user's UID.
    pub uid: String,
    /// The `extra` of the QR code; absent or empty if the user did not scan one.
    pub extra: Option<String>,
}

/// How a user subscribed to an app.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum SubscribeSource {
    /// A QR code.
    Scan,
    /// The subscription link.
    Link,
    /// A message `#{appId}`.
    Command,
    /// Buying a product.
    Order,
    /// A source that this version does not know, as the server wrote it; empty if absent.
    Other {
        /// The word on the wire.
        word: String,
    },
}

/// A user paid for a product, or got a refund.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OrderPay {
    /// The time added to the paid subscription; negative for a refund.
    pub add_time: TimeSpan,
    /// The amount in fen; negative for a refund.
    pub amount: i64,
    /// The app's id.
    pub app_id: i64,
    /// The time.
    pub create_time: Timestamp,
    /// The product's id.
    pub prod_id: i64,
    /// The trade number, as in the user's WeChat bill.
    pub trade_no: String,
    /// Paid or refunded.
    pub order_type: OrderType,
    /// The user's UID.
    pub uid: String,
}

/// Paid or refunded.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum OrderType {
    /// 1 · paid.
    Paid,
    /// 2 · refunded.
    Refunded,
    /// A type that this version does not know.
    Other {
        /// The number on the wire.
        number: i64,
    },
}

/// A user sent a command: `#{appId} text`.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SendUpCmd {
    /// The user's UID.
    pub uid: String,
    /// The app's id.
    pub app_id: i64,
    /// Deprecated; always absent.
    pub app_key: Option<String>,
    /// The app's name.
    pub app_name: Option<String>,
    /// Always empty now.
    pub user_name: Option<String>,
    /// Always empty now.
    pub user_head_img: Option<String>,
    /// The time.
    pub time: Timestamp,
    /// The text of the user.
    pub content: String,
    /// The command: `content` without a leading `#{appId} `, which the server sometimes leaves in.
    pub command: String,
}

/// A callback whose action this version does not know.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UnknownCallback {
    /// The action, as the server wrote it.
    pub action: String,
    /// The whole body, as the server wrote it.
    pub raw: String,
}

/// Reads the body of a callback.
///
/// Unknown actions and sources are kept; unknown fields are ignored.
///
/// # Errors
/// `invalid_callback`, with the place, if the body is not JSON or does not have the form of a callback.
#[uniffi::export]
pub fn parse_callback(body: Vec<u8>) -> Result<AppCallback> {
    guarded(|| Ok(wxpusher::parse_callback(&body)?.into()))
}

impl From<wxpusher::Callback> for AppCallback {
    fn from(callback: wxpusher::Callback) -> Self {
        match callback {
            wxpusher::Callback::AppSubscribe(event) => AppCallback::AppSubscribe { event: event.into() },
            wxpusher::Callback::OrderPay(event) => AppCallback::OrderPay { event: event.into() },
            wxpusher::Callback::SendUpCmd(event) => AppCallback::SendUpCmd { event: event.into() },
            wxpusher::Callback::Unknown(event) => AppCallback::Unknown { event: event.into() },
        }
    }
}

impl From<wxpusher::AppSubscribe> for AppSubscribe {
    fn from(event: wxpusher::AppSubscribe) -> Self {
        let wxpusher::AppSubscribe { app_id, app_key, app_name, source, user_name, user_head_img, time, uid, extra } =
            event;
        Self {
            app_id,
            app_key,
            app_name,
            source: source.into(),
            user_name,
            user_head_img,
            time: time.into(),
            uid,
            extra,
        }
    }
}

impl From<wxpusher::SubscribeSource> for SubscribeSource {
    fn from(source: wxpusher::SubscribeSource) -> Self {
        match source {
            wxpusher::SubscribeSource::Scan => SubscribeSource::Scan,
            wxpusher::SubscribeSource::Link => SubscribeSource::Link,
            wxpusher::SubscribeSource::Command => SubscribeSource::Command,
            wxpusher::SubscribeSource::Order => SubscribeSource::Order,
            wxpusher::SubscribeSource::Other(word) => SubscribeSource::Other { word },
        }
    }
}

impl From<wxpusher::OrderPay> for OrderPay {
    fn from(event: wxpusher::OrderPay) -> Self {
        let wxpusher::OrderPay { add_time, amount, app_id, create_time, prod_id, trade_no, order_type, uid } = event;
        Self {
            add_time: add_time.into(),
            amount,
            app_id,
            create_time: create_time.into(),
            prod_id,
            trade_no,
            order_type: order_type.into(),
            uid,
        }
    }
}

impl From<wxpusher::OrderType> for OrderType {
    fn from(order_type: wxpusher::OrderType) -> Self {
        match order_type {
            wxpusher::OrderType::Paid => OrderType::Paid,
            wxpusher::OrderType::Refunded => OrderType::Refunded,
            wxpusher::OrderType::Other(number) => OrderType::Other { number },
        }
    }
}

impl From<wxpusher::SendUpCmd> for SendUpCmd {
    fn from(event: wxpusher::SendUpCmd) -> Self {
        let command = event.command().to_owned();
        let wxpusher::SendUpCmd { uid, app_id, app_key, app_name, user_name, user_head_img, time, content } = event;
        Self { uid, app_id, app_key, app_name, user_name, user_head_img, time: time.into(), content, command }
    }
}

impl From<wxpusher::UnknownCallback> for UnknownCallback {
    fn from(event: wxpusher::UnknownCallback) -> Self {
        let wxpusher::UnknownCallback { action, raw } = event;
        Self { action, raw }
    }
}
