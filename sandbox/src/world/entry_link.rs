//! Signed links that lead a user from WxPusher to the app's own site ("system integration").

use ring::hmac;

use super::qrcode::scramble;
use super::{Target, World};
use crate::Error;

/// The version of the signature scheme.
const SIGNATURE_VERSION: &str = "1";

impl World {
    /// The link that WxPusher would open for this user: the app's entry URL with `uid`, and, if the
    /// app has a verification key, `ts`, `nonce`, `sv` and `sign`.
    pub(crate) fn entry_link(&mut self, uid: &str, app_id: i64) -> Result<String, Error> {
        let person = self.person(uid)?;
        let app = self.app(app_id)?;
        let entry_url = app.entry_url.clone().ok_or_else(|| {
            Error::invalid("entryUrl", format!("app {app_id} has no entry URL: seed the app with one"))
        })?;
        let key = app.verify_key.clone();
        if self.follows.find(person, Target::App(app_id)).is_none() {
            return Err(Error::Refused(format!("{uid} is not subscribed to app {app_id}")));
        }
        self.entry_links += 1;
        let separator = if entry_url.contains('?') { '&' } else { '?' };
        let link = format!("{entry_url}{separator}uid={uid}");
        let Some(key) = key else { return Ok(link) };
        let (ts, nonce) = (self.now(), scramble(self.entry_links | 1 << 63));
        let signed = format!("nonce={nonce}&sv={SIGNATURE_VERSION}&ts={ts}&uid={uid}");
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()), signed.as_bytes());
        let sign: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(format!("{link}&ts={ts}&nonce={nonce}&sv={SIGNATURE_VERSION}&sign={sign}"))
    }
}
