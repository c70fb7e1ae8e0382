//! The verbs, and the one place where a call is paced, tried, timed, redacted and decoded.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::config::Config;
use crate::endpoint::Endpoint;
use crate::endpoint::delete_message::DeleteMessage;
use crate::endpoint::pay_end_time::{PayEndTime, QueryPayEndTime};
use crate::endpoint::qrcode::{CreateQrcode, Qrcode, QueryScanUid};
use crate::endpoint::send::Send;
use crate::endpoint::send_by_get::SendByGet;
use crate::endpoint::simple_push;
use crate::endpoint::status::{QueryMessageStatus, QueryStatus, SendStatus};
use crate::endpoint::users::{DeleteUser, ListUsers, ListUsersV1, RejectUser, UserPage, UserPageV1, UserQuery};
use crate::error::{Error, ErrorKind, Result, Sent};
use crate::http::cancel::{CancelToken, Cancelled};
use crate::http::envelope::Answer;
use crate::http::exchange::{Exchange, Incoming, Outgoing};
use crate::http::pace::{Pacer, ScanPacer};
use crate::http::retry;
use crate::limits::Limits;
use crate::message::{Message, SimplePush};
use crate::outcome::SendOutcome;
use crate::secret::{AppToken, Spt};

/// A client of WxPusher.
///
/// Immutable, cheap to clone, safe to share between threads; its connections close with its last clone. A forked child
/// makes connections of its own.
///
/// ```
/// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
/// # let base_url = sandbox.url();
/// use wxpusher::{Client, Config, Message};
///
/// // The sandbox. For the real WxPusher leave base_url out.
/// let client = Client::with_config(Config::new().app_token("AT_testdemo").base_url(base_url))?;
/// let outcome = client.send(&Message::text("磁盘已满").uid("UID_testalice"))?;
/// assert!(outcome.all_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    cancel: CancelToken,
}

struct Shared {
    config: Config,
    base_path: String,
    is_loopback: bool,
    exchange: Exchange,
    pacer: Arc<Pacer>,
    own_scans: ScanPacer,
}

/// Making a client.
impl Client {
    /// A client for an app, with the default settings.
    ///
    /// # Errors
    /// `invalid_argument` when the token is empty.
    pub fn new(app_token: impl Into<AppToken>) -> Result<Self> {
        Self::with_config(Config::new().app_token(app_token))
    }

    /// A client set up by the environment; see [`Config::from_env`].
    ///
    /// # Errors
    /// `invalid_argument` naming what is wrong.
    pub fn from_env() -> Result<Self> {
        Self::with_config(Config::from_env()?)
    }

    /// A client with these settings.
    ///
    /// # Errors
    /// `invalid_argument` naming the setting that will not do.
    pub fn with_config(config: Config) -> Result<Self> {
        let base = config.check()?;
        let is_loopback = base.is_loopback;
        let exchange = Exchange::new(base.settings).map_err(|_| Error::invalid_argument("base_url", "not a URL"))?;
        Ok(Self {
            cancel: CancelToken::new(config.on_wait.clone()),
            shared: Arc::new(Shared {
                pacer: Pacer::of(config.app_token.as_ref(), &*config.clock),
                own_scans: ScanPacer::default(),
                base_path: base.path,
                is_loopback,
                exchange,
                config,
            }),
        })
    }

    /// The settings it was made with.
    pub fn config(&self) -> &Config {
        &self.shared.config
    }
}

/// Stopping.
impl Client {
    /// Ends all calls of this client and its clones, within 200 ms, and refuses further ones: all return `cancelled`.
    ///
    /// A call whose request had left may still be carried out; its error says so by [`Error::sent`].
    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    /// A client over the same connections that can be cancelled by itself; it ends with this one, too.
    ///
    /// ```
    /// let client = wxpusher::Client::new("AT_test")?;
    /// let one_call = client.scoped();
    /// one_call.cancel();
    /// assert!(one_call.is_cancelled() && !client.is_cancelled());
    /// # Ok::<(), wxpusher::Error>(())
    /// ```
    pub fn scoped(&self) -> Client {
        Client { shared: Arc::clone(&self.shared), cancel: self.cancel.child() }
    }

    /// Whether [`cancel`](Self::cancel) was called, here or on the client this one was scoped from.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }
}

