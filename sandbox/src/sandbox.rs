//! The handle: starts a sandbox and controls it without HTTP.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use axum::middleware::from_fn_with_state;

use crate::actions::{Payment, Wait};
use crate::allowed_hosts::AllowedHosts;
use crate::call_log::{Call, CallRecord};
use crate::callback::{CallbackRecord, CallbackReport};
use crate::faults::Fault;
use crate::guard::guard;
use crate::server::{Server, url_of};
use crate::shared::{Shared, State};
use crate::world::{Capacity, Export, InboxFilter, InboxMessage, Qrcode, Seed, Source, Start, Target, World};
use crate::{Error, api, control};

/// A running sandbox.
///
/// It runs on its own thread and stops when dropped, which closes its port and all connections. All
/// methods may be called from any thread, also inside an async runtime. Those that post a callback
/// wait for the response of its receiver, at most 5 seconds.
pub struct Sandbox {
    // Dropped first, so that no request is served while the state is dropped.
    server: Server,
    shared: State,
    address: SocketAddr,
}

impl Sandbox {
    /// Starts on a free port of 127.0.0.1 with the world of [`Seed::demo`].
    ///
    /// # Errors
    ///
    /// If no port or thread is available.
    pub fn start() -> io::Result<Self> {
        Self::builder().seed(Seed::demo()).start()
    }

