//! Parameterised QR codes.

use crate::time::Timestamp;

/// A QR code that tells its scanners apart by what it carries.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Qrcode {
    /// What `queryScanUid` and `waitForScan` take.
    pub code: String,
    /// The picture.
    pub url: String,
    /// A short link to the same.
    pub short_url: Option<String>,
    /// What it carries, as given; comes back in the follow callback.
    pub extra: Option<String>,
    /// When it expires.
    pub expires: Timestamp,
}

impl From<wxpusher::Qrcode> for Qrcode {
    fn from(qrcode: wxpusher::Qrcode) -> Self {
        let wxpusher::Qrcode { code, url, short_url, extra, expires } = qrcode;
        Self { code, url, short_url, extra, expires: expires.into() }
    }
}