/// Sending.
impl Client {
    /// Sends a message to users and topics (wire.md §2.1).
    ///
    /// Repeated only when nothing of it was sent, because WxPusher cannot recognise a repetition.
    ///
    /// # Errors
    /// `invalid_argument` for a message over a limit or without target; `rejected` when no target was accepted; and
    /// whatever the network and the server may do. See [`ErrorKind`].
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// use wxpusher::{ErrorKind, Message};
    ///
    /// let outcome = client.send(&Message::text("你好").uids(["UID_testalice", "UID_testnobody"]))?;
    /// assert_eq!(outcome.failed().next().unwrap().status, "用户UID=[UID_testnobody]不存在");
    ///
    /// let error = client.send(&Message::text("你好").uid("UID_testnobody")).unwrap_err();
    /// assert!(matches!(error.kind(), ErrorKind::Rejected { .. }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn send(&self, message: &Message) -> Result<SendOutcome> {
        let message = self.with_default_targets(message);
        self.call(&Send { token: self.token()?, message: &message })
    }

    /// Sends a plain text to one target by the GET interface (wire.md §2, row 2). [`send`](Self::send) can do all of it
    /// and more; this one puts the token into the URL, which the server may log.
    ///
    /// # Errors
    /// Like [`send`](Self::send); `invalid_argument` also for more than one target or content that is not text.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// use wxpusher::Message;
    /// client.send_by_get(&Message::text("你好").uid("UID_testalice"))?.ensure_all()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn send_by_get(&self, message: &Message) -> Result<SendOutcome> {
        let message = self.with_default_targets(message);
        self.call(&SendByGet { token: self.token()?, message: &message })
    }

    /// Sends to people known by their simple push tokens only (wire.md §2.5). Needs no app token.
    ///
    /// # Errors
    /// Like [`send`](Self::send).
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// use wxpusher::SimplePush;
    /// client.simple_push(&SimplePush::markdown("**备份完成**").spt("SPT_testalice"))?.ensure_all()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn simple_push(&self, push: &SimplePush) -> Result<SendOutcome> {
        let mut push = Cow::Borrowed(push);
        if push.spts.is_empty() && !self.shared.config.default_spts.is_empty() {
            push.to_mut().spts.clone_from(&self.shared.config.default_spts);
        }
        self.call(&simple_push::SimplePush(&push))
    }

    /// Sends a plain text to one simple push token by the GET interface (wire.md §2, row 13).
    ///
    /// # Errors
    /// Like [`send`](Self::send).
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// client.simple_push_by_get("SPT_testalice", "备份完成")?.ensure_all()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn simple_push_by_get(&self, spt: impl Into<Spt>, content: impl Into<String>) -> Result<SendOutcome> {
        self.call(&simple_push::SimplePushByGet(&SimplePush::text(content).spt(spt)))
    }

    /// What has become of a delivery (wire.md §2.2). WxPusher remembers for 7 days.
    ///
    /// # Errors
    /// `api` with code 1001 when the server does not know, or no longer knows, the record.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// let outcome = client.send(&wxpusher::Message::text("你好").uid("UID_testalice"))?;
    /// let status = client.query_status(outcome.targets[0].send_record_id.unwrap())?;
    /// assert_eq!((status.code, status.text.as_str()), (1, "等待发送"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query_status(&self, send_record_id: i64) -> Result<SendStatus> {
        self.call(&QueryStatus { send_record_id })
    }

    /// The same by the message id of the 2022 document (the seed's "查询状态").
    ///
    /// # Errors
    /// Like [`query_status`](Self::query_status).
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// let outcome = client.send(&wxpusher::Message::text("你好").uid("UID_testalice"))?;
    /// assert!(client.query_message_status(outcome.targets[0].message_id.unwrap())?.is_waiting());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query_message_status(&self, message_id: i64) -> Result<SendStatus> {
        self.call(&QueryMessageStatus { message_id })
    }

    /// Takes the landing page of a message away (wire.md §2, row 5). What was pushed stays pushed.
    ///
    /// # Errors
    /// `api` when the server does not know the message.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// let outcome = client.send(&wxpusher::Message::text("你好").uid("UID_testalice"))?;
    /// client.delete_message(outcome.message_content_id.unwrap())?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn delete_message(&self, message_content_id: i64) -> Result<()> {
        self.call(&DeleteMessage { token: self.token()?, message_content_id })
    }
}

