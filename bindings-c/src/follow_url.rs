//! Subscription links

use std::mem::MaybeUninit;

use wxpusher::{Error, FollowTarget, follow_url};

use crate::error::wxpusher_error;
use crate::fallible::create;
use crate::text::{OwnedText, wxpusher_text};
use crate::users::{WXPUSHER_FOLLOW_APP, WXPUSHER_FOLLOW_TOPIC};

/// Makes the link of the page on which a user subscribes to the app or topic with this id; `follow_type` is one of
/// WXPUSHER_FOLLOW_… With `jump`, a user who is logged in and subscribed is led on to the entry page of the app.
///
/// `*url` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_ARGUMENT if the id is
/// not positive.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_follow_url(
    follow_type: i32,
    id: i64,
    jump: bool,
    url: Option<&mut MaybeUninit<*mut wxpusher_text>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedText>(url, "url", error, || {
        let target = match follow_type {
            WXPUSHER_FOLLOW_APP => FollowTarget::App(id),
            WXPUSHER_FOLLOW_TOPIC => FollowTarget::Topic(id),
            other => {
                let reason = format!("must be one of WXPUSHER_FOLLOW_… (got {other})");
                return Err(Error::invalid_argument("follow_type", reason));
            }
        };
        Ok(follow_url(target, jump)?.into())
    })
}
