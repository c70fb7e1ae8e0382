//! A client of WxPusher, a push service: one HTTP call sends a message to people on WeChat and phones.
//!
//! ```no_run
//! use wxpusher::{Client, Message};
//!
//! let client = Client::from_env()?; // WXPUSHER_APP_TOKEN
//! let outcome = client.send(&Message::markdown("**磁盘已满**").uid("UID_xxx"))?;
//! for target in outcome.failed() {
//!     eprintln!("{:?} was not accepted: {}", target.uid, target.status);
//! }
//! # Ok::<(), wxpusher::Error>(())
//! ```
//!
//! What you can rely on:
//!
//! * No silent failures. If no recipient accepts a message, `send` fails. If some do, [`SendOutcome::failed`] lists the
//!   others.
//! * Every error states whether the request reached the server ([`Error::sent`]) and whether a repetition is safe
//!   ([`Error::retry_is_safe`]). A send is retried only if no part of the request has left your machine.
//! * Tokens appear in no error, log line or `Debug` text. Only https is used, and redirects are refused.
//! * Every call ends: by its timeouts, or within 200 ms of [`Client::cancel`].
//!
//! To try it without an account, start a sandbox (`wxpusher sandbox`, or the crate `wxpusher-sandbox`) and pass its URL to
//! [`Config::base_url`].
//!
//! "Protocol §2.1" and the like are sections of the protocol page in the project's documentation,
//! `docs/en/reference/protocol.md`.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod client;
mod endpoint;
mod model;
mod net;
mod policy;
mod wire;

pub use client::Client;
pub use client::broadcast::{Batch, Broadcast, Broadcaster};
pub use client::config::{Config, DEFAULT_BASE_URL};
pub use client::entry_link::{EntryLinkVerifier, MemoryNonceStore, NonceStore};
pub use client::scan::{ScanPoll, ScanWait};
pub use client::users::Users;
pub use model::callback::{AppSubscribe, Callback, OrderPay, OrderType, SendUpCmd, SubscribeSource, UnknownCallback};
pub use model::error::{Error, ErrorKind, Phase, Result, Sent, SignatureProblem};
pub use model::limits::Limits;
pub use model::message::{ContentType, Message, SimplePush, VerifyPayType};
pub use model::outcome::{SendOutcome, TargetResult};
pub use model::pay_end_time::{PayEndTime, ResourceType};
pub use model::qrcode::Qrcode;
pub use model::secret::{AppToken, ServerText, Spt, printable};
pub use model::split::split_content;
pub use model::status::SendStatus;
pub use model::user::{FollowType, User, UserPage, UserPageV1, UserQuery, UserV1};
pub use policy::clock::{Clock, ManualClock, SystemClock};
pub use policy::retry::RetryPolicy;
pub use wire::callback::parse_callback;
pub use wire::entry_link::unverified_entry_link_uid;
pub use wire::follow_url::{FollowTarget, follow_url};

/// The examples of the README are examples of the documentation, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
