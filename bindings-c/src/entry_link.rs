//! Links that WxPusher signs and sends users with to your site.

use std::ffi::c_char;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use wxpusher::{Clock, EntryLinkVerifier, SystemClock, unverified_entry_link_uid};

use crate::boundary::release;
use crate::error::wxpusher_error;
use crate::fallible::{create, status};
use crate::pointer::{exclusive, shared, text};
use crate::text::wxpusher_text;

/// Checks entry links: signature, age (10 minutes either way), and that each is used once.
///
/// Keep it: it is what remembers the links that were used. Any number of threads may verify with it at the same time.
#[derive(Debug)]
pub struct wxpusher_entry_link_verifier {
    verifier: EntryLinkVerifier,
    clock: Arc<SettableClock>,
}

/// The machine's clock until it is told a time, at which it then stands still.
#[derive(Debug)]
struct SettableClock(AtomicI64);

/// No moment that anybody sets, and what the clock starts with.
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

/// A verifier with the verification key from the console.
///
/// `*verifier` is the caller's to free with wxpusher_entry_link_verifier_free. Any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_entry_link_verifier_new(
    key: *const c_char,
    key_len: usize,
    verifier: *mut *mut wxpusher_entry_link_verifier,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `key`, `verifier` and `error`.
    unsafe {
        create(verifier, "verifier", error, || {
            let clock = Arc::new(SettableClock(AtomicI64::new(UNSET)));
            let own = Arc::<SettableClock>::clone(&clock);
            let verifier = EntryLinkVerifier::new(text(key, key_len, "key")?).clock(own);
            Ok(wxpusher_entry_link_verifier { verifier, clock })
        })
    }
}

/// Makes the verifier's clock stand still at this time, in milliseconds since the epoch; for tests.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_entry_link_verifier_set_now_ms(
    verifier: *mut wxpusher_entry_link_verifier,
    now_ms: i64,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `verifier` and `error`.
    unsafe {
        status(error, || {
            exclusive(verifier, "verifier")?.clock.0.store(now_ms, Ordering::Relaxed);
            Ok(())
        })
    }
}

/// Checks the query string of a link (what follows the `?`; a whole URL will do) and says who came.
///
/// `*uid` is the caller's to free with wxpusher_text_free. Any thread. Errors: WXPUSHER_ERROR_INVALID_SIGNATURE with
/// a reason that begins with "unsigned", "missing", "malformed", "forged", "stale" or "replayed".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_verify_entry_link(
    verifier: *const wxpusher_entry_link_verifier,
    query: *const c_char,
    query_len: usize,
    uid: *mut *mut wxpusher_text,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `verifier`, `query`, `uid` and `error`.
    unsafe {
        create(uid, "uid", error, || {
            let verifier = shared(verifier, "verifier")?;
            Ok(verifier.verifier.verify(text(query, query_len, "query")?)?.into())
        })
    }
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
    uid: *mut *mut wxpusher_text,
    error: *mut *mut wxpusher_error,
) -> i32 {
    // SAFETY: the caller keeps the header's rules for `query`, `uid` and `error`.
    unsafe { create(uid, "uid", error, || Ok(unverified_entry_link_uid(text(query, query_len, "query")?)?.into())) }
}

/// Frees it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxpusher_entry_link_verifier_free(verifier: *mut wxpusher_entry_link_verifier) {
    // SAFETY: the caller gives up `verifier`, which is NULL or came from this library.
    unsafe { release(verifier) }
}