/// Users.
impl Client {
    /// Makes a QR code that carries `extra` (1–64 characters) and lives `valid_time` seconds: 1 to 2 592 000 (30 days),
    /// 1 800 when `None` (wire.md §2.3).
    ///
    /// # Errors
    /// `invalid_argument` for what is over a limit.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// let qrcode = client.create_qrcode("forum-user-7", Some(600))?;
    /// println!("scan {}", qrcode.url);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn create_qrcode(&self, extra: &str, valid_time: Option<u32>) -> Result<Qrcode> {
        self.call(&CreateQrcode { token: self.token()?, extra, valid_time })
    }

    /// Who scanned the code last; `None` when nobody has yet (wire.md §2.3).
    ///
    /// Against any host but this machine it first waits until 10 s have passed since anybody in this process asked for the
    /// same code: WxPusher bans accounts that ask faster.
    ///
    /// # Errors
    /// `api` for an unknown or expired code.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// let qrcode = client.create_qrcode("forum-user-7", None)?;
    /// assert_eq!(client.query_scan_uid(&qrcode.code)?, None);
    /// sandbox.scan(&qrcode.code, "UID_testbob")?;
    /// assert_eq!(client.query_scan_uid(&qrcode.code)?.as_deref(), Some("UID_testbob"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query_scan_uid(&self, code: &str) -> Result<Option<String>> {
        let Shared { config, is_loopback, own_scans, .. } = &*self.shared;
        if !is_loopback {
            let scans = if config.clock.is_shared() { ScanPacer::shared() } else { own_scans };
            let now = config.clock.elapsed();
            let wait = scans.reserve(code, now).saturating_sub(now);
            self.cancel.sleep(&*config.clock, wait).map_err(|Cancelled| cancelled(Sent::No))?;
        }
        self.call(&QueryScanUid { code })
    }

    /// One page of those who follow the app or its topics (wire.md §2.4). [`users`](Self::users) goes through all pages.
    ///
    /// # Errors
    /// `invalid_argument` for a page size over the limit.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// use wxpusher::UserQuery;
    /// let page = client.list_users(&UserQuery { page_size: 20, is_block: Some(false), ..UserQuery::default() })?;
    /// assert_eq!(page.users[0].uid, "UID_testalice");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn list_users(&self, query: &UserQuery) -> Result<UserPage> {
        self.call(&ListUsers { token: self.token()?, query })
    }

    /// One page of the old user list, deprecated by WxPusher in favour of [`list_users`](Self::list_users) (the seed's
    /// "查询用户列表V1").
    ///
    /// # Errors
    /// Like [`list_users`](Self::list_users).
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// assert_eq!(client.list_users_v1(1, 50, Some("UID_testalice"))?.users.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn list_users_v1(&self, page: u32, page_size: u32, uid: Option<&str>) -> Result<UserPageV1> {
        self.call(&ListUsersV1 { token: self.token()?, page, page_size, uid })
    }

    /// Ends a following, by the `id` of a [`User`](crate::User) (not a uid). They may follow again.
    ///
    /// # Errors
    /// `api` when there is no such following.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// use wxpusher::UserQuery;
    /// for user in client.users(UserQuery { uid: Some("UID_testalice".into()), ..UserQuery::default() }) {
    ///     client.delete_user(user?.id)?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn delete_user(&self, id: i64) -> Result<()> {
        self.call(&DeleteUser { token: self.token()?, id })
    }

    /// Blocks a follower, or lets them in again, by the `id` of a [`User`](crate::User) (not a uid). Who is blocked
    /// receives nothing and cannot follow again.
    ///
    /// # Errors
    /// `api` when there is no such following.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// use wxpusher::UserQuery;
    /// let page = client.list_users(&UserQuery::default())?;
    /// client.reject_user(page.users[0].id, true)?;
    /// client.reject_user(page.users[0].id, false)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reject_user(&self, id: i64, reject: bool) -> Result<()> {
        self.call(&RejectUser { token: self.token()?, id, reject })
    }

    /// Until when somebody has paid for what a product is made of (wire.md §2.6).
    ///
    /// # Errors
    /// `api` when there is no such product.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// # use std::time::Duration;
    /// sandbox.pay("UID_testbob", 12, 990, Duration::from_secs(86_400))?;
    /// let paid = client.query_pay_end_time("UID_testbob", 12)?;
    /// assert!(paid[0].pay_end_time > sandbox.now());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query_pay_end_time(&self, uid: &str, prod_id: i64) -> Result<Vec<PayEndTime>> {
        self.call(&QueryPayEndTime { uid, prod_id })
    }
}

impl Client {
    pub(crate) fn token(&self) -> Result<&AppToken> {
        self.shared
            .config
            .app_token
            .as_ref()
            .ok_or_else(|| Error::invalid_argument("app_token", "this call needs an app token and the client has none"))
    }