    /// Configures a sandbox. It is empty unless seeded.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The base URL, such as `http://127.0.0.1:9797`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.shared.url
    }

    /// The address on which the sandbox listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Adds apps, topics, products and users, or replaces those with the same id.
    ///
    /// # Errors
    ///
    /// If the seed has a mistake; then nothing of it is added.
    pub fn seed(&self, seed: Seed) -> Result<(), Error> {
        self.changing(|shared| shared.world().seed(seed))
    }

    /// Adds any number of users who are subscribed to one app, without collecting them first.
    ///
    /// # Errors
    ///
    /// If there is no such app, or at the first invalid UID; users before it stay.
    pub fn seed_followers<I>(&self, app_id: i64, uids: I) -> Result<(), Error>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        self.changing(|shared| shared.world().seed_followers(app_id, uids))
    }

    /// Everything that exists, in the form in which it can be seeded, without blocks and payments.
    #[must_use]
    pub fn world(&self) -> Seed {
        self.shared.world().snapshot()
    }

    /// Sets the URL to which an app's callbacks are posted; `None` switches them off.
    ///
    /// # Errors
    ///
    /// If there is no such app, or the URL is not `http://` or not on this machine.
    pub fn set_callback_url(&self, app_id: i64, url: Option<&str>) -> Result<(), Error> {
        self.changing(|shared| shared.world().set_callback_url(app_id, url.map(str::to_owned)))
    }

    /// A user scans a QR code that was created with a parameter, which subscribes to its app.
    ///
    /// # Errors
    ///
    /// If there is no such code or user, the code has expired, or the user is blocked.
    pub fn scan(&self, code: &str, uid: &str) -> Result<CallbackReport, Error> {
        let (code, uid) = (code.to_owned(), uid.to_owned());
        self.act(async move |shared| shared.scan(&code, &uid, Wait::ForResponse).await)
    }

    /// A user subscribes to an app or topic. Only apps get a callback.
    ///
    /// # Errors
    ///
    /// If there is no such user or target, or the user is blocked.
    pub fn subscribe(&self, uid: &str, target: Target, source: Source) -> Result<Option<CallbackReport>, Error> {
        let uid = uid.to_owned();
        self.act(async move |shared| shared.subscribe(&uid, target, source, Wait::ForResponse).await)
    }

    /// A user sends a text to the WxPusher account. `#97 hello` is called back to app 97 as a
    /// command. A bare `#97` subscribes to the app, and is called back as a subscription. Any other
    /// text is called back as a command to the only app that the user is subscribed to.
    ///
    /// # Errors
    ///
    /// If the text is empty, there is no such user or app, the user is blocked, or the text has no
    /// app id and the user is not subscribed to exactly one app.
    pub fn command(&self, uid: &str, text: &str) -> Result<CallbackReport, Error> {
        let (uid, text) = (uid.to_owned(), text.to_owned());
        self.act(async move |shared| shared.command(&uid, &text, Wait::ForResponse).await)
    }

    /// A user pays an amount in fen for a product, which subscribes to all it covers and extends
    /// the paid time.
    ///
    /// # Errors
    ///
    /// If there is no such user or product, the amount is negative, or the user is blocked.
    pub fn pay(&self, uid: &str, prod_id: i64, amount: i64, add_time: Duration) -> Result<Payment, Error> {
        let uid = uid.to_owned();
        self.act(async move |shared| shared.pay(&uid, prod_id, amount, add_time, Wait::ForResponse).await)
    }

    /// Refunds a payment in full, and takes back the paid time.
    ///
    /// # Errors
    ///
    /// If there is no such payment, or it is already refunded.
    pub fn refund(&self, trade_no: &str) -> Result<CallbackReport, Error> {
        let trade_no = trade_no.to_owned();
        self.act(async move |shared| shared.refund(&trade_no, Wait::ForResponse).await)
    }

    /// A user ends a subscription.
    ///
    /// # Errors
    ///
    /// If there is no such user, target or subscription, or the user is blocked.
    pub fn unsubscribe(&self, uid: &str, target: Target) -> Result<(), Error> {
        self.changing(|shared| shared.world().unsubscribe(uid, target))
    }

    /// Removes a user with all subscriptions and messages.
    ///
    /// # Errors
    ///
    /// If there is no such user.
    pub fn remove_person(&self, uid: &str) -> Result<(), Error> {
        self.changing(|shared| shared.world().remove_person(uid))
    }

    /// The entry link that WxPusher opens for a user of an app ("system integration"): the app's
    /// entry URL with `uid`, and, if the app has a verification key, `ts`, `nonce`, `sv` and `sign`.
    ///
    /// # Errors
    ///
    /// If there is no such user or app, the app has no entry URL, or the user is not subscribed.
    pub fn entry_link(&self, uid: &str, app_id: i64) -> Result<String, Error> {
        self.shared.world().entry_link(uid, app_id)
    }

    /// The messages in the inbox of a UID, the oldest first; for an SPT, its owner's messages that
    /// came by simple push.
    ///
    /// # Errors
    ///
    /// If there is no such user.
    pub fn inbox(&self, uid_or_spt: &str) -> Result<Vec<InboxMessage>, Error> {
        // In pieces, so that a huge inbox does not hold up the calls of others.
        const PIECE: usize = 500;
        let (person, only_spt) = self.shared.world().inbox_owner(uid_or_spt)?;
        let mut filter = InboxFilter { only_spt, ..InboxFilter::default() };
        let mut messages = Vec::new();
        loop {
            let page = self.shared.world().inbox_page(person, &filter, PIECE, usize::MAX);
            let Some(last) = page.last() else { return Ok(messages) };
            filter.after = last.send_record_id;
            messages.extend(page);
        }
    }

    /// A QR code that was created through the API.
    ///
    /// # Errors
    ///
    /// If there is no such code.
    pub fn qrcode(&self, code: &str) -> Result<Qrcode, Error> {
        self.shared.world().qrcode(code)
    }

    /// The sandbox's time, in ms since the epoch.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.shared.world().now()
    }

    /// Moves the sandbox's clock forward: QR codes and paid times expire, messages are dropped after
    /// seven days, the rate limit admits sends again.
    pub fn advance(&self, by: Duration) {
        self.changing(|shared| shared.world().advance(by));
    }

    /// Switches the limit of 20 sends in 10 seconds per app on or off.
    pub fn set_rate_limit(&self, enabled: bool) {
        self.changing(|shared| shared.world().set_rate_limit(enabled));
    }

    /// Makes the next calls fail, after faults that were injected before.
    ///
    /// # Errors
    ///
    /// If the fault is invalid: 0 times, a status that is not final.
    pub fn inject(&self, fault: Fault) -> Result<(), Error> {
        self.changing(|shared| shared.faults().inject(fault))
    }

    /// The faults that wait for a call.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.shared.faults().waiting()
    }

    /// Removes the faults that wait for a call. Calls that already hang stay so.
    pub fn clear_faults(&self) {
        self.changing(|shared| shared.faults().clear());
    }

    /// The latest calls of WxPusher's routes, at most 10 000, the oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.shared.calls.all()
    }

    /// The same calls with their numbers, requests and responses.
    #[must_use]
    pub fn call_records(&self) -> Vec<CallRecord> {
        self.shared.calls.records()
    }

    /// Waits until this many calls have arrived since the start or the last reset, with a response
    /// or not. Returns false if the timeout is over before.
    #[must_use]
    pub fn wait_for_calls(&self, count: u64, timeout: Duration) -> bool {
        self.shared.calls.wait_for(count, timeout)
    }

    /// The latest callbacks, at most 1 000, the oldest first.
    #[must_use]
    pub fn callbacks(&self) -> Vec<CallbackReport> {
        self.shared.callbacks().records().map(|record| record.report.clone()).collect()
    }

    /// The same callbacks with their numbers and times.
    #[must_use]
    pub fn callback_records(&self) -> Vec<CallbackRecord> {
        self.shared.callbacks().records().cloned().collect()
    }

    /// Posts a recorded callback again, to the app's current URL.
    ///
    /// # Errors
    ///
    /// If there is no such callback or app.
    pub fn resend_callback(&self, id: u64) -> Result<CallbackReport, Error> {
        self.act(async move |shared| shared.resend_callback(id).await)
    }

    /// Drops messages, calls, callbacks, QR codes and faults. Unless the world is kept, also goes
    /// back to the seed, clock and rate limit of the start.
    ///
    /// # Errors
    ///
    /// Never for a sandbox that has started; the seed is checked again.
    pub fn reset(&self, keep_world: bool) -> Result<(), Error> {
        self.shared.reset(keep_world)
    }

    /// The world, blocks, paid times and messages, for [`Self::import`].
    #[must_use]
    pub fn export(&self) -> Export {
        self.shared.world().export()
    }

    /// Replaces the world and the messages by exported ones.
    ///
    /// # Errors
    ///
    /// If the export has a mistake; then nothing changes.
    pub fn import(&self, export: Export) -> Result<(), Error> {
        self.changing(|shared| shared.import(export))
    }

    /// Does something and reports it to those who watch, such as the page.
    fn changing<T>(&self, change: impl FnOnce(&Shared) -> T) -> T {
        let result = change(&self.shared);
        self.shared.world_changed();
        result
    }

    /// Runs on the sandbox's thread, so that callers may be on any thread, also of another runtime.
    fn act<T, F, A>(&self, action: A) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Error>> + Send,
        A: FnOnce(State) -> F + Send + 'static,
    {
        let shared = Arc::clone(&self.shared);
        let (done, result) = mpsc::sync_channel(1);
        self.server.runtime().spawn(async move {
            // Fails only if the caller is gone.
            let _ = done.send(action(shared).await);
        });
        result.recv().map_err(|_| Error::Stopped)?
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("url", &self.shared.url).finish_non_exhaustive()
    }
}

