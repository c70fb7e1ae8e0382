//! The verbs.

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
/// Immutable and safe to share between threads; its connections close with it. Every call blocks its thread until it is
/// done, its time is over, or another thread calls `cancel`.
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

/// Making and stopping one.
#[uniffi::export]
impl Client {
    /// A client for an app. Without a token it can only do what needs none: simple pushes and status queries.
    ///
    /// # Errors
    /// `invalid_argument` naming the setting that will not do.
    #[uniffi::constructor(default(app_token = None, config))]
    pub fn new(app_token: Option<String>, config: Config) -> Result<Arc<Self>> {
        guarded(|| Self::over(wxpusher::Config::new(), app_token, config))
    }

    /// A client set up by the environment: `WXPUSHER_APP_TOKEN`, `WXPUSHER_UIDS`, `WXPUSHER_TOPIC_IDS`,
    /// `WXPUSHER_SPT_LIST` and `WXPUSHER_BASE_URL`. Settings given here go before.
    ///
    /// # Errors
    /// `invalid_argument` naming what is wrong.
    #[uniffi::constructor(default(config))]
    pub fn from_env(config: Config) -> Result<Arc<Self>> {
        guarded(|| Self::over(wxpusher::Config::from_env()?, None, config))
    }

    /// Ends all calls of this client, within 200 ms, and refuses further ones: all fail with `cancelled`.
    ///
    /// # Errors
    /// None but a bug of the library.
    pub fn cancel(&self) -> Result<()> {
        guarded(|| {
            self.core.cancel();
            Ok(())
        })
    }

    /// A client over the same connections that can be cancelled by itself; it ends with this one, too.
    ///
    /// # Errors
    /// None but a bug of the library.
    pub fn scoped(&self) -> Result<Arc<Client>> {
        guarded(|| Ok(Arc::new(Self { core: self.core.scoped() })))
    }

    /// Whether `cancel` was called, here or on the client this one was scoped from.
    ///
    /// # Errors
    /// None but a bug of the library.
    pub fn is_cancelled(&self) -> Result<bool> {
        guarded(|| Ok(self.core.is_cancelled()))
    }
}

/// Sending. A message crosses as one record: what crosses by itself costs as much as the whole of it (ADR 10).
#[uniffi::export]
impl Client {
    /// Sends a message to its users and topics. Give at least one of them.
    ///
    /// # Errors
    /// `invalid_argument` for a message over a limit or without target; `rejected` when no target was accepted; and
    /// whatever the network and the server may do.
    pub fn send(&self, message: Message) -> Result<SendOutcome> {
        guarded(|| Ok(self.core.send(&message.try_into()?)?.into()))
    }

    /// Sends a plain text to one user or topic by the GET interface, which puts the token into the URL. `send` can do all
    /// of it and more.
    ///
    /// # Errors
    /// Like `send`; `invalid_argument` also for more than one target, and for a content type other than text.
    pub fn send_by_get(&self, message: Message) -> Result<SendOutcome> {
        guarded(|| Ok(self.core.send_by_get(&message.try_into()?)?.into()))
    }

    /// Sends to 1 to 10 people known by their simple push tokens only. Needs no app token.
    ///
    /// # Errors
    /// Like `send`.
    pub fn simple_push(&self, push: SimplePush) -> Result<SendOutcome> {
        guarded(|| Ok(self.core.simple_push(&push.into())?.into()))
    }

    /// Sends a plain text to one simple push token by the GET interface.
    ///
    /// # Errors
    /// Like `send`.
    pub fn simple_push_by_get(&self, spt: String, content: String) -> Result<SendOutcome> {
        guarded(|| Ok(self.core.simple_push_by_get(spt, content)?.into()))
    }

    /// A message on its way to any number of users, at most 2 000 with each batch.
    ///
    /// # Errors
    /// `invalid_argument` when the message is over a limit or names targets of its own.
    pub fn broadcaster(&self, message: Message) -> Result<Arc<Broadcaster>> {
        guarded(|| Ok(Arc::new(Broadcaster::new(wxpusher::Broadcaster::new(&self.core, message.try_into()?)?))))
    }
}

/// After sending.
#[uniffi::export]
impl Client {
    /// What has become of a delivery. WxPusher remembers for 7 days.
    ///
    /// # Errors
    /// `api` with code 1001 when the server does not know, or no longer knows, the record.
    pub fn query_status(&self, send_record_id: i64) -> Result<SendStatus> {
        guarded(|| Ok(self.core.query_status(send_record_id)?.into()))
    }

    /// The same by the message id of the 2022 document.
    ///
    /// # Errors
    /// Like `queryStatus`.
    pub fn query_message_status(&self, message_id: i64) -> Result<SendStatus> {
        guarded(|| Ok(self.core.query_message_status(message_id)?.into()))
    }

