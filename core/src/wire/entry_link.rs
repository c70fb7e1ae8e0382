//! "System integration" links: WxPusher sends a user to your site, and signs who they are (wire.md §4).

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex};

use percent_encoding::percent_decode_str;
use ring::hmac;

use crate::clock::{Clock, SystemClock};
use crate::error::{Error, ErrorKind, Result, Sent, SignatureProblem};

/// A link is good for this long, before and after its time.
const WINDOW_MS: i64 = 10 * 60 * 1000;

/// Remembers which nonces were seen, so that a link works once.
///
/// Put your own behind it where several processes answer for one site.
pub trait NonceStore: fmt::Debug + Send + Sync + 'static {
    /// Notes the nonce and says whether it was new. It may be forgotten after `expires_ms` (ms since the epoch).
    fn insert(&self, nonce: &str, now_ms: i64, expires_ms: i64) -> bool;
}

/// A [`NonceStore`] in memory, for one process. It holds at most its capacity; beyond that the oldest are forgotten.
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
    /// A store that remembers at most this many nonces.
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
        let mut seen = self.seen.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
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

/// Checks entry links: signature, age (±10 minutes), and that each is used once.
///
/// ```
/// use wxpusher::EntryLinkVerifier;
///
/// let verifier = EntryLinkVerifier::new("the verification key from the console");
/// let error = verifier.verify("uid=UID_test").unwrap_err();
/// assert_eq!(error.to_string(), "entry link refused: unsigned: the link has no `sign`");
/// ```
///
/// With a clock of one's own, for tests:
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
    /// A verifier with the machine's clock and a [`MemoryNonceStore`]. Keep it: it is what remembers the nonces.
    pub fn new(key: &str) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()),
            clock: Arc::new(SystemClock),
            nonces: Arc::new(MemoryNonceStore::default()),
        }
    }

    /// Takes the time from another clock.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Remembers nonces elsewhere.
    pub fn nonces(mut self, nonces: Arc<dyn NonceStore>) -> Self {
        self.nonces = nonces;
        self
    }

    /// Checks the query string of a link (what follows the `?`; a whole URL will do) and says who came.
    ///
    /// The document does not say whether values are signed before or after percent-encoding: both are taken.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSignature`], saying why.
    pub fn verify(&self, query: &str) -> Result<String> {
        let link = Link::parse(query)?;
        let Some(sign) = link.sign else { return Err(refused(SignatureProblem::Unsigned)) };
        let nonce = link.nonce.ok_or(SignatureProblem::Missing("nonce")).map_err(refused)?;
        let sv = link.sv.ok_or(SignatureProblem::Missing("sv")).map_err(refused)?;
        let ts = link.ts.ok_or(SignatureProblem::Missing("ts")).map_err(refused)?;
        let uid = link.uid.ok_or(SignatureProblem::Missing("uid")).map_err(refused)?;
        let time: i64 = decode("ts", ts)?.parse().map_err(|_| refused(SignatureProblem::Malformed("ts")))?;
        let tag = unhex(&decode("sign", sign)?).ok_or_else(|| refused(SignatureProblem::Malformed("sign")))?;

        let decoded = [decode("nonce", nonce)?, decode("sv", sv)?, decode("ts", ts)?, decode("uid", uid)?];
        let signed = |[nonce, sv, ts, uid]: [&str; 4]| {
            let text = format!("nonce={nonce}&sv={sv}&ts={ts}&uid={uid}");
            hmac::verify(&self.key, text.as_bytes(), &tag).is_ok()
        };
        // `|` and not `||`: both are always computed, so the time taken does not tell which one matched.
        let authentic = signed([&decoded[0], &decoded[1], &decoded[2], &decoded[3]]) | signed([nonce, sv, ts, uid]);
        if !authentic {
            return Err(refused(SignatureProblem::Forged));
        }
        let now = self.clock.unix_ms();
        let age = now.saturating_sub(time);
        if !(-WINDOW_MS..=WINDOW_MS).contains(&age) {
            return Err(refused(SignatureProblem::Stale(age / 1000)));
        }
        let [nonce, _, _, uid] = decoded;
        if !self.nonces.insert(&nonce, now, time.saturating_add(WINDOW_MS)) {
            return Err(refused(SignatureProblem::Replayed));
        }
        Ok(uid)
    }
}

#[derive(Default)]
struct Link<'q> {
    uid: Option<&'q str>,
    ts: Option<&'q str>,
    nonce: Option<&'q str>,
    sv: Option<&'q str>,
    sign: Option<&'q str>,
}

impl<'q> Link<'q> {
    fn parse(query: &'q str) -> Result<Self> {
        let query = query.split_once('?').map_or(query, |(_, after)| after);
        let query = query.split_once('#').map_or(query, |(before, _)| before);
        let mut link = Link::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, slot) = match name {
                "uid" => ("uid", &mut link.uid),
                "ts" => ("ts", &mut link.ts),
                "nonce" => ("nonce", &mut link.nonce),
                "sv" => ("sv", &mut link.sv),
                "sign" => ("sign", &mut link.sign),
                _ => continue,
            };
            if slot.is_some() {
                return Err(refused(SignatureProblem::Malformed(name)));
            }
            // An empty value proves as little as none.
            *slot = Some(value).filter(|value| !value.is_empty());
        }
        Ok(link)
    }
}

fn refused(reason: SignatureProblem) -> Error {
    Error::new(ErrorKind::InvalidSignature { reason }, Sent::No)
}

fn decode(name: &'static str, value: &str) -> Result<String> {
    match percent_decode_str(value).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(refused(SignatureProblem::Malformed(name))),
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() % 2 != 0 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_store_forgets_the_oldest_beyond_its_capacity() {
        let store = MemoryNonceStore::new(2);
        assert!(store.insert("a", 0, 100));
        assert!(store.insert("b", 0, 100));
        assert!(!store.insert("b", 0, 100));
        assert!(store.insert("c", 0, 100));
        assert!(store.insert("a", 0, 100), "a was the oldest of three");
    }

    #[test]
    fn the_memory_store_forgets_what_has_expired() {
        let store = MemoryNonceStore::default();
        assert!(store.insert("a", 0, 100));
        assert!(!store.insert("a", 100, 200));
        assert!(store.insert("a", 101, 200));
    }
}
