//! Parameterised QR codes (protocol §2.3).

use serde::Deserialize;

/// A QR code that carries a parameter (`extra`), so that your program can distinguish its scanners.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Qrcode {
    /// The code; the argument of `query_scan_uid` and `wait_for_scan`.
    pub code: String,
    /// The URL of the QR code's image.
    pub url: String,
    /// A short URL of the same image.
    #[serde(default)]
    pub short_url: Option<String>,
    /// The parameter that the code carries; the subscription callback returns it.
    #[serde(default)]
    pub extra: Option<String>,
    /// The server's time at which the code expires, in milliseconds since the epoch.
    pub expires: i64,
}

impl AsRef<str> for Qrcode {
    /// The code, so that a `&Qrcode` can be passed where a code is expected.
    fn as_ref(&self) -> &str {
        &self.code
    }
}
