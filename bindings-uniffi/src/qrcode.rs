//! Parameterised QR codes.

use crate::time::Timestamp;

/// A QR code that carries a value of yours, so that you know which user scanned it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Qrcode {
    /// The code. The argument of `queryScanUid` and `waitForScan`.
    pub code: String,
    /// The URL of the picture.
    pub url: String,
    /// A short URL of the same picture.
    pub short_url: Option<String>,
    /// The value that it carries. It is also in the subscription callback.
    pub extra: Option<String>,
    /// The time when the QR code expires.
    pub expires: Timestamp,
}

impl From<wxpusher::Qrcode> for Qrcode {
    fn from(qrcode: wxpusher::Qrcode) -> Self {
        let wxpusher::Qrcode { code, url, short_url, extra, expires } = qrcode;
        Self { code, url, short_url, extra, expires: expires.into() }
    }
}