/// The configuration of a sandbox.
///
/// ```
/// use wxpusher_sandbox::{Sandbox, Seed};
///
/// let sandbox = Sandbox::builder()
///     .seed(Seed::demo())
///     .rate_limit(false)
///     .frozen_at(1_700_000_000_000)
///     .start()?;
/// assert_eq!(sandbox.now(), 1_700_000_000_000);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    listen: SocketAddr,
    seed: Seed,
    rate_limit: bool,
    allow_remote_callbacks: bool,
    frozen_at: Option<i64>,
    capacity: Capacity,
    allowed_hosts: Vec<String>,
    public_url: Option<String>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            seed: Seed::default(),
            rate_limit: true,
            allow_remote_callbacks: false,
            frozen_at: None,
            capacity: Capacity::default(),
            allowed_hosts: Vec::new(),
            public_url: None,
        }
    }
}

impl Builder {
    /// Listens on this address instead of a free port of 127.0.0.1. There is no authentication:
    /// whoever reaches the port controls the sandbox.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Starts with this seed.
    pub fn seed(mut self, seed: Seed) -> Self {
        self.seed = seed;
        self
    }

    /// Starts with the rate limit on (the default) or off.
    pub fn rate_limit(mut self, enabled: bool) -> Self {
        self.rate_limit = enabled;
        self
    }

