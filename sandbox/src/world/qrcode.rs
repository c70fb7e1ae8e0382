//! QR codes that carry a parameter, and scanning them.

use serde::Serialize;

use super::people::PersonId;
use super::{Event, Refusal, Source, Target, World};
use crate::Error;

/// The shortest interval at which WxPusher allows a QR code to be queried.
const MIN_POLL_INTERVAL_MS: i64 = 10_000;

/// A QR code with a parameter, as an app created it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Qrcode {
    /// The code itself, by which it is scanned and queried.
    pub code: String,
    /// The app that created it and is followed by whoever scans it.
    pub app_id: i64,
    /// What the callback of a scan carries.
    pub extra: String,
    /// When it stops working, in ms since the epoch.
    pub expires: i64,
    /// Who scanned it last.
    pub last_uid: Option<String>,
}

impl World {
    pub(crate) fn create_qrcode(&mut self, app_id: i64, extra: String, valid_ms: i64) -> Qrcode {
        let code = scramble(self.qrcodes.len() as u64);
        let qrcode =
            Qrcode { code: code.clone(), app_id, extra, expires: self.now().saturating_add(valid_ms), last_uid: None };
        self.qrcodes.insert(code, qrcode.clone());
        qrcode
    }

    pub(crate) fn qrcode(&self, code: &str) -> Result<Qrcode, Error> {
        self.qrcodes.get(code).cloned().ok_or_else(|| Error::unknown("QR code", code))
    }

    /// Whether this code was queried less than 10 seconds ago, on the sandbox's clock.
    pub(crate) fn scan_polled_too_fast(&mut self, code: &str) -> bool {
        let now = self.now();
        if !self.qrcodes.contains_key(code) {
            return false;
        }
        let last = self.scan_polls.insert(code.to_owned(), now);
        last.is_some_and(|last| now.saturating_sub(last) < MIN_POLL_INTERVAL_MS)
    }

    pub(crate) fn last_scanner(&self, code: &str) -> Result<String, Refusal> {
        let qrcode = self.qrcodes.get(code).ok_or_else(|| Refusal::business("二维码不存在"))?;
        if qrcode.expires <= self.now() {
            return Err(Refusal::business("二维码已过期"));
        }
        qrcode.last_uid.clone().ok_or_else(|| Refusal::business("暂无用户扫描二维码"))
    }

    pub(crate) fn scan(&mut self, code: &str, uid: &str) -> Result<Event, Error> {
        let person = self.person(uid)?;
        let qrcode = self.qrcode(code)?;
        if qrcode.expires <= self.now() {
            return Err(Error::Refused(format!("the QR code {code} has expired")));
        }
        let event = self.subscribe_app(person, qrcode.app_id, Source::Scan, Some(&qrcode.extra))?;
        if let Some(qrcode) = self.qrcodes.get_mut(code) {
            qrcode.last_uid = Some(uid.to_owned());
        }
        Ok(event)
    }

    /// Follows an app or topic by its own link or QR code. Only apps are told.
    pub(crate) fn subscribe(&mut self, uid: &str, target: Target, source: Source) -> Result<Option<Event>, Error> {
        let person = self.person(uid)?;
        self.require_owner(target)?;
        match target {
            Target::App(id) => self.subscribe_app(person, id, source, None).map(Some),
            Target::Topic(_) => self.follow(person, target).map(|()| None),
        }
    }

    pub(crate) fn subscribe_app(
        &mut self,
        person: PersonId,
        app_id: i64,
        source: Source,
        extra: Option<&str>,
    ) -> Result<Event, Error> {
        self.follow(person, Target::App(app_id))?;
        Ok(self.subscribed(self.app(app_id)?, person, source, extra))
    }
}

/// A code that looks random and is the same in every run, so that a failing test can be repeated.
pub(super) fn scramble(number: u64) -> String {
    let mut bits = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    format!("{:016x}", bits ^ (bits >> 31))
}
