//! A WxPusher sandbox on this machine, in memory.
//!
//! It serves WxPusher's own routes with the same envelopes, Chinese messages, limits and quirks, so
//! that programs which send messages can be developed and tested without an account, a network or a
//! real recipient. What users do in WeChat (scan, subscribe, send a command, pay), the passing of
//! time and network failures are controlled by the [`Sandbox`] handle or over HTTP by `/sandbox/…`.
//!
//! ```
//! use wxpusher_sandbox::{Sandbox, Via};
//!
//! let sandbox = Sandbox::start()?;
//! let url = format!(
//!     "{}/api/send/message/?appToken=AT_testdemo&uid=UID_testalice&content=hello",
//!     sandbox.url(),
//! );
//! let response = ureq::get(&url).call()?.body_mut().read_to_string()?;
//! assert!(response.contains("创建发送任务成功"));
//!
//! let inbox = sandbox.inbox("UID_testalice")?;
//! assert_eq!(inbox[0].content.as_deref(), Some("hello"));
//! assert_eq!(inbox[0].via, Via::Uid);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Where the behaviour of the service is not documented, the sandbox decides:
//!
//! * a send over the rate limit fails with 1001 and is not carried out;
//! * a task has status 1 (waiting) for 3 seconds, then 2 (sent), or 3 (failed) if `verifyPayType`
//!   excluded its only recipient; delivery itself is immediate;
//! * a send to a blocked user gives a row with 1001;
//! * the content limit is also applied after an approximate conversion to HTML: text is escaped and
//!   its line breaks become `<br/>`, Markdown is rendered as CommonMark;
//! * a GET send with both `uid` and `topicId` sends to the UID;
//! * a row of a simple push has the UID of the SPT's owner;
//! * a QR code no longer reports who scanned it after it has expired;
//! * a payment also subscribes to what was paid for; a refund is always in full, has the payment's
//!   `tradeNo`, and ends no subscription.
//!
//! Memory is bounded: by default 50 000 messages or 256 MiB, 10 000 calls and 1 000 callbacks are
//! kept, and the oldest are dropped first.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod actions;
mod allowed_hosts;
mod api;
mod call_log;
mod callback;
mod change_log;
mod control;
mod error;
mod faults;
mod guard;
mod masking;
mod route;
mod sandbox;
mod server;
mod shared;
mod world;

pub use actions::Payment;
pub use call_log::{Call, CallRecord, HttpContent};
pub use callback::{CallbackOutcome, CallbackRecord, CallbackReport};
pub use error::Error;
pub use faults::{CannedResponse, Fault, FaultKind};
pub use route::Route;
pub use sandbox::{Builder, Sandbox};
pub use world::{
    App, Export, ExportedMessage, ExportedPayment, ExportedSubscription, InboxMessage, Product, Qrcode, Seed, Source,
    Target, Topic, User, Via,
};
