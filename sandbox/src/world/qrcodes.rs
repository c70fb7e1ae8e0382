//! QR codes that carry a parameter.

use std::collections::HashMap;

use serde::Serialize;

use super::Refusal;

/// The shortest interval at which WxPusher allows a QR code to be queried.
const MIN_POLL_INTERVAL_MS: i64 = 10_000;

/// A QR code with a parameter, as an app created it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Qrcode {
    /// The code itself, by which it is scanned and queried.
    pub code: String,
    /// The app that created it and that a scan subscribes to.
    pub app_id: i64,
    /// What the callback of a scan carries.
    pub extra: String,
    /// When it stops working, in ms since the epoch.
    pub expires: i64,
    /// The UID of the user who scanned it last.
    pub last_uid: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Qrcodes {
    /// In the order of creation.
    all: Vec<Qrcode>,
    by_code: HashMap<String, usize>,
    last_poll: HashMap<String, i64>,
    created: u64,
}

impl Qrcodes {
    pub(crate) fn create(&mut self, app_id: i64, extra: String, expires: i64) -> Qrcode {
        let code = scramble(self.created);
        self.created += 1;
        let qrcode = Qrcode { code: code.clone(), app_id, extra, expires, last_uid: None };
        self.by_code.insert(code, self.all.len());
        self.all.push(qrcode.clone());
        qrcode
    }

    pub(crate) fn get(&self, code: &str) -> Option<&Qrcode> {
        self.all.get(*self.by_code.get(code)?)
    }

    pub(crate) fn all(&self) -> &[Qrcode] {
        &self.all
    }

    /// Removes all codes. Later codes differ from the removed ones.
    pub(crate) fn clear(&mut self) {
        *self = Self { created: self.created, ..Self::default() };
    }

    pub(crate) fn set_scanner(&mut self, code: &str, uid: &str) {
        let place = self.by_code.get(code);
        if let Some(qrcode) = place.and_then(|place| self.all.get_mut(*place)) {
            qrcode.last_uid = Some(uid.to_owned());
        }
    }

    pub(crate) fn last_scanner(&self, code: &str, now: i64) -> Result<String, Refusal> {
        let qrcode = self.get(code).ok_or_else(|| Refusal::business("二维码不存在"))?;
        if qrcode.expires <= now {
            return Err(Refusal::business("二维码已过期"));
        }
        qrcode.last_uid.clone().ok_or_else(|| Refusal::business("暂无用户扫描二维码"))
    }

    /// Whether this code was queried less than 10 seconds ago, on the sandbox's clock.
    pub(crate) fn polled_too_fast(&mut self, code: &str, now: i64) -> bool {
        if !self.by_code.contains_key(code) {
            return false;
        }
        let last = self.last_poll.insert(code.to_owned(), now);
        last.is_some_and(|last| now.saturating_sub(last) < MIN_POLL_INTERVAL_MS)
    }
}

/// A code that looks random but is the same in every run, so that failing tests can be repeated.
pub(super) fn scramble(number: u64) -> String {
    let mut bits = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    format!("{:016x}", bits ^ (bits >> 31))
}