    /// Takes the landing page of a message away. What was pushed stays pushed.
    ///
    /// # Errors
    /// `api` when the server does not know the message.
    pub fn delete_message(&self, message_content_id: i64) -> Result<()> {
        guarded(|| Ok(self.core.delete_message(message_content_id)?))
    }
}

/// Users.
#[uniffi::export]
impl Client {
    /// Makes a QR code that carries `extra` (1–64 characters) and lives from a second to 30 days, half an hour by default.
    ///
    /// # Errors
    /// `invalid_argument` for what is over a limit.
    #[uniffi::method(default(valid_time = None))]
    pub fn create_qrcode(&self, extra: String, valid_time: Option<TimeSpan>) -> Result<Qrcode> {
        guarded(|| {
            let valid_time = valid_time.map(|span| span.seconds("valid_time")).transpose()?;
            Ok(self.core.create_qrcode(&extra, valid_time)?.into())
        })
    }

    /// Who scanned the code last; none when nobody has yet. Never asks the real WxPusher faster than every 10 s.
    ///
    /// # Errors
    /// `api` for an unknown or expired code.
    pub fn query_scan_uid(&self, code: String) -> Result<Option<String>> {
        guarded(|| Ok(self.core.query_scan_uid(&code)?))
    }

    /// Waits until a user scans the QR code, and returns the UID; returns nothing if nobody scanned it before the timeout.
    /// Polls every 10 s and retries polls after transient errors. A new QR code needs up to 60 s to be known.
    ///
    /// # Errors
    /// `api` for an unknown or expired code; `cancelled`.
    pub fn wait_for_scan(&self, code: String, timeout: TimeSpan) -> Result<Option<String>> {
        guarded(|| Ok(self.core.wait_for_scan(code, timeout.duration("timeout")?)?))
    }

    /// One page of those who follow the app or its topics, blocked or not, as asked.
    ///
    /// # Errors
    /// `invalid_argument` for a page size over the limit.
    #[uniffi::method(default(page = 1, page_size = 100, uid = None, is_block = None, follow_type = None))]
    pub fn list_users(
        &self,
        page: i32,
        page_size: i32,
        uid: Option<String>,
        is_block: Option<bool>,
        follow_type: Option<FollowType>,
    ) -> Result<UserPage> {
        guarded(|| Ok(self.core.list_users(&query(page, page_size, uid, is_block, follow_type)?)?.into()))
    }

    /// All users, page after page.
    ///
    /// # Errors
    /// `invalid_argument` for a negative page size; everything else at its first step.
    #[uniffi::method(default(page_size = 100, uid = None, is_block = None, follow_type = None))]
    pub fn user_stream(
        &self,
        page_size: i32,
        uid: Option<String>,
        is_block: Option<bool>,
        follow_type: Option<FollowType>,
    ) -> Result<Arc<UserStream>> {
        guarded(|| {
            let query = query(1, page_size, uid, is_block, follow_type)?;
            Ok(Arc::new(UserStream::new(self.core.users(query))))
        })
    }

    /// One page of the old user list, deprecated by WxPusher in favour of `listUsers`.
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

    /// Ends a following, by the `id` of a user (not a uid). They may follow again.
    ///
    /// # Errors
    /// `api` when there is no such following.
    pub fn delete_user(&self, id: i64) -> Result<()> {
        guarded(|| Ok(self.core.delete_user(id)?))
    }

    /// Blocks a follower, or lets them in again, by the `id` of a user (not a uid).
    ///
    /// # Errors
    /// `api` when there is no such following.
    pub fn reject_user(&self, id: i64, reject: bool) -> Result<()> {
        guarded(|| Ok(if reject { self.core.block_user(id) } else { self.core.unblock_user(id) }?))
    }

    /// Until when somebody has paid for what a product is made of.
    ///
    /// # Errors
    /// `api` when there is no such product.
    pub fn query_pay_end_time(&self, uid: String, prod_id: i64) -> Result<Vec<PayEndTime>> {
        guarded(|| Ok(self.core.query_pay_end_time(&uid, prod_id)?.into_iter().map(Into::into).collect()))
    }
}

fn query(
    page: i32,
    page_size: i32,
    uid: Option<String>,
    is_block: Option<bool>,
    follow_type: Option<FollowType>,
) -> Result<UserQuery> {
    Ok(UserQuery {
        page: unsigned("page", page)?,
        page_size: unsigned("page_size", page_size)?,
        uid,
        is_blocked: is_block,
        follow_type: follow_type.map(Into::into),
    })
}
