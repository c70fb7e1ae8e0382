//! A WxPusher on localhost, in memory.
//!
//! It answers WxPusher's own routes with the same envelopes, Chinese messages, limits and quirks,
//! so that code which sends messages can be tried and tested without an account, a network or a
//! receiver's patience. What people do in WeChat (scan, follow, send a command, pay) and what time
//! and networks do (pass, fail) is done by the [`Sandbox`] handle, or by anybody through
//! `/sandbox/…`.
//!
//! ```
//! use wxpusher_sandbox::{Sandbox, Via};
//!
//! let sandbox = Sandbox::start()?;
//! let url = format!(
//!     "{}/api/send/message/?appToken=AT_testdemo&uid=UID_testalice&content=hello",
//!     sandbox.url(),
//! );
//! let answer = ureq::get(&url).call()?.body_mut().read_to_string()?;
//! assert!(answer.contains("创建发送任务成功"));
//!
//! let inbox = sandbox.inbox("UID_testalice")?;
//! assert_eq!(inbox[0].content.as_deref(), Some("hello"));
//! assert_eq!(inbox[0].via, Via::Uid);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Where the service's behaviour is not documented, the sandbox decides, and says so here:
//!
//! * a send over the rate limit is answered with 1001 and not carried out;
//! * a task waits for 3 seconds (status 1), then it is sent (2), or failed (3) if `verifyPayType`
//!   left its only receiver out; delivery itself is immediate;
//! * a send to a blocked user gives a row with 1001;
//! * the content limit is also applied after an approximate conversion to HTML: text is escaped and
//!   its line breaks become `<br/>`, Markdown is rendered as CommonMark;
//! * a GET send with both `uid` and `topicId` sends to the UID;
//! * a row of a simple push names the UID of the SPT's holder;
//! * a QR code stops answering who scanned it when it expires;
//! * paying also follows what was paid for; a refund is whole, carries the payment's `tradeNo`,
//!   and ends no following.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod actions;
mod api;
mod callback;
mod calls;
mod control;
mod error;
mod faults;
mod route;
mod sandbox;
mod server;
mod shared;
mod world;

pub use actions::Payment;
pub use callback::{CallbackOutcome, CallbackReport};
pub use calls::{Call, CallRecord};
pub use error::Error;
pub use faults::{CannedAnswer, Fault, FaultKind};
pub use route::Route;
pub use sandbox::{Builder, Sandbox};
pub use world::{App, InboxMessage, Product, Qrcode, Seed, Source, Target, Topic, User, Via};
