//! Entry links: the links by which WxPusher opens a page of yours for a user (protocol §4).

use std::sync::Arc;

use wxpusher::ManualClock;

use crate::boundary::guarded;
use crate::error::Result;
use crate::time::Timestamp;

/// Verifies signed entry links: the signature, the age (10 minutes at most), and that no link is used twice.
///
/// Keep the verifier: it remembers the links that were used.
#[derive(Debug, uniffi::Object)]
pub struct EntryLinkVerifier {
    core: wxpusher::EntryLinkVerifier,
}

#[uniffi::export]
impl EntryLinkVerifier {
    /// Creates a verifier with the key that WxPusher's console shows. `now` replaces the clock of this machine, for tests.
    ///
    /// # Errors
    /// `internal` only.
    #[uniffi::constructor(default(now = None))]
    pub fn new(key: String, now: Option<Timestamp>) -> Result<Arc<Self>> {
        guarded(|| {
            let core = wxpusher::EntryLinkVerifier::new(&key);
            let core = match now {
                Some(now) => core.clock(Arc::new(ManualClock::at_unix_ms(now.unix_ms))),
                None => core,
            };
            Ok(Arc::new(Self { core }))
        })
    }

    /// Verifies the query string of a link, or the whole URL, and returns the UID.
    ///
    /// # Errors
    /// `invalid_signature` with the reason.
    pub fn verify(&self, query: String) -> Result<String> {
        guarded(|| Ok(self.core.verify(&query)?))
    }
}

/// Returns the UID of an entry link **without any check**.
///
/// Without a verification key in the console, WxPusher opens your page with `?uid=UID_xxx` and no signature. Anybody can
/// make such a link with any UID, so this UID proves nothing: use it for display or statistics, never to log a user in. To
/// prove who opened the link, configure a key and use `EntryLinkVerifier`.
///
/// The argument is the query string, or the whole URL.
///
/// # Errors
/// `invalid_signature` if the link has no `uid`, or a malformed one.
#[uniffi::export]
pub fn unverified_entry_link_uid(query: String) -> Result<String> {
    guarded(|| Ok(wxpusher::unverified_entry_link_uid(&query)?))
}
