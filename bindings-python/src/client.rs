//! The client and its methods.

use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};
use wxpusher::{Result, UserQuery};

use crate::arguments::{count, flag, id, maybe, seconds, text};
use crate::broadcast::Broadcast;
use crate::config::{ENVIRONMENT, Setup, environment};
use crate::message::{Pay, Words, add_targets};
use crate::outcome::SendOutcome;
use crate::pay_end_time::PayEndTime;
use crate::qrcode::Qrcode;
use crate::status::SendStatus;
use crate::users::{UserPage, UserPageV1, Users};
use crate::wait::{guard, wait};
use crate::words::follow_type;

type Given<'a, 'py> = &'a Bound<'py, PyAny>;

/// A client of WxPusher: sends messages and manages subscribers.
///
/// Threads can share a client. After `fork()` the child process opens its own connections. A pickled client carries its
/// settings, the app token included, and no connections. `repr()` shows no token.
///
/// All times are in seconds.
///
/// app_token: needed for all calls except simple pushes and callbacks.
/// base_url: another server, for example a sandbox. allow_plain_http: allow `http://` for other hosts than this machine.
/// timeout: the maximum time of one call, retries included. connect_timeout: the part of it for connecting.
/// max_retries: retries after the first attempt, for calls that are safe to repeat. base_delay, max_delay: the shortest
/// and the longest delay before a retry.
/// rate_limit_sends: `send` waits as long as the rate limit requires: at most rate_limit_calls calls in
/// rate_limit_window seconds for each app. Broadcasts always respect it.
/// limits: a `Limits`, "current" or "2022".
/// proxy: a URL, or False for none. Without it the proxy variables of the environment apply.
/// ca_file, ca_pem: trust these certificates instead of the built-in roots. user_agent: text added to the user agent.
/// scan_interval: the time between two polls of `wait_for_scan`, at least 10 s for WxPusher itself.
/// default_uids, default_topic_ids, default_spts: the recipients of messages that name none.
///
/// Raises:
///     InvalidArgumentError: the value of a setting is not allowed; `field` is the name of the setting.
#[pyclass(frozen, subclass, module = "wxpusher_sdk")]
pub(crate) struct Client {
    setup: Setup,
    /// None once closed.
    core: Mutex<Option<wxpusher::Client>>,
}

impl Client {
    fn open(py: Python<'_>, setup: Setup) -> PyResult<Self> {
        let config = setup.config(py)?;
        let core = guard(py, || wxpusher::Client::with_config(config))?;
        Ok(Self { setup, core: Mutex::new(Some(core)) })
    }

    fn core(&self) -> PyResult<wxpusher::Client> {
        let core = self.core.lock().unwrap_or_else(PoisonError::into_inner);
        core.clone().ok_or_else(|| PyRuntimeError::new_err("the client is closed"))
    }

    fn call<T: Send>(&self, py: Python<'_>, verb: impl FnOnce(&wxpusher::Client) -> Result<T> + Send) -> PyResult<T> {
        let core = self.core()?;
        wait(py, move || verb(&core))
    }
}

