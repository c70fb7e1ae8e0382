//! WxPusher for Kotlin and Swift.
//!
//! UniFFI generates the code of each language from what is exported here. It is synchronous and takes no callbacks.
//! Coroutines, sequences and `async` are thin layers written by hand in `kotlin/` and `swift/`.
//!
//! Every exported function returns a `Result` and runs inside [`boundary::guarded`], so that a panic becomes an error of
//! kind `internal` and does not end the app.

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
mod follow_url;
mod limits;
mod message;
mod outcome;
mod pay;
mod qrcode;
mod split;
mod status;
mod time;
mod users;

pub use broadcast::{Batch, Broadcaster};
pub use callback::parse_callback;
pub use callback::{AppCallback, AppSubscribe, OrderPay, OrderType, SendUpCmd, SubscribeSource, UnknownCallback};
pub use client::Client;
pub use config::Config;
pub use entry_link::{EntryLinkVerifier, unverified_entry_link_uid};
pub use error::{ErrorDetails, Phase, Sent, WxPusherError};
pub use error_kind::{ErrorKind, error_kinds};
pub use follow_url::follow_url;
pub use limits::{Limits, current_limits, limits_of_2022};
pub use message::{ContentType, Message, SimplePush, VerifyPayType};
pub use outcome::{SendOutcome, TargetResult};
pub use pay::{PayEndTime, ResourceType};
pub use qrcode::Qrcode;
pub use split::split_content;
pub use status::SendStatus;
pub use time::{TimeSpan, Timestamp};
pub use users::{FollowType, User, UserPage, UserPageV1, UserStream, UserV1};

uniffi::setup_scaffolding!("wxpusher");
