//! Signed links that lead a user from WxPusher to the app's own site ("system integration").

use ring::hmac;

use super::App;
use super::qrcodes::scramble;
use crate::Error;

/// The version of the signature scheme.
const SIGNATURE_VERSION: &str = "1";

/// Makes entry links, each with its own nonce.
#[derive(Debug, Default)]
pub(crate) struct EntryLinks {
    made: u64,
}

impl EntryLinks {
    /// The app's entry URL with `uid`, and, if the app has a verification key, `ts`, `nonce`, `sv`
    /// and `sign`.
    pub(crate) fn make(&mut self, app: &App, uid: &str, now: i64) -> Result<String, Error> {
        let entry_url = app.entry_url.as_deref().ok_or_else(|| {
            Error::invalid("entryUrl", format!("app {} has no entry URL: seed the app with one", app.id))
        })?;
        let separator = if entry_url.contains('?') { '&' } else { '?' };
        let link = format!("{entry_url}{separator}uid={uid}");
        let Some(key) = &app.verify_key else { return Ok(link) };
        self.made += 1;
        let nonce = scramble(self.made | 1 << 63);
        let signed = format!("nonce={nonce}&sv={SIGNATURE_VERSION}&ts={now}&uid={uid}");
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), signed.as_bytes());
        let sign: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(format!("{link}&ts={now}&nonce={nonce}&sv={SIGNATURE_VERSION}&sign={sign}"))
    }
}
