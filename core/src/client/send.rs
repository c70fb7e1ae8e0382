//! Sending messages, delivery status and deletion (protocol §2.1, §2.2, §2.5).

use std::borrow::Cow;

use super::Client;
use crate::endpoint::delete_message::DeleteMessage;
use crate::endpoint::send::Send;
use crate::endpoint::send_by_get::SendByGet;
use crate::endpoint::simple_push;
use crate::endpoint::status::{QueryMessageStatus, QueryStatus};
use crate::model::error::{Error, ErrorKind, Result, Sent};
use crate::model::message::{Message, SimplePush};
use crate::model::outcome::{SendOutcome, TargetResult};
use crate::model::secret::Spt;
use crate::model::status::SendStatus;

impl Client {
    /// Sends a message to users and topics (protocol §2.1).
    ///
    /// A send is retried only if no part of the request has left your machine, because WxPusher does not recognise
    /// repetitions.
    ///
    /// # Errors
    /// `invalid_argument` if the message exceeds a limit or has no recipient; `rejected` if no recipient is accepted;
    /// network and server errors, see [`ErrorKind`].
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
        let message = self.with_default_recipients(message);
        self.call(&Send { token: self.token()?, message: &message.normalized() })
    }

    /// Sends plain text to one recipient by the GET interface (protocol §2, row 2). Prefer [`send`](Self::send): this
    /// method puts the token into the URL, which the server may log.
    ///
    /// # Errors
    /// Like [`send`](Self::send); also `invalid_argument` for more than one recipient or content that is not plain text.
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
        let message = self.with_default_recipients(message);
        self.call(&SendByGet { token: self.token()?, message: &message.normalized() })
    }

    /// Sends a message to people known by their simple push tokens (protocol §2.5). Needs no app token.
    ///
    /// More SPTs than [`Limits::spts`](crate::Limits::spts) (10) are sent in several calls with one combined outcome. If a
    /// later call fails after an earlier one was accepted, its SPTs are failed targets: their `code` is the server's or
    /// [`TargetResult::NO_ANSWER`], their `status` is the error's text, and no further call is made.
    ///
    /// # Errors
    /// Like [`send`](Self::send). The error of a call is returned if no recipient was accepted before.
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
        if push.spts.is_empty() && !self.config().default_spts.is_empty() {
            push.to_mut().spts.clone_from(&self.config().default_spts);
        }
        let push = push.normalized();
        push.validate(self.limits())?;
        let max = self.limits().spts.max(1);
        if push.spts.len() <= max {
            return self.call(&simple_push::SimplePush(&push));
        }
        self.push_in_several_calls(&push, max)
    }

    fn push_in_several_calls(&self, push: &SimplePush, max: usize) -> Result<SendOutcome> {
        let mut combined = SendOutcome { message_content_id: None, targets: Vec::new() };
        let mut calls = push.spts.chunks(max);
        for spts in calls.by_ref() {
            let call = SimplePush { spts: spts.to_vec(), ..push.clone() };
            let error = match self.call(&simple_push::SimplePush(&call)) {
                Ok(SendOutcome { message_content_id, targets }) => {
                    combined.message_content_id = combined.message_content_id.or(message_content_id);
                    combined.targets.extend(targets);
                    continue;
                }
                Err(error) => error,
            };
            let text = error.to_string();
            match error.kind() {
                ErrorKind::Rejected { outcome } => {
                    combined.message_content_id = combined.message_content_id.or(outcome.message_content_id);
                    combined.targets.extend(outcome.targets.iter().cloned());
                }
                // Earlier calls accepted no recipient, so the error is the result. They reached the server, though.
                _ if !combined.any_ok() => {
                    let sent = if combined.targets.is_empty() { error.sent() } else { Sent::Yes };
                    return Err(Error::new(error.into_kind(), sent));
                }
                kind => {
                    let code = match kind {
                        ErrorKind::Api { code, .. } => *code,
                        _ => TargetResult::NO_ANSWER,
                    };
                    combined.targets.extend(spts.iter().map(|_| failed(code, text.clone())));
                    break;
                }
            }
        }
        let unsent = calls.flatten().map(|_: &Spt| failed(TargetResult::NO_ANSWER, UNSENT.to_owned()));
        combined.targets.extend(unsent);
        if combined.any_ok() {
            return Ok(combined);
        }
        Err(Error::new(ErrorKind::Rejected { outcome: combined }, Sent::Yes))
    }

    /// Sends plain text to one simple push token by the GET interface (protocol §2, row 13). Prefer
    /// [`simple_push`](Self::simple_push): this method puts the SPT into the URL, which the server may log.
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

    /// Returns the delivery status of one recipient (protocol §2.2). WxPusher keeps it for 7 days.
    ///
    /// # Errors
    /// `api` with code 1001 if the record does not exist or is no longer kept.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # let config = wxpusher::Config::new().app_token("AT_testdemo").base_url(sandbox.url());
    /// # let client = wxpusher::Client::with_config(config)?;
    /// let outcome = client.send(&wxpusher::Message::text("你好").uid("UID_testalice"))?;
    /// let status = client.query_status(outcome.targets[0].send_record_id.unwrap())?;
    /// assert_eq!((status.code, status.text.as_str()), (Some(1), "等待发送"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query_status(&self, send_record_id: i64) -> Result<SendStatus> {
        self.call(&QueryStatus { send_record_id })
    }

    /// Returns the delivery status by the message id of the 2022 document (protocol §2, row 3).
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

    /// Deletes the page of a message (protocol §2, row 5). Notifications that were already delivered stay.
    ///
    /// # Errors
    /// `api` if the message does not exist.
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

    fn with_default_recipients<'m>(&self, message: &'m Message) -> Cow<'m, Message> {
        let mut message = Cow::Borrowed(message);
        let config = self.config();
        let has_defaults = !config.default_uids.is_empty() || !config.default_topic_ids.is_empty();
        if has_defaults && message.uids.is_empty() && message.topic_ids.is_empty() {
            let message = message.to_mut();
            message.uids.clone_from(&config.default_uids);
            message.topic_ids.clone_from(&config.default_topic_ids);
        }
        message
    }

    /// Sends a batch of a broadcast: always within the rate limit, whatever `rate_limit_sends` says.
    pub(crate) fn send_rate_limited(&self, message: &Message) -> Result<SendOutcome> {
        let send = Send { token: self.token()?, message };
        self.validate(&send)?;
        self.wait_for_rate_limit()?;
        self.perform(&send)
    }
}

/// The status of an SPT whose call was not made.
const UNSENT: &str = "not sent, because an earlier call failed";

fn failed(code: i64, status: String) -> TargetResult {
    TargetResult { code, status, ..TargetResult::unanswered(None, None) }
}
