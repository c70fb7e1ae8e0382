//! The links by which users subscribe (protocol §4).

use crate::model::error::Result;
use crate::model::limits::check_range;

/// What [`follow_url`] subscribes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FollowTarget {
    /// The app with this id.
    App(i64),
    /// The topic with this id.
    Topic(i64),
}

/// Returns the link of the page on which a user subscribes to an app or a topic (protocol §4).
///
/// With `jump`, a user who is logged in and subscribed is led on to the entry page of the app.
///
/// # Errors
/// `invalid_argument` if the id is not positive.
///
/// ```
/// use wxpusher::{FollowTarget, follow_url};
///
/// let url = follow_url(FollowTarget::App(97), true)?;
/// assert_eq!(url, "https://wxpusher.zjiecode.com/app/#/follow?type=1&id=97&jump=auto");
/// # Ok::<(), wxpusher::Error>(())
/// ```
pub fn follow_url(target: FollowTarget, jump: bool) -> Result<String> {
    let (field, kind, id) = match target {
        FollowTarget::App(id) => ("app_id", 1, id),
        FollowTarget::Topic(id) => ("topic_id", 2, id),
    };
    check_range(field, id, 1, i64::MAX)?;
    let jump = if jump { "&jump=auto" } else { "" };
    Ok(format!("https://wxpusher.zjiecode.com/app/#/follow?type={kind}&id={id}{jump}"))
}
