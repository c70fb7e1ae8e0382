//! QR codes that carry a parameter.

use std::collections::{HashMap, VecDeque};

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

/// How many codes are kept; the oldest are dropped first.
const KEPT: usize = 50_000;

#[derive(Debug, Default)]
pub(crate) struct Qrcodes {
    /// In the order of creation, which is the order of their numbers.
    all: VecDeque<Qrcode>,
    number_of: HashMap<String, u64>,
    last_poll: HashMap<String, i64>,
    /// The number of the next code.
    created: u64,
}

impl Qrcodes {
    pub(crate) fn create(&mut self, app_id: i64, extra: String, expires: i64) -> Qrcode {
        let code = scramble(self.created);
        let qrcode = Qrcode { code: code.clone(), app_id, extra, expires, last_uid: None };
        self.number_of.insert(code, self.created);
        self.created += 1;
        self.all.push_back(qrcode.clone());
        if self.all.len() > KEPT {
            if let Some(oldest) = self.all.pop_front() {
                self.number_of.remove(&oldest.code);
                self.last_poll.remove(&oldest.code);
            }
        }
        qrcode
    }

    pub(crate) fn get(&self, code: &str) -> Option<&Qrcode> {
        self.all.get(self.place_of(code)?)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Qrcode> {
        self.all.iter()
    }

    /// Removes all codes. Later codes differ from the removed ones.
    pub(crate) fn clear(&mut self) {
        *self = Self { created: self.created, ..Self::default() };
    }

    pub(crate) fn set_scanner(&mut self, code: &str, uid: &str) {
        let place = self.place_of(code);
        if let Some(qrcode) = place.and_then(|place| self.all.get_mut(place)) {
            qrcode.last_uid = Some(uid.to_owned());
        }
    }

    fn place_of(&self, code: &str) -> Option<usize> {
        let age = self.created - self.number_of.get(code)?;
        self.all.len().checked_sub(usize::try_from(age).ok()?)
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
        if !self.number_of.contains_key(code) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_the_oldest_codes() {
        let mut qrcodes = Qrcodes::default();
        let first = qrcodes.create(97, "first".to_owned(), 0);
        let codes: Vec<String> = (0..KEPT).map(|_| qrcodes.create(97, "x".to_owned(), 0).code).collect();
        assert!(qrcodes.get(&first.code).is_none() && qrcodes.number_of.len() == KEPT);
        assert_eq!(qrcodes.get(&codes[0]).map(|qrcode| &qrcode.code), Some(&codes[0]));
        qrcodes.set_scanner(&codes[KEPT - 1], "UID_testalice");
        assert_eq!(qrcodes.all().last().and_then(|qrcode| qrcode.last_uid.as_deref()), Some("UID_testalice"));
        qrcodes.clear();
        let next = qrcodes.create(97, "next".to_owned(), 0).code;
        assert!(!codes.contains(&next) && qrcodes.get(&next).is_some());
    }
}
