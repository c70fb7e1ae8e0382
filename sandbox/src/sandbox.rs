//! The handle: starting a sandbox, and doing things to its world without HTTP.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crate::actions::Payment;
use crate::callback::CallbackReport;
use crate::calls::{Call, CallRecord};
use crate::faults::Fault;
use crate::server::{Server, url_of};
use crate::shared::{Shared, State};
use crate::world::{Clock, InboxMessage, Qrcode, Seed, Source, Target, World};
use crate::{Error, api, control};

/// A running WxPusher, alone in the world with its handle.
///
/// It works on a thread of its own and stops when dropped: the port is closed and every connection
/// with it. All methods may be called from any thread, async ones included, and those that post a
/// callback wait for its receiver, at most 5 seconds.
pub struct Sandbox {
    // Dropped first, so that nobody is served from a world that is going away.
    server: Server,
    shared: State,
    address: SocketAddr,
}

impl Sandbox {
    /// Starts on a free port of 127.0.0.1 with the world of [`Seed::demo`].
    ///
    /// # Errors
    ///
    /// When no port or thread can be had.
    pub fn start() -> io::Result<Self> {
        Self::builder().seed(Seed::demo()).start()
    }

    /// A sandbox to order: empty unless seeded.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// What to use as base URL: `http://127.0.0.1:` and the port, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.shared.url
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Adds to the world, or replaces what is there under the same id.
    ///
    /// # Errors
    ///
    /// When the seed has a mistake; then nothing of it is added.
    pub fn seed(&self, seed: Seed) -> Result<(), Error> {
        self.shared.world().seed(seed)
    }

