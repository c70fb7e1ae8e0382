//! Parameterised QR codes: creating one, and querying its last scanner (protocol §2.3).

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Endpoint, Query, json};
use crate::model::error::{ErrorKind, Result};
use crate::model::limits::{Limits, check_chars, check_range};
use crate::model::qrcode::Qrcode;
use crate::model::secret::AppToken;
use crate::wire::envelope::Envelope;

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
        check_range("valid_time", self.valid_time.unwrap_or(1), 1, limits.valid_time)
    }

    fn body(&self) -> Option<Vec<u8>> {
        json(&Body { app_token: self.token.expose(), extra: self.extra, valid_time: self.valid_time })
    }

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<Qrcode, ErrorKind> {
        response.success(secrets)?.read()
    }
}

/// `GET /api/fun/scan-qrcode-uid`.
///
/// Not retried after a response: WxPusher bans accounts that poll more often than every 10 s, for whatever reason.
pub(crate) struct QueryScanUid<'a> {
    pub(crate) code: &'a str,
}

/// The response while the code has not been scanned. The only server text that is compared: its code is that of any failure.
const PENDING: (i64, &str) = (1001, "暂无用户扫描二维码");

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

    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<Option<String>, ErrorKind> {
        if response.code == Some(PENDING.0) && response.msg.trim() == PENDING.1 {
            return Ok(None);
        }
        let scanner: Option<Scanner> = response.success(secrets)?.read_optional()?;
        Ok(scanner.map(|Scanner(uid)| uid).filter(|uid| !uid.is_empty()))
    }
}

/// The scanner's UID: a text, or the field `uid` of an object.
struct Scanner(String);

impl<'de> Deserialize<'de> for Scanner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Uid;

        impl<'de> Visitor<'de> for Uid {
            type Value = Scanner;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a UID or an object with a UID")
            }

            fn visit_str<E>(self, uid: &str) -> Result<Scanner, E> {
                Ok(Scanner(uid.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scanner, A::Error> {
                let mut uid = None;
                while let Some(key) = map.next_key::<String>()? {
                    if key == "uid" {
                        uid = map.next_value::<Option<String>>()?;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Scanner(uid.unwrap_or_default()))
            }
        }

        deserializer.deserialize_any(Uid)
    }
}
