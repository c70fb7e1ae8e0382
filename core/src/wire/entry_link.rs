//! "System integration" links (protocol §4): their parameters and their signature.

use percent_encoding::percent_decode_str;
use ring::hmac;

use crate::model::error::{Error, ErrorKind, Result, Sent, SignatureProblem};

/// The decoded parameters of a link whose signature matches.
pub(crate) struct SignedLink {
    pub(crate) uid: String,
    pub(crate) nonce: String,
    /// Milliseconds since the epoch.
    pub(crate) time_ms: i64,
}

/// Reads a link and checks its signature, but neither its age nor its nonce.
///
/// The official document does not say whether values are signed before or after percent-encoding: both are accepted.
pub(crate) fn read_signed(query: &str, key: &hmac::Key) -> Result<SignedLink> {
    let link = Link::parse(query)?;
    let Some(sign) = link.sign else { return Err(refused(SignatureProblem::Unsigned)) };
    let nonce = link.nonce.ok_or(SignatureProblem::Missing("nonce")).map_err(refused)?;
    let sv = link.sv.ok_or(SignatureProblem::Missing("sv")).map_err(refused)?;
    let ts = link.ts.ok_or(SignatureProblem::Missing("ts")).map_err(refused)?;
    let uid = link.uid.ok_or(SignatureProblem::Missing("uid")).map_err(refused)?;
    let time_ms: i64 = decode("ts", ts)?.parse().map_err(|_| refused(SignatureProblem::Malformed("ts")))?;
    let tag = unhex(&decode("sign", sign)?).ok_or_else(|| refused(SignatureProblem::Malformed("sign")))?;

    let decoded = [decode("nonce", nonce)?, decode("sv", sv)?, decode("ts", ts)?, decode("uid", uid)?];
    let signed = |[nonce, sv, ts, uid]: [&str; 4]| {
        let text = format!("nonce={nonce}&sv={sv}&ts={ts}&uid={uid}");
        hmac::verify(key, text.as_bytes(), &tag).is_ok()
    };
    // `|` and not `||`: both are always computed, so that the time does not reveal which one matched.
    let authentic = signed([&decoded[0], &decoded[1], &decoded[2], &decoded[3]]) | signed([nonce, sv, ts, uid]);
    if !authentic {
        return Err(refused(SignatureProblem::Forged));
    }
    let [nonce, _, _, uid] = decoded;
    Ok(SignedLink { uid, nonce, time_ms })
}

/// Reads the UID of an entry link **without any check** (protocol §4).
///
/// Without a verification key in the console, WxPusher opens your page with `?uid=UID_xxx` and no signature. Anybody can
/// make such a link with any UID, so this UID proves nothing: use it for display or statistics, never to log a user in. To
/// prove who opened the link, configure a key and use [`EntryLinkVerifier`](crate::EntryLinkVerifier).
///
/// The argument is the query string, or the whole URL.
///
/// # Errors
/// [`ErrorKind::InvalidSignature`] with the reason `missing` if the link has no `uid`, or `malformed`.
///
/// ```
/// let uid = wxpusher::unverified_entry_link_uid("https://example.invalid/in?uid=UID_test")?;
/// assert_eq!(uid, "UID_test");
/// # Ok::<(), wxpusher::Error>(())
/// ```
pub fn unverified_entry_link_uid(query: &str) -> Result<String> {
    let uid = Link::parse(query)?.uid.ok_or(SignatureProblem::Missing("uid")).map_err(refused)?;
    decode("uid", uid)
}

#[derive(Default)]
struct Link<'q> {
    uid: Option<&'q str>,
    ts: Option<&'q str>,
    nonce: Option<&'q str>,
    sv: Option<&'q str>,
    sign: Option<&'q str>,
}

impl<'q> Link<'q> {
    fn parse(query: &'q str) -> Result<Self> {
        let query = query.split_once('?').map_or(query, |(_, after)| after);
        let query = query.split_once('#').map_or(query, |(before, _)| before);
        let mut link = Link::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, slot) = match name {
                "uid" => ("uid", &mut link.uid),
                "ts" => ("ts", &mut link.ts),
                "nonce" => ("nonce", &mut link.nonce),
                "sv" => ("sv", &mut link.sv),
                "sign" => ("sign", &mut link.sign),
                _ => continue,
            };
            if slot.is_some() {
                return Err(refused(SignatureProblem::Malformed(name)));
            }
            // An empty value counts as absent.
            *slot = Some(value).filter(|value| !value.is_empty());
        }
        Ok(link)
    }
}

fn refused(reason: SignatureProblem) -> Error {
    Error::new(ErrorKind::InvalidSignature { reason }, Sent::No)
}

fn decode(name: &'static str, value: &str) -> Result<String> {
    match percent_decode_str(value).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(refused(SignatureProblem::Malformed(name))),
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() % 2 != 0 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
