//! The links by which users subscribe (protocol §4).

use wxpusher::{Error, FollowTarget};

use crate::boundary::guarded;
use crate::error::Result;

/// Returns the link of the page on which a user subscribes to an app or a topic. Pass one of the two ids.
///
/// With `jump`, a user who is logged in and subscribed is led on to the entry page of the app.
///
/// # Errors
/// `invalid_argument` if the id is not positive, or if not exactly one id is passed.
#[uniffi::export(default(app_id = None, topic_id = None, jump = false))]
pub fn follow_url(app_id: Option<i64>, topic_id: Option<i64>, jump: bool) -> Result<String> {
    guarded(|| {
        let target = match (app_id, topic_id) {
            (Some(id), None) => FollowTarget::App(id),
            (None, Some(id)) => FollowTarget::Topic(id),
            _ => return Err(Error::invalid_argument("app_id", "pass either app_id or topic_id").into()),
        };
        Ok(wxpusher::follow_url(target, jump)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requires_exactly_one_id() {
        for ids in [(None, None), (Some(1), Some(2))] {
            let error = follow_url(ids.0, ids.1, false).unwrap_err();
            assert_eq!(error.to_string(), "invalid argument `app_id`: pass either app_id or topic_id");
        }
    }
}
