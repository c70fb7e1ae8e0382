//! The client.

use std::sync::Arc;

use wxpusher::UserQuery;

use crate::boundary::guarded;
use crate::broadcast::Broadcaster;
use crate::config::Config;
use crate::error::Result;
use crate::message::{Message, SimplePush, unsigned};
use crate::outcome::SendOutcome;
use crate::pay::PayEndTime;
use crate::qrcode::Qrcode;
use crate::status::SendStatus;
use crate::time::TimeSpan;
use crate::users::{FollowType, UserPage, UserPageV1, UserStream};

/// A client of WxPusher.
///
/// Immutable, and safe to share between threads. Its connections close with it. Every call blocks its thread until it
/// ends, its timeout runs out, or another thread calls `cancel`.
#[derive(Debug, uniffi::Object)]
pub struct Client {
    core: wxpusher::Client,
}

impl Client {
    fn over(core: wxpusher::Config, app_token: Option<String>, config: Config) -> Result<Arc<Self>> {
        let core = config.over(core)?;
        let core = match app_token {
            Some(app_token) => core.app_token(app_token),
            None => core,
        };
        Ok(Arc::new(Self { core: wxpusher::Client::with_config(core)? }))
    }
}

/// Creation and cancellation.
#[uniffi::export]
impl Client {
    /// Creates a client for an app. Simple pushes and status queries need no token.
    ///
    /// # Errors
    /// `invalid_argument` naming the setting that is wrong.
    #[uniffi::constructor(default(app_token = None, config))]
    pub fn new(app_token: Option<String>, config: Config) -> Result<Arc<Self>> {
        guarded(|| Self::over(wxpusher::Config::new(), app_token, config))
    }

    /// Creates a client with the settings of the environment: `WXPUSHER_APP_TOKEN`, `WXPUSHER_BASE_URL`, `WXPUSHER_UID`,
    /// `WXPUSHER_UIDS`, `WXPUSHER_TOPIC_ID`, `WXPUSHER_TOPIC_IDS`, `WXPUSHER_SPT` and `WXPUSHER_SPT_LIST`. Settings in
    /// `config` override them.
    ///
    /// # Errors
    /// `invalid_argument` naming the variable or setting that is wrong.
    #[uniffi::constructor(default(config))]
    pub fn from_env(config: Config) -> Result<Arc<Self>> {
        guarded(|| Self::over(wxpusher::Config::from_env()?, None, config))
    }

    /// Ends all calls of this client within 200 ms, and refuses further ones: all fail with `cancelled`.
    ///
    /// # Errors
    /// `internal` only.
    pub fn cancel(&self) -> Result<()> {
        guarded(|| {
            self.core.cancel();
            Ok(())
        })
    }

    /// Returns a client that can be cancelled on its own, over the same connections. Cancelling this client cancels it too.
    ///
    /// # Errors
    /// `internal` only.
    pub fn scoped(&self) -> Result<Arc<Client>> {
        guarded(|| Ok(Arc::new(Self { core: self.core.scoped() })))
    }

    /// Returns whether `cancel` was called, on this client or on the one it was scoped from.
    ///
    /// # Errors
    /// `internal` only.
    pub fn is_cancelled(&self) -> Result<bool> {
        guarded(|| Ok(self.core.is_cancelled()))
    }
}

/// Sending. A message crosses as one record, because every argument on its own would cost as much as the record (ADR 10).
#[uniffi::export]
impl Client {
    /// Sends a message to users and topics. Without recipients, it goes to the default ones.
    ///
    /// # Errors
    /// `invalid_argument` if a limit is exceeded or there is no recipient; `rejected` if no recipient was accepted; and the
    /// errors of the network and the server.
    pub fn send(&self, message: Message) -> Result<SendOutcome> {
        guarded(|| Ok(self.core.send(&message.try_into()?)?.into()))
    }

    /// Sends a plain text to one user or topic with a GET request, which has the token in its URL. Prefer `send`.
    ///
    /// # Errors
    /// Like `send`; `invalid_argument` also for more than one recipient, and for a content type other than text.
    pub fn send_by_get(&self, message: Message) -> Result<SendOutcome> {
        guarded(|| Ok(self.core.send_by_get(&message.try_into()?)?.into()))
    }

    /// Sends a message to simple push tokens (SPTs). Needs no app token. More than 10 SPTs are sent in several calls.
    ///
    /// # Errors
    /// Like `send`.
    pub fn simple_push(&self, push: SimplePush) -> Result<SendOutcome> {
        guarded(|| Ok(self.core.simple_push(&push.into())?.into()))
    }

    /// Sends a plain text to one simple push token (SPT) with a GET request.
    ///
    /// # Errors
    /// Like `send`.
    pub fn simple_push_by_get(&self, spt: String, content: String) -> Result<SendOutcome> {
        guarded(|| Ok(self.core.simple_push_by_get(spt, content)?.into()))
    }

    /// Starts a broadcast of a message to any number of users, in batches of at most 2 000.
    ///
    /// # Errors
    /// `invalid_argument` if the message exceeds a limit or has recipients of its own.
    pub fn broadcaster(&self, message: Message) -> Result<Arc<Broadcaster>> {
        guarded(|| Ok(Arc::new(Broadcaster::new(wxpusher::Broadcaster::new(&self.core, message.try_into()?)?))))
    }
}

/// Delivery status and deletion.
#[uniffi::export]
impl Client {
    /// Returns the delivery status of one recipient. WxPusher keeps it for 7 days.
    ///
    /// # Errors
    /// `api` with code 1001 if the server does not know the record (any more).
    pub fn query_status(&self, send_record_id: i64) -> Result<SendStatus> {
        guarded(|| Ok(self.core.query_status(send_record_id)?.into()))
    }

