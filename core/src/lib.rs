//! WxPusher: one HTTP call, and a message reaches people on WeChat and phones.
//!
//! ```no_run
//! use wxpusher::{Client, Message};
//!
//! let client = Client::from_env()?; // WXPUSHER_APP_TOKEN
//! let outcome = client.send(&Message::markdown("**磁盘已满**").uid("UID_xxx"))?;
//! for target in outcome.failed() {
//!     eprintln!("{:?} was not reached: {}", target.uid, target.status);
//! }
//! # Ok::<(), wxpusher::Error>(())
//! ```
//!
//! What this client keeps to, whatever the network does:
//!
//! * A message that reached nobody is an error, one that reached some is an outcome whose [`SendOutcome::failed`] says whom
//!   it did not.
//! * Every error says by [`Error::sent`] whether the request reached the server. A send is repeated by itself only when it
//!   did not.
//! * Tokens appear in no error, log line or `Debug` text; https only, redirects refused.
//! * Every call ends: by its timeouts, or within 200 ms of [`Client::cancel`].
//!
//! To try it without an account, start a sandbox (`wxpusher sandbox`, or the crate `wxpusher-sandbox`) and give its URL to
//! [`Config::base_url`].
//!
//! Sections named "wire.md" and "the seed" are those of the project's description of the protocol.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod broadcast;
mod callback;
mod client;
mod clock;
mod config;
mod endpoint;
mod entry_link;
mod error;
mod http;
mod limits;
mod message;
mod outcome;
mod scan;
mod secret;
mod users;

pub use broadcast::{Batch, Broadcast, Broadcaster};
pub use callback::{
    AppSubscribe, Callback, OrderPay, OrderType, SendUpCmd, SubscribeSource, UnknownCallback, parse_callback,
};
pub use client::Client;
pub use clock::{Clock, ManualClock, SystemClock};
pub use config::{Config, DEFAULT_BASE_URL};
pub use endpoint::pay_end_time::{PayEndTime, ResourceType};
pub use endpoint::qrcode::Qrcode;
pub use endpoint::status::SendStatus;
pub use endpoint::users::{FollowType, User, UserPage, UserPageV1, UserQuery, UserV1};
pub use entry_link::{EntryLinkVerifier, MemoryNonceStore, NonceStore};
pub use error::{Error, ErrorKind, Phase, Result, Sent, SignatureProblem};
pub use http::retry::RetryPolicy;
pub use limits::Limits;
pub use message::{ContentType, Message, SimplePush, VerifyPayType};
pub use outcome::{SendOutcome, TargetResult};
pub use scan::ScanCode;
pub use secret::{AppToken, ServerText, Spt};
pub use users::Users;

/// The examples of the README are examples of the documentation, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
