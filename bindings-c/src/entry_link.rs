//! Entry links, with which WxPusher leads users to a site

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use wxpusher::{Clock, EntryLinkVerifier, SystemClock, unverified_entry_link_uid};

use crate::boundary::release;
use crate::error::wxpusher_error;
use crate::fallible::{create, status};
use crate::owned::opaque;
use crate::pointer::{required, text};
use crate::text::{OwnedText, wxpusher_text};

/// Verifies entry links: the signature, the age (at most 10 minutes), and that each link is used once.
///
/// Keep the verifier: it remembers the links that were used. Any number of threads may verify with it at the same time.
#[derive(Debug)]
pub struct wxpusher_entry_link_verifier {
    verifier: EntryLinkVerifier,
    clock: Arc<SettableClock>,
}

opaque!(wxpusher_entry_link_verifier);

/// The system clock, until it is stopped at a time.
#[derive(Debug)]
struct SettableClock(AtomicI64);

/// The clock is not stopped.
const UNSET: i64 = i64::MIN;

impl Clock for SettableClock {
    fn elapsed(&self) -> Duration {
        SystemClock.elapsed()
    }

    fn unix_ms(&self) -> i64 {
        match self.0.load(Ordering::Relaxed) {
            UNSET => SystemClock.unix_ms(),
            set => set,
        }
    }

    fn sleep(&self, duration: Duration) {
        SystemClock.sleep(duration);
    }
}

/// Creates a verifier with the verification key from the console.
///
/// `*verifier` is the caller's to free with wxpusher_entry_link_verifier_free. Any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_entry_link_verifier_new(
    key: *const c_char,
    key_len: usize,
    verifier: Option<&mut MaybeUninit<*mut wxpusher_entry_link_verifier>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create(verifier, "verifier", error, || {
        let clock = Arc::new(SettableClock(AtomicI64::new(UNSET)));
        let own = Arc::<SettableClock>::clone(&clock);
        // SAFETY: the caller keeps the header's rules for `key`.
        let verifier = EntryLinkVerifier::new(unsafe { text(key, key_len, "key") }?).clock(own);
        Ok(wxpusher_entry_link_verifier { verifier, clock })
    })
}

/// Stops the verifier's clock at this time, in milliseconds since the epoch. For tests.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_entry_link_verifier_set_now_ms(
    verifier: Option<&mut wxpusher_entry_link_verifier>,
    now_ms: i64,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    status(error, || {
        required(verifier, "verifier")?.clock.0.store(now_ms, Ordering::Relaxed);
        Ok(())
    })
}

/// Verifies the query string of a link (what follows the `?`; a whole URL is accepted, too) and returns the user's UID.
///
/// `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_SIGNATURE; its `reason` begins
/// with "unsigned", "missing", "malformed", "forged", "stale" or "replayed".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_verify_entry_link(
    verifier: Option<&wxpusher_entry_link_verifier>,
    query: *const c_char,
    query_len: usize,
    uid: Option<&mut MaybeUninit<*mut wxpusher_text>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedText>(uid, "uid", error, || {
        let verifier = required(verifier, "verifier")?;
        // SAFETY: the caller keeps the header's rules for `query`.
        Ok(verifier.verifier.verify(unsafe { text(query, query_len, "query") }?)?.into())
    })
}

/// Reads the UID of a plain entry link, `?uid=UID_xxx`. Such a link proves nothing, because anybody can write one: use it only
/// where a false UID does no harm, and wxpusher_verify_entry_link for signed links.
///
/// `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_SIGNATURE if the query
/// has no UID, or several.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_unverified_entry_link_uid(
    query: *const c_char,
    query_len: usize,
    uid: Option<&mut MaybeUninit<*mut wxpusher_text>>,
    error: Option<&mut MaybeUninit<*mut wxpusher_error>>,
) -> i32 {
    create::<OwnedText>(uid, "uid", error, || {
        // SAFETY: the caller keeps the header's rules for `query`.
        Ok(unverified_entry_link_uid(unsafe { text(query, query_len, "query") }?)?.into())
    })
}

/// Frees a verifier. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn wxpusher_entry_link_verifier_free(verifier: Option<Box<wxpusher_entry_link_verifier>>) {
    release(verifier);
}