    /// Returns the delivery status by the message id of the 2022 document.
    ///
    /// # Errors
    /// Like `queryStatus`.
    pub fn query_message_status(&self, message_id: i64) -> Result<SendStatus> {
        guarded(|| Ok(self.core.query_message_status(message_id)?.into()))
    }

    /// Deletes the page of a message. Notifications that were delivered stay.
    ///
    /// # Errors
    /// `api` if the server does not know the message.
    pub fn delete_message(&self, message_content_id: i64) -> Result<()> {
        guarded(|| Ok(self.core.delete_message(message_content_id)?))
    }
}

/// Users.
#[uniffi::export]
impl Client {
    /// Creates a QR code that carries `extra` (1 to 64 characters). It is valid from 1 s to 30 days, 30 minutes by default.
    ///
    /// # Errors
    /// `invalid_argument` if a limit is exceeded.
    #[uniffi::method(default(valid_time = None))]
    pub fn create_qrcode(&self, extra: String, valid_time: Option<TimeSpan>) -> Result<Qrcode> {
        guarded(|| {
            let valid_time = valid_time.map(|span| span.seconds("valid_time")).transpose()?;
            Ok(self.core.create_qrcode(&extra, valid_time)?.into())
        })
    }

    /// Returns the UID of the user who scanned the code last; nothing if the code has not been scanned. Against the real
    /// WxPusher the call waits until 10 s have passed since the last query for the same code.
    ///
    /// # Errors
    /// `api` if the code is unknown or expired.
    pub fn query_scan_uid(&self, code: String) -> Result<Option<String>> {
        guarded(|| Ok(self.core.query_scan_uid(&code)?))
    }

    /// Waits until a user scans the QR code, and returns the UID; returns nothing if nobody scanned it before the timeout.
    /// Polls every 10 s and retries polls after transient errors. A new QR code needs up to 60 s to be known.
    ///
    /// # Errors
    /// `api` if the code is unknown or expired; `cancelled`.
    pub fn wait_for_scan(&self, code: String, timeout: TimeSpan) -> Result<Option<String>> {
        guarded(|| Ok(self.core.wait_for_scan(code, timeout.duration("timeout")?)?))
    }

    /// Returns one page of the users who subscribe to the app or its topics.
    ///
    /// # Errors
    /// `invalid_argument` if the page size exceeds the limit.
    #[uniffi::method(default(page = 1, page_size = 100, uid = None, is_blocked = None, follow_type = None))]
    pub fn list_users(
        &self,
        page: i32,
        page_size: i32,
        uid: Option<String>,
        is_blocked: Option<bool>,
        follow_type: Option<FollowType>,
    ) -> Result<UserPage> {
        guarded(|| Ok(self.core.list_users(&query(page, page_size, uid, is_blocked, follow_type)?)?.into()))
    }

    /// Returns a stream of all users, which requests page after page.
    ///
    /// # Errors
    /// `invalid_argument` for a negative page size; other errors occur at the first step.
    #[uniffi::method(default(page_size = 100, uid = None, is_blocked = None, follow_type = None))]
    pub fn user_stream(
        &self,
        page_size: i32,
        uid: Option<String>,
        is_blocked: Option<bool>,
        follow_type: Option<FollowType>,
    ) -> Result<Arc<UserStream>> {
        guarded(|| {
            let query = query(1, page_size, uid, is_blocked, follow_type)?;
            Ok(Arc::new(UserStream::new(self.core.users(query))))
        })
    }

    /// Returns one page of the older user list, which WxPusher deprecated in favour of `listUsers`.
    ///
    /// # Errors
    /// Like `listUsers`.
    #[uniffi::method(default(page = 1, page_size = 100, uid = None))]
    pub fn list_users_v1(&self, page: i32, page_size: i32, uid: Option<String>) -> Result<UserPageV1> {
        guarded(|| {
            let (page, page_size) = (unsigned("page", page)?, unsigned("page_size", page_size)?);
            Ok(self.core.list_users_v1(page, page_size, uid.as_deref())?.into())
        })
    }

    /// Deletes a subscription by its id (`User.id`, not the UID). The user can subscribe again.
    ///
    /// # Errors
    /// `api` if there is no such subscription.
    pub fn delete_user(&self, id: i64) -> Result<()> {
        guarded(|| Ok(self.core.delete_user(id)?))
    }

    /// Blocks a user by the id of a subscription (`User.id`, not the UID): the app's messages no longer reach the user.
    ///
    /// # Errors
    /// `api` if there is no such subscription.
    pub fn block_user(&self, id: i64) -> Result<()> {
        guarded(|| Ok(self.core.block_user(id)?))
    }

    /// Unblocks a user by the id of a subscription (`User.id`, not the UID).
    ///
    /// # Errors
    /// `api` if there is no such subscription.
    pub fn unblock_user(&self, id: i64) -> Result<()> {
        guarded(|| Ok(self.core.unblock_user(id)?))
    }

    /// Returns the paid-until time of a user for each resource of a product.
    ///
    /// # Errors
    /// `api` if there is no such product.
    pub fn query_pay_end_time(&self, uid: String, prod_id: i64) -> Result<Vec<PayEndTime>> {
        guarded(|| Ok(self.core.query_pay_end_time(&uid, prod_id)?.into_iter().map(Into::into).collect()))
    }
}

fn query(
    page: i32,
    page_size: i32,
    uid: Option<String>,
    is_blocked: Option<bool>,
    follow_type: Option<FollowType>,
) -> Result<UserQuery> {
    Ok(UserQuery {
        page: unsigned("page", page)?,
        page_size: unsigned("page_size", page_size)?,
        uid,
        is_blocked,
        follow_type: follow_type.map(Into::into),
    })
}