#[pymethods]
impl Client {
    #[new]
    #[pyo3(
        signature = (app_token=None, **settings),
        text_signature = "(app_token=None, *, base_url=None, timeout=15, connect_timeout=5, max_retries=2, base_delay=0.2, \
            max_delay=5, rate_limit_sends=False, rate_limit_calls=20, rate_limit_window=10, limits='current', proxy=None, \
            ca_file=None, ca_pem=None, user_agent=None, allow_plain_http=False, \
            scan_interval=10, default_uids=None, default_topic_ids=None, default_spts=None)"
    )]
    fn new(py: Python<'_>, app_token: Option<Given<'_, '_>>, settings: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let settings = settings.map_or_else(|| Ok(PyDict::new(py)), |settings| settings.copy())?;
        if let Some(app_token) = app_token {
            settings.set_item("app_token", app_token)?;
        }
        Self::open(py, Setup::new(&settings)?)
    }

    /// A client set up by the environment; keywords override it.
    ///
    /// WXPUSHER_APP_TOKEN; WXPUSHER_UIDS and WXPUSHER_TOPIC_IDS (separated by ";") for messages that name no target;
    /// WXPUSHER_SPT_LIST (by ",") for simple pushes that name none; WXPUSHER_BASE_URL.
    #[classmethod]
    #[pyo3(signature = (**settings))]
    fn from_env<'py>(class: &Bound<'py, PyType>, settings: Option<&Bound<'py, PyDict>>) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let settings = settings.map_or_else(|| Ok(PyDict::new(py)), |settings| settings.copy())?;
        settings.set_item(ENVIRONMENT, environment(py)?)?;
        class.call((), Some(&settings))
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> ((), Bound<'py, PyDict>) {
        ((), self.setup.settings(py))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (base_url, has_token) = self.setup.shown(py)?;
        let token = if has_token { "'AT_***', " } else { "" };
        Ok(format!("Client({token}base_url='{base_url}')"))
    }

    /// Closes the connections that no running call needs. Further calls raise RuntimeError.
    fn close(&self) {
        let core = self.core.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(core);
    }

    fn __enter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, _exception: &Bound<'_, pyo3::types::PyTuple>) {
        self.close();
    }

    /// Ends all calls of this client in all threads within 200 ms. They and all later calls raise WxPusherCancelledError.
    ///
    /// WxPusher may still process a request that was already sent; `sent` of the error tells whether it was.
    fn cancel(&self) {
        if let Ok(core) = self.core() {
            core.cancel();
        }
    }

    /// A client over the same connections that can be cancelled by itself.
    fn _scoped(&self, py: Python<'_>) -> PyResult<Self> {
        let setup = Setup::new(&self.setup.settings(py))?;
        Ok(Self { setup, core: Mutex::new(Some(self.core()?.scoped())) })
    }

    /// Sends a message to users and topics.
    ///
    /// content: 1 to 40 000 characters, at most 65 535 UTF-8 bytes. content_type: "text", "html" or "markdown".
    /// uids: at most 2 000. topic_ids: at most 5. summary: at most 100 characters. url: at most 1 000.
    /// verify_pay_type: "everyone", "paid" or "unpaid"; verify_pay=True is "paid".
    ///
    /// Retried only if no part of the request has left your machine, because WxPusher cannot detect a repetition.
    ///
    /// Raises:
    ///     TypeError, InvalidArgumentError: an argument is not allowed; nothing was sent.
    ///     RejectedError: no recipient was accepted. If some were, `failed` of the outcome lists the others.
    ///     WxPusherError: an error of the network or the server; `sent` says whether the request reached the server.
    #[pyo3(signature = (content, *, uids=None, topic_ids=None, content_type=None, summary=None, url=None, verify_pay_type=None, verify_pay=None))]
    #[expect(clippy::too_many_arguments)]
    fn send(
        &self,
        py: Python<'_>,
        content: Given<'_, '_>,
        uids: Option<Given<'_, '_>>,
        topic_ids: Option<Given<'_, '_>>,
        content_type: Option<Given<'_, '_>>,
        summary: Option<Given<'_, '_>>,
        url: Option<Given<'_, '_>>,
        verify_pay_type: Option<Given<'_, '_>>,
        verify_pay: Option<Given<'_, '_>>,
    ) -> PyResult<SendOutcome> {
        let words = Words { content, content_type, summary, url };
        let mut message = words.message(Pay { verify_pay_type, verify_pay })?;
        add_targets(&mut message, uids, topic_ids)?;
        SendOutcome::new_from(py, self.call(py, |core| core.send(&message))?)
    }

    /// Sends a plain text to one user or one topic by the GET interface.
    ///
    /// `send` can do all of it and more; this one puts the token into the URL, which the server may log.
    ///
    /// Raises:
    ///     Like send.
    #[pyo3(signature = (content, *, uid=None, topic_id=None, summary=None, url=None, verify_pay_type=None, verify_pay=None))]
    #[expect(clippy::too_many_arguments)]
    fn send_by_get(
        &self,
        py: Python<'_>,
        content: Given<'_, '_>,
        uid: Option<Given<'_, '_>>,
        topic_id: Option<Given<'_, '_>>,
        summary: Option<Given<'_, '_>>,
        url: Option<Given<'_, '_>>,
        verify_pay_type: Option<Given<'_, '_>>,
        verify_pay: Option<Given<'_, '_>>,
    ) -> PyResult<SendOutcome> {
        let words = Words { content, content_type: None, summary, url };
        let mut message = words.message(Pay { verify_pay_type, verify_pay })?;
        message.uids.extend(maybe("uid", uid, text)?);
        message.topic_ids.extend(maybe("topic_id", topic_id, id)?);
        SendOutcome::new_from(py, self.call(py, |core| core.send_by_get(&message))?)
    }

    /// Sends to people known by their simple push tokens only. Needs no app token.
    ///
    /// spts: at most 10; without any, those of WXPUSHER_SPT_LIST. content, content_type, summary, url: like send.
    ///
    /// Raises:
    ///     Like send.
    #[pyo3(signature = (content, *, spts=None, content_type=None, summary=None, url=None))]
    fn simple_push(
        &self,
        py: Python<'_>,
        content: Given<'_, '_>,
        spts: Option<Given<'_, '_>>,
        content_type: Option<Given<'_, '_>>,
        summary: Option<Given<'_, '_>>,
        url: Option<Given<'_, '_>>,
    ) -> PyResult<SendOutcome> {
        let push = Words { content, content_type, summary, url }.push(spts)?;
        SendOutcome::new_from(py, self.call(py, |core| core.simple_push(&push))?)
    }

    /// Sends a plain text to one simple push token by the GET interface.
    ///
    /// Raises:
    ///     Like send.
    #[pyo3(signature = (content, *, spt))]
    fn simple_push_by_get(&self, py: Python<'_>, content: Given<'_, '_>, spt: Given<'_, '_>) -> PyResult<SendOutcome> {
        let (spt, content) = (text("spt", spt)?, text("content", content)?);
        SendOutcome::new_from(py, self.call(py, |core| core.simple_push_by_get(spt, content))?)
    }

    /// What has become of a delivery. WxPusher remembers for 7 days.
    ///
    /// Raises:
    ///     ApiError: with code 1001 when the server does not know, or no longer knows, the record.
    fn query_status(&self, py: Python<'_>, send_record_id: Given<'_, '_>) -> PyResult<SendStatus> {
        let send_record_id = id("send_record_id", send_record_id)?;
        self.call(py, |core| core.query_status(send_record_id)).map(Into::into)
    }

    /// The same by the message id of the 2022 document.
    fn query_message_status(&self, py: Python<'_>, message_id: Given<'_, '_>) -> PyResult<SendStatus> {
        let message_id = id("message_id", message_id)?;
        self.call(py, |core| core.query_message_status(message_id)).map(Into::into)
    }

    /// Takes the landing page of a message away. What was pushed stays pushed.
    ///
    /// Raises:
    ///     ApiError: the server does not know the message.
    fn delete_message(&self, py: Python<'_>, message_content_id: Given<'_, '_>) -> PyResult<()> {
        let message_content_id = id("message_content_id", message_content_id)?;
        self.call(py, |core| core.delete_message(message_content_id))
    }

    /// Makes a QR code that carries `extra` (1 to 64 characters) and lives `valid_time` seconds: 1 to 2 592 000 (30 days),
    /// 1 800 when left out.
    #[pyo3(signature = (extra, *, valid_time=None))]
    fn create_qrcode(
        &self,
        py: Python<'_>,
        extra: Given<'_, '_>,
        valid_time: Option<Given<'_, '_>>,
    ) -> PyResult<Qrcode> {
        let (extra, valid_time) = (text("extra", extra)?, maybe("valid_time", valid_time, count)?);
        self.call(py, |core| core.create_qrcode(&extra, valid_time)).map(Into::into)
    }

    /// Who scanned the code last; None when nobody has yet.
    ///
    /// Against any host but this machine it first waits until 10 s have passed since this process last asked for the same
    /// code: WxPusher bans accounts that ask faster.
    fn query_scan_uid(&self, py: Python<'_>, code: Given<'_, '_>) -> PyResult<Option<String>> {
        let code = text("code", code)?;
        self.call(py, |core| core.query_scan_uid(&code))
    }

    /// Waits until a user scans the QR code, and returns the UID; returns None if nobody scanned it within `timeout` seconds.
    ///
    /// code: a `Qrcode` or its `code`. Polls every 10 s and retries polls after transient errors. A new QR code needs up to
    /// 60 s to be known to WxPusher.
    ///
    /// Raises:
    ///     ApiError: the code is unknown or has expired.
    #[pyo3(signature = (code, *, timeout))]
    fn wait_for_scan(&self, py: Python<'_>, code: Given<'_, '_>, timeout: Given<'_, '_>) -> PyResult<Option<String>> {
        let timeout = seconds("timeout", timeout)?;
        let code = match code.cast::<Qrcode>() {
            Ok(qrcode) => qrcode.get().code.clone(),
            Err(_) => text("code", code)?,
        };
        self.call(py, |core| core.wait_for_scan(code, timeout))
    }

    /// One page of those who follow the app or its topics. `users` goes through all pages.
    ///
    /// page: from 1. page_size: at most 100. What is left out means "all".
    #[pyo3(signature = (*, page=None, page_size=None, uid=None, is_blocked=None, r#type=None))]
    fn list_users(
        &self,
        py: Python<'_>,
        page: Option<Given<'_, '_>>,
        page_size: Option<Given<'_, '_>>,
        uid: Option<Given<'_, '_>>,
        is_blocked: Option<Given<'_, '_>>,
        r#type: Option<Given<'_, '_>>,
    ) -> PyResult<UserPage> {
        let query = user_query(page, page_size, uid, is_blocked, r#type)?;
        UserPage::new_from(py, self.call(py, |core| core.list_users(&query))?)
    }

    /// An iterator over all who follow the app or its topics; it asks for a page when the one before is used up.
    #[pyo3(signature = (*, page_size=None, uid=None, is_blocked=None, r#type=None))]
    fn users(
        &self,
        page_size: Option<Given<'_, '_>>,
        uid: Option<Given<'_, '_>>,
        is_blocked: Option<Given<'_, '_>>,
        r#type: Option<Given<'_, '_>>,
    ) -> PyResult<Users> {
        let query = user_query(None, page_size, uid, is_blocked, r#type)?;
        Ok(Users(Mutex::new(self.core()?.users(query))))
    }

    /// One page of the old user list, deprecated by WxPusher in favour of `list_users`.
    #[pyo3(signature = (*, page=None, page_size=None, uid=None))]
    fn list_users_v1(
        &self,
        py: Python<'_>,
        page: Option<Given<'_, '_>>,
        page_size: Option<Given<'_, '_>>,
        uid: Option<Given<'_, '_>>,
    ) -> PyResult<UserPageV1> {
        let UserQuery { page, page_size, uid, is_blocked: _, follow_type: _ } =
            user_query(page, page_size, uid, None, None)?;
        UserPageV1::new_from(py, self.call(py, |core| core.list_users_v1(page, page_size, uid.as_deref()))?)
    }

    /// Deletes a subscription by the `id` of a `User` (not a UID). The user can subscribe again.
    fn delete_user(&self, py: Python<'_>, id: Given<'_, '_>) -> PyResult<()> {
        let id = crate::arguments::id("id", id)?;
        self.call(py, |core| core.delete_user(id))
    }

    /// Blocks a subscriber by the `id` of a `User` (not a UID). Blocked users receive no messages.
    fn block_user(&self, py: Python<'_>, id: Given<'_, '_>) -> PyResult<()> {
        let id = crate::arguments::id("id", id)?;
        self.call(py, |core| core.block_user(id))
    }

    /// Unblocks a subscriber by the `id` of a `User` (not a UID).
    fn unblock_user(&self, py: Python<'_>, id: Given<'_, '_>) -> PyResult<()> {
        let id = crate::arguments::id("id", id)?;
        self.call(py, |core| core.unblock_user(id))
    }

    /// Returns the paid-until time for each resource of a product.
    fn query_pay_end_time(
        &self,
        py: Python<'_>,
        uid: Given<'_, '_>,
        prod_id: Given<'_, '_>,
    ) -> PyResult<Vec<PayEndTime>> {
        let (uid, prod_id) = (text("uid", uid)?, id("prod_id", prod_id)?);
        let items = self.call(py, |core| core.query_pay_end_time(&uid, prod_id))?;
        Ok(items.into_iter().map(Into::into).collect())
    }

    /// Sends a message to any number of users: an iterator that sends the next batch, at most 2 000 uids, at each step.
    ///
    /// uids: any iterable, read batch by batch. Batches respect the rate limit (20 calls in 10 s) and skip duplicate UIDs.
    /// Each step returns the result of its batch. To stop, stop iterating; to resume, skip the first `done` UIDs.
    /// An error of the iterable ends the broadcast; UIDs read since the last batch were not sent.
    #[pyo3(signature = (content, uids, *, content_type=None, summary=None, url=None, verify_pay_type=None, verify_pay=None))]
    #[expect(clippy::too_many_arguments)]
    fn broadcast(
        &self,
        py: Python<'_>,
        content: Given<'_, '_>,
        uids: Given<'_, '_>,
        content_type: Option<Given<'_, '_>>,
        summary: Option<Given<'_, '_>>,
        url: Option<Given<'_, '_>>,
        verify_pay_type: Option<Given<'_, '_>>,
        verify_pay: Option<Given<'_, '_>>,
    ) -> PyResult<Broadcast> {
        let message = Words { content, content_type, summary, url }.message(Pay { verify_pay_type, verify_pay })?;
        Broadcast::new(py, &self.core()?, message, uids)
    }
}

fn user_query(
    page: Option<Given<'_, '_>>,
    page_size: Option<Given<'_, '_>>,
    uid: Option<Given<'_, '_>>,
    is_blocked: Option<Given<'_, '_>>,
    follow: Option<Given<'_, '_>>,
) -> PyResult<UserQuery> {
    let UserQuery { page: first, page_size: largest, uid: _, is_blocked: _, follow_type: _ } = UserQuery::default();
    Ok(UserQuery {
        page: maybe("page", page, count)?.unwrap_or(first),
        page_size: maybe("page_size", page_size, count)?.unwrap_or(largest),
        uid: maybe("uid", uid, text)?,
        is_blocked: maybe("is_blocked", is_blocked, flag)?,
        follow_type: maybe("type", follow, follow_type)?,
    })
}