    fn with_default_targets<'m>(&self, message: &'m Message) -> Cow<'m, Message> {
        let mut message = Cow::Borrowed(message);
        let Config { default_uids, default_topic_ids, .. } = &self.shared.config;
        let has_defaults = !default_uids.is_empty() || !default_topic_ids.is_empty();
        if has_defaults && message.uids.is_empty() && message.topic_ids.is_empty() {
            let message = message.to_mut();
            message.uids.clone_from(default_uids);
            message.topic_ids.clone_from(default_topic_ids);
        }
        message
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.shared.config.limits
    }

    /// Waits for a turn among the calls of this app, whatever `pace_sends` says.
    pub(crate) fn wait_for_turn(&self) -> Result<()> {
        let turn = self.shared.pacer.wait(&*self.shared.config.clock, &self.cancel);
        turn.map_err(|Cancelled| cancelled(Sent::No))
    }

    pub(crate) fn sleep(&self, duration: Duration) -> Result<()> {
        let slept = self.cancel.sleep(&*self.shared.config.clock, duration);
        slept.map_err(|Cancelled| cancelled(Sent::No))
    }

    /// Sends a message whose turn has come.
    pub(crate) fn send_in_turn(&self, message: &Message) -> Result<SendOutcome> {
        let send = Send { token: self.token()?, message };
        send.validate(self.limits())?;
        self.wait_for_turn()?;
        self.perform(&send)
    }

    fn call<E: Endpoint>(&self, endpoint: &E) -> Result<E::Output> {
        endpoint.validate(self.limits())?;
        if E::PACED && self.shared.config.pace_sends {
            self.wait_for_turn()?;
        }
        self.perform(endpoint)
    }

    fn perform<E: Endpoint>(&self, endpoint: &E) -> Result<E::Output> {
        let result = self.attempt(endpoint).and_then(|body| self.read(endpoint, &body));
        match &result {
            Ok(_) => log::debug!("{} {}: done", E::METHOD, E::PATH),
            Err(error) => {
                log::debug!("{} {}: {error}", E::METHOD, E::PATH);
                log::trace!("{error:?}");
            }
        }
        result
    }

    /// Tries until it works, or trying again would be wrong or too late.
    fn attempt<E: Endpoint>(&self, endpoint: &E) -> Result<Vec<u8>> {
        let Shared { config, base_path, exchange, .. } = &*self.shared;
        let target = format!("{base_path}{}{}", endpoint.path(), endpoint.query().as_str());
        let outgoing = Outgoing { method: E::METHOD, target, body: endpoint.body() };
        let start = config.clock.elapsed();
        let left = || config.timeout.saturating_sub(config.clock.elapsed() - start);
        let mut sent = Sent::No;
        for tried in 1.. {
            let incoming = exchange.once(&outgoing, left(), &self.cancel);
            let (error, retry_after) = match incoming {
                Ok(Incoming::Body(body)) => return Ok(body),
                Ok(Incoming::Refusal { status, retry_after }) => {
                    let wait = retry_after.and_then(|header| retry::retry_after(&header, SystemTime::now()));
                    (Error::new(ErrorKind::HttpStatus { status }, Sent::Yes), wait)
                }
                Err(error) => (error, None),
            };
            // What an earlier try did is not undone by a later one that did nothing.
            sent = sent.max(error.sent());
            let error = Error::new(error.into_kind(), sent);
            let Some(delay) = config.retry.delay(tried, &error, E::IDEMPOTENT, retry_after) else {
                return Err(error);
            };
            if delay >= left() {
                return Err(error);
            }
            log::debug!("{} {}: try {tried} failed, next in {delay:?}: {error}", E::METHOD, E::PATH);
            self.cancel.sleep(&*config.clock, delay).map_err(|Cancelled| cancelled(sent))?;
        }
        unreachable!("a u32 of tries outlasts any timeout")
    }

    fn read<E: Endpoint>(&self, endpoint: &E, body: &[u8]) -> Result<E::Output> {
        let mut secrets = endpoint.secrets();
        secrets.extend(self.shared.config.app_token.as_ref().map(AppToken::expose));
        Answer::parse(body)
            .and_then(|answer| endpoint.read(answer, &secrets))
            .map_err(|kind| Error::new(kind, Sent::Yes))
    }
}

fn cancelled(sent: Sent) -> Error {
    Error::new(ErrorKind::Cancelled, sent)
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.shared.config).finish_non_exhaustive()
    }
}