    /// Adds any number of users who follow one app, taking them as they come.
    ///
    /// # Errors
    ///
    /// When there is no such app, or at the first UID that is none; those before it stay.
    pub fn seed_followers<I>(&self, app_id: i64, uids: I) -> Result<(), Error>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        self.shared.world().seed_followers(app_id, uids)
    }

    /// Everything that exists, in the form it can be seeded. Blocks and payments are not part of
    /// it.
    #[must_use]
    pub fn world(&self) -> Seed {
        self.shared.world().snapshot()
    }

    /// Sets where an app's callbacks are posted, or stops them.
    ///
    /// # Errors
    ///
    /// When there is no such app, or the URL is not `http://` or not on this machine.
    pub fn set_callback_url(&self, app_id: i64, url: Option<&str>) -> Result<(), Error> {
        self.shared.world().set_callback_url(app_id, url.map(str::to_owned))
    }

    /// A user scans a QR code that was created with a parameter, and so follows its app.
    ///
    /// # Errors
    ///
    /// When there is no such code or user, the code has expired, or the user is blocked.
    pub fn scan(&self, code: &str, uid: &str) -> Result<CallbackReport, Error> {
        let (code, uid) = (code.to_owned(), uid.to_owned());
        self.act(async move |shared| shared.scan(&code, &uid).await)
    }

    /// A user follows an app or topic, by its link, its own QR code or a command. Apps are told,
    /// topics are not.
    ///
    /// # Errors
    ///
    /// When there is no such user or target, or the user is blocked.
    pub fn subscribe(&self, uid: &str, target: Target, source: Source) -> Result<Option<CallbackReport>, Error> {
        let uid = uid.to_owned();
        self.act(async move |shared| shared.subscribe(&uid, target, source).await)
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
        self.act(async move |shared| shared.command(&uid, &text).await)
    }

    /// A user pays this many fen for a product, follows all it covers, and is paid up for so much
    /// longer.
    ///
    /// # Errors
    ///
    /// When there is no such user or product, the amount is negative, or the user is blocked.
    pub fn pay(&self, uid: &str, prod_id: i64, amount: i64, add_time: Duration) -> Result<Payment, Error> {
        let uid = uid.to_owned();
        self.act(async move |shared| shared.pay(&uid, prod_id, amount, add_time).await)
    }

    /// Gives a payment back, and takes the time bought with it.
    ///
    /// # Errors
    ///
    /// When there is no such payment, or it was refunded before.
    pub fn refund(&self, trade_no: &str) -> Result<CallbackReport, Error> {
        let trade_no = trade_no.to_owned();
        self.act(async move |shared| shared.refund(&trade_no).await)
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

    /// What arrived for a UID in the last seven days, oldest first; for an SPT, what came through
    /// it.
    ///
    /// # Errors
    ///
    /// When there is no such user.
    pub fn inbox(&self, uid_or_spt: &str) -> Result<Vec<InboxMessage>, Error> {
        self.shared.world().inbox(uid_or_spt)
    }

    /// A QR code that was created through the API.
    ///
    /// # Errors
    ///
    /// When there is no such code.
    pub fn qrcode(&self, code: &str) -> Result<Qrcode, Error> {
        self.shared.world().qrcode(code)
    }

    /// The sandbox's time, in ms since the epoch.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.shared.world().now()
    }

    /// Moves the sandbox's time forward: QR codes expire, messages are forgotten, subscriptions
    /// run out, the rate limit breathes.
    pub fn advance(&self, by: Duration) {
        self.shared.world().advance(by);
    }

    /// Switches the limit of 20 sends in 10 seconds per app on or off.
    pub fn set_rate_limit(&self, enabled: bool) {
        self.shared.world().set_rate_limit(enabled);
    }

    /// Makes the next calls go wrong, after any faults injected before.
    ///
    /// # Errors
    ///
    /// When the fault makes no sense: zero times, a status that is none.
    pub fn inject(&self, fault: Fault) -> Result<(), Error> {
        self.shared.faults().inject(fault)
    }

    /// The faults that still wait for a call.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.shared.faults().waiting()
    }

    /// Forgets all faults that still wait for a call. Calls that hang already go on hanging.
    pub fn clear_faults(&self) {
        self.shared.faults().clear();
    }

    /// The latest 10 000 calls of WxPusher's routes, oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.shared.calls.all()
    }

    /// The same calls with their numbers and notes.
    #[must_use]
    pub fn call_records(&self) -> Vec<CallRecord> {
        self.shared.calls.records()
    }

    /// Waits until this many calls have arrived since the start, answered or not. False when they
    /// have not in that time.
    #[must_use]
    pub fn wait_for_calls(&self, count: u64, timeout: Duration) -> bool {
        self.shared.calls.wait_for(count, timeout)
    }

    /// The latest 1 000 callbacks, oldest first.
    #[must_use]
    pub fn callbacks(&self) -> Vec<CallbackReport> {
        self.shared.callbacks().all()
    }

    /// Runs on the sandbox's own thread, so that callers may be on any, even one of another
    /// runtime.
    fn act<T, F, A>(&self, action: A) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Error>> + Send,
        A: FnOnce(State) -> F + Send + 'static,
    {
        let shared = Arc::clone(&self.shared);
        let (done, result) = mpsc::sync_channel(1);
        self.server.runtime().spawn(async move {
            // Nobody waits for it only if the caller is gone.
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

/// How a sandbox starts.
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
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            seed: Seed::default(),
            rate_limit: true,
            allow_remote_callbacks: false,
            frozen_at: None,
        }
    }
}

impl Builder {
    /// Listens here instead of on a free port of 127.0.0.1. There is no protection of any kind:
    /// whoever reaches the port owns the sandbox.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Starts with this world.
    pub fn seed(mut self, seed: Seed) -> Self {
        self.seed = seed;
        self
    }

    /// Starts with the rate limit on (as it is by default) or off.
    pub fn rate_limit(mut self, enabled: bool) -> Self {
        self.rate_limit = enabled;
        self
    }

    /// Lets callback URLs point to other machines. By default they cannot, so that trying things
    /// out tells nobody.
    pub fn allow_remote_callbacks(mut self) -> Self {
        self.allow_remote_callbacks = true;
        self
    }

    /// Stops the clock at this time, in ms since the epoch: it moves only by
    /// [`Sandbox::advance`].
    pub fn frozen_at(mut self, ms: i64) -> Self {
        self.frozen_at = Some(ms);
        self
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// When the address is taken, a thread cannot be had, or (as `InvalidInput`, with an [`Error`]
    /// inside) the seed has a mistake.
    pub fn start(self) -> io::Result<Sandbox> {
        let clock = self.frozen_at.map_or_else(Clock::running, Clock::frozen_at);
        let mut world = World::new(clock, self.rate_limit, self.allow_remote_callbacks);
        world.seed(self.seed).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        let listener = TcpListener::bind(self.listen)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(world, url_of(address)));
        let router = api::router(&shared).merge(control::router()).with_state(Arc::clone(&shared));
        Ok(Sandbox { server: Server::start(listener, router)?, shared, address })
    }
}
