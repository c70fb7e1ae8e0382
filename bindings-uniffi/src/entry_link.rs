//! "System integration" links.

use std::sync::Arc;

use wxpusher::ManualClock;

use crate::boundary::guarded;
use crate::error::Result;
use crate::time::Timestamp;

/// Checks entry links: signature, age (±10 minutes), and that each is used once.
///
/// Keep it: it is what remembers the links that were used.
#[derive(Debug, uniffi::Object)]
pub struct EntryLinkVerifier {
    core: wxpusher::EntryLinkVerifier,
}

#[uniffi::export]
impl EntryLinkVerifier {
    /// A verifier for the key shown in WxPusher's console. `now` stands in for the machine's clock, for tests.
    ///
    /// # Errors
    /// None but a bug of the library.
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

    /// Checks the query string of a link (a whole URL will do) and says whose uid it brings.
    ///
    /// # Errors
    /// `invalid_signature`, saying why.
    pub fn verify(&self, query: String) -> Result<String> {
        guarded(|| Ok(self.core.verify(&query)?))
    }
}