    /// Allows callback URLs on other machines. By default they are refused, so that tests reach no
    /// other machine.
    pub fn allow_remote_callbacks(mut self) -> Self {
        self.allow_remote_callbacks = true;
        self
    }

    /// Stops the clock at this time, in ms since the epoch. It moves only by [`Sandbox::advance`].
    pub fn frozen_at(mut self, ms: i64) -> Self {
        self.frozen_at = Some(ms);
        self
    }

    /// Keeps at most this many sent messages, each counted once for all of its recipients. The
    /// oldest are dropped first. The default is 50 000. Independently of it, about 256 MiB are kept.
    pub fn max_messages(mut self, messages: usize) -> Self {
        self.capacity.messages = messages;
        self
    }

    /// Also accepts requests whose `Host` header is this name. By default only IP addresses,
    /// `localhost` and names without dots are accepted, as a protection against DNS rebinding.
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.allowed_hosts.push(name.into());
        self
    }

    /// The base URL at which others reach the sandbox, such as `http://sandbox.test:8080`. Its host
    /// is accepted too. The default is the address on which the sandbox listens.
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.public_url = Some(url.into());
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    ///
    /// If the address is in use, no thread is available, or (as `InvalidInput`, with an [`Error`]
    /// inside) the seed has a mistake.
    pub fn start(self) -> io::Result<Sandbox> {
        let invalid = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
        let start = Start {
            seed: self.seed,
            rate_limit: self.rate_limit,
            allow_remote_callbacks: self.allow_remote_callbacks,
            frozen_at: self.frozen_at,
            capacity: self.capacity,
        };
        let world = World::new(start).map_err(invalid)?;
        let mut allowed_hosts = self.allowed_hosts;
        if let Some(url) = &self.public_url {
            allowed_hosts.push(host_of(url).map_err(invalid)?);
        }
        let listener = TcpListener::bind(self.listen)?;
        let address = listener.local_addr()?;
        let url = self.public_url.map_or_else(|| url_of(address), |url| url.trim_end_matches('/').to_owned());
        let shared = Arc::new(Shared::new(world, AllowedHosts::new(allowed_hosts), url));
        let router = api::router(&shared)
            .merge(control::router())
            .layer(from_fn_with_state(Arc::clone(&shared), guard))
            .with_state(Arc::clone(&shared));
        Ok(Sandbox { server: Server::start(listener, router)?, shared, address })
    }
}

fn host_of(url: &str) -> Result<String, Error> {
    let parsed = url.parse::<hyper::Uri>().ok().filter(|uri| matches!(uri.scheme_str(), Some("http" | "https")));
    let host = parsed.as_ref().and_then(hyper::Uri::host);
    host.map(str::to_owned)
        .ok_or_else(|| Error::invalid("publicUrl", format!("must be an http:// or https:// URL (got {url:?})")))
}
