//! WxPusher for Kotlin and Swift.
//!
//! What is exported here is generated once per language. It is synchronous and takes no callbacks; what a language has a
//! better form for (coroutines, sequences, `async`) is a thin layer of its own, in `kotlin/` and `swift/`.
//!
//! Every exported function returns a `Result` and runs inside [`boundary::guarded`], so that a panic is an error of kind
//! `internal` and not the end of the app.

#![deny(missing_docs)]

mod boundary;
mod broadcast;
mod callback;
mod client;
mod config;
mod ensure_all;
mod entry_link;
mod error;
mod error_kind;
mod limits;
mod message;
mod outcome;
mod pay;
mod qrcode;
mod status;
mod time;
mod users;

pub use broadcast::{Batch, Broadcaster};
pub use callback::parse_callback;
pub use callback::{AppCallback, AppSubscribe, OrderPay, OrderType, SendUpCmd, SubscribeSource, UnknownCallback};
pub use client::Client;
pub use config::Config;
pub use entry_link::EntryLinkVerifier;
pub use error::{Phase, Sent, WxPusherError};
pub use error_kind::{ErrorKind, error_kinds};
pub use limits::{Limits, current_limits, limits_of_2022};
pub use message::{ContentType, Message, SimplePush, VerifyPayType};
pub use outcome::{SendOutcome, TargetResult};
pub use pay::{PayEndTime, ResourceType};
pub use qrcode::Qrcode;
pub use status::SendStatus;
pub use time::{TimeSpan, Timestamp};
pub use users::{FollowType, User, UserPage, UserPageV1, UserStream, UserV1};

uniffi::setup_scaffolding!("wxpusher");
