//! Verification of "system integration" links: WxPusher sends a user to your site and signs the UID (protocol §4).

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use ring::hmac;

use crate::model::error::{Error, ErrorKind, Result, Sent, SignatureProblem};
use crate::policy::clock::{Clock, SystemClock};
use crate::wire::entry_link::{SignedLink, read_signed};

/// A link is valid for this long before and after its time.
const WINDOW_MS: i64 = 10 * 60 * 1000;

/// Remembers the nonces of used links, so that each link works once.
///
/// Implement it over a shared database if several processes serve one site.
pub trait NonceStore: fmt::Debug + Send + Sync + 'static {
    /// Stores the nonce and returns whether it was new. It can be dropped after `expires_ms` (ms since the epoch).
    fn insert(&self, nonce: &str, now_ms: i64, expires_ms: i64) -> bool;
}

/// A [`NonceStore`] in memory, for one process. Above its capacity it drops the oldest nonces.
#[derive(Debug)]
pub struct MemoryNonceStore {
    capacity: usize,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    nonces: HashSet<Arc<str>>,
    oldest_first: VecDeque<(i64, Arc<str>)>,
}

impl MemoryNonceStore {
    /// Creates a store for at most this many nonces.
    pub fn new(capacity: usize) -> Self {
        Self { capacity: capacity.max(1), seen: Mutex::default() }
    }
}

impl Default for MemoryNonceStore {
    fn default() -> Self {
        Self::new(100_000)
    }
}

impl NonceStore for MemoryNonceStore {
    fn insert(&self, nonce: &str, now_ms: i64, expires_ms: i64) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((expires, _)) = seen.oldest_first.front() {
            if *expires >= now_ms && seen.nonces.len() < self.capacity {
                break;
            }
            if let Some((_, oldest)) = seen.oldest_first.pop_front() {
                seen.nonces.remove(&oldest);
            }
        }
        let nonce: Arc<str> = nonce.into();
        let is_new = seen.nonces.insert(Arc::clone(&nonce));
        if is_new {
            seen.oldest_first.push_back((expires_ms, nonce));
        }
        is_new
    }
}

/// Verifies entry links: the signature, the age (±10 minutes), and that each link is used once.
///
/// ```
/// use wxpusher::EntryLinkVerifier;
///
/// let verifier = EntryLinkVerifier::new("the verification key from the console");
/// let error = verifier.verify("uid=UID_test").unwrap_err();
/// assert_eq!(error.to_string(), "entry link refused: unsigned: the link has no `sign`");
/// ```
///
/// With another clock, for tests:
///
/// ```
/// use std::sync::Arc;
/// use wxpusher::{EntryLinkVerifier, ManualClock};
///
/// let clock = Arc::new(ManualClock::at_unix_ms(1_700_000_000_000));
/// let verifier = EntryLinkVerifier::new("testkey").clock(clock);
/// let link = "uid=UID_test&ts=1700000000000&nonce=n1&sv=1\
///             &sign=d88fd4ef3d0b671fe9095ac5e59c8bb47a8b8f565c14336283a5c5a90c9b2db5";
/// assert_eq!(verifier.verify(link)?, "UID_test");
/// assert!(verifier.verify(link).is_err(), "a link works once");
/// # Ok::<(), wxpusher::Error>(())
/// ```
pub struct EntryLinkVerifier {
    key: hmac::Key,
    clock: Arc<dyn Clock>,
    nonces: Arc<dyn NonceStore>,
}

impl fmt::Debug for EntryLinkVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EntryLinkVerifier").field("nonces", &self.nonces).finish_non_exhaustive()
    }
}

impl EntryLinkVerifier {
    /// Creates a verifier with the system clock and a [`MemoryNonceStore`]. Use one verifier for all links: it holds the
    /// nonces.
    pub fn new(key: &str) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()),
            clock: Arc::new(SystemClock),
            nonces: Arc::new(MemoryNonceStore::default()),
        }
    }

    /// Sets the clock. The system clock by default.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Sets the store of nonces. A [`MemoryNonceStore`] by default.
    pub fn nonces(mut self, nonces: Arc<dyn NonceStore>) -> Self {
        self.nonces = nonces;
        self
    }

    /// Verifies the query string of a link, or a whole URL, and returns the user's UID.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSignature`] with the reason.
    pub fn verify(&self, query: &str) -> Result<String> {
        let SignedLink { uid, nonce, time_ms } = read_signed(query, &self.key)?;
        let refused = |reason| Error::new(ErrorKind::InvalidSignature { reason }, Sent::No);
        let now = self.clock.unix_ms();
        let age = now.saturating_sub(time_ms);
        if !(-WINDOW_MS..=WINDOW_MS).contains(&age) {
            return Err(refused(SignatureProblem::Stale(age / 1000)));
        }
        if !self.nonces.insert(&nonce, now, time_ms.saturating_add(WINDOW_MS)) {
            return Err(refused(SignatureProblem::Replayed));
        }
        Ok(uid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_store_drops_the_oldest_nonce_beyond_its_capacity() {
        let store = MemoryNonceStore::new(2);
        assert!(store.insert("a", 0, 100));
        assert!(store.insert("b", 0, 100));
        assert!(!store.insert("b", 0, 100));
        assert!(store.insert("c", 0, 100));
        assert!(store.insert("a", 0, 100), "a was the oldest of three");
    }

    #[test]
    fn memory_store_drops_expired_nonces() {
        let store = MemoryNonceStore::default();
        assert!(store.insert("a", 0, 100));
        assert!(!store.insert("a", 100, 200));
        assert!(store.insert("a", 101, 200));
    }
}
