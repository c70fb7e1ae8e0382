//! Parameterised QR codes: making one, and asking who scanned it (wire.md §2.3).

use serde::{Deserialize, Serialize};

use super::{Endpoint, Query, json};
use crate::error::{ErrorKind, Result};
use crate::http::envelope::Answer;
use crate::limits::{Limits, check_chars, check_size};
use crate::secret::AppToken;

/// A QR code that tells its scanners apart by what it carries.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Qrcode {
    /// What `query_scan_uid` and `wait_for_scan` take.
    pub code: String,
    /// The picture.
    pub url: String,
    /// A short link to the same.
    #[serde(default)]
    pub short_url: Option<String>,
    /// What it carries, as given; comes back in the follow callback.
    #[serde(default)]
    pub extra: Option<String>,
    /// When it expires, in milliseconds since the epoch.
    pub expires: i64,
}

/// `POST /api/fun/create/qrcode`.
pub(crate) struct CreateQrcode<'a> {
    pub(crate) token: &'a AppToken,
    pub(crate) extra: &'a str,
    pub(crate) valid_time: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    app_token: &'a str,
    extra: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_time: Option<u32>,
}

impl Endpoint for CreateQrcode<'_> {
    const METHOD: &'static str = "POST";
    const PATH: &'static str = "/api/fun/create/qrcode";
    const IDEMPOTENT: bool = false;
    type Output = Qrcode;

    fn validate(&self, limits: &Limits) -> Result<()> {
        check_chars("extra", self.extra, 1, limits.extra_chars)?;
        let seconds = self.valid_time.unwrap_or(1) as usize;
        check_size("valid_time", seconds, 1, limits.valid_time as usize, "seconds")
    }

    fn body(&self) -> Option<Vec<u8>> {
        json(&Body { app_token: self.token.expose(), extra: self.extra, valid_time: self.valid_time })
    }

    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<Qrcode, ErrorKind> {
        answer.success(secrets)?.read()
    }
}

/// `GET /api/fun/scan-qrcode-uid`.
///
/// Not tried again after an answer: WxPusher bans accounts that ask faster than every 10 s, whatever the reason.
pub(crate) struct QueryScanUid<'a> {
    pub(crate) code: &'a str,
}

/// Nobody has scanned it yet. The only text of the server that is ever looked at: its code is that of any failure.
const PENDING: (i64, &str) = (1001, "暂无用户扫描二维码");

#[derive(Deserialize)]
#[serde(untagged)]
enum Scanner {
    Uid(String),
    Person { uid: String },
}

impl Endpoint for QueryScanUid<'_> {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/api/fun/scan-qrcode-uid";
    const IDEMPOTENT: bool = false;
    type Output = Option<String>;

    fn validate(&self, _: &Limits) -> Result<()> {
        check_chars("code", self.code, 1, usize::MAX)
    }

    fn query(&self) -> Query {
        Query::default().with("code", self.code)
    }

    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<Option<String>, ErrorKind> {
        if answer.code == Some(PENDING.0) && answer.msg.trim() == PENDING.1 {
            return Ok(None);
        }
        let scanner: Option<Scanner> = answer.success(secrets)?.read_optional()?;
        let uid = scanner.map(|scanner| match scanner {
            Scanner::Uid(uid) | Scanner::Person { uid } => uid,
        });
        Ok(uid.filter(|uid| !uid.is_empty()))
    }
}
