//! Reading JSON leniently, the same way for responses and callbacks, and saying where it is wrong.
//!
//! An accepted send must never end as an unreadable response, so everything that the server may vary is accepted: see
//! [`Lenient`](super::lenient::Lenient).

use std::borrow::Cow;

use serde::Deserialize;

use super::lenient::Lenient;

/// Returns the text of a body that must be a JSON object, or what is wrong with it.
pub(crate) fn object_text(body: &[u8]) -> Result<Cow<'_, str>, String> {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err("the body is empty".to_owned());
    }
    let text =
        std::str::from_utf8(body).map_err(|error| format!("not UTF-8: byte {} is invalid", error.valid_up_to() + 1))?;
    if !text.trim_start().starts_with('{') {
        return Err("the body is not a JSON object".to_owned());
    }
    Ok(replace_lone_surrogates(text))
}

/// Reads a value without tracking its place.
pub(crate) fn read_once<'a, T: Deserialize<'a>>(text: &'a str) -> serde_json::Result<T> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Lenient(&mut json))?;
    json.end()?;
    Ok(value)
}

/// Reads a value; `at` is its place in the body.
///
/// The fast path does not track positions; only after a failure the text is read again to find the place. The error's text
/// never quotes the body, which may repeat the request.
pub(crate) fn read<'a, T: Deserialize<'a>>(text: &'a str, at: &str) -> Result<T, String> {
    read_once(text).map_err(|error| {
        let mut json = serde_json::Deserializer::from_str(text);
        let path = match serde_path_to_error::deserialize::<_, T>(Lenient(&mut json)) {
            Err(located) if located.path().iter().len() > 0 => located.path().to_string(),
            _ => String::new(),
        };
        let what = match error.classify() {
            serde_json::error::Category::Data => data_error(&error.to_string()),
            serde_json::error::Category::Eof => "the JSON ends too early".to_owned(),
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => "not JSON".to_owned(),
        };
        let separator = if at.is_empty() || path.is_empty() || path.starts_with('[') { "" } else { "." };
        match format!("{at}{separator}{path}").as_str() {
            "" => format!("{what} (line {}, column {})", error.line(), error.column()),
            place => format!("`{place}`: {what}"),
        }
    })
}

/// Keeps of serde's text what comes from our own types, and drops what quotes the body.
fn data_error(text: &str) -> String {
    match text.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
        Some((field, _)) => format!("missing field `{field}`"),
        None => "not of the expected type".to_owned(),
    }
}

/// Replaces each escaped surrogate without its other half by U+FFFD. JSON texts cut in the middle of an emoji have them.
fn replace_lone_surrogates(text: &str) -> Cow<'_, str> {
    if !text.contains("\\ud") && !text.contains("\\uD") {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut repaired = text.to_owned();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        match surrogate(bytes, at) {
            Some(Surrogate::High) if matches!(surrogate(bytes, at + 6), Some(Surrogate::Low)) => at += 12,
            Some(_) => {
                repaired.replace_range(at..at + 6, "\\ufffd");
                at += 6;
            }
            // The character after a backslash is escaped, also if it is another backslash.
            None => at += 2,
        }
    }
    Cow::Owned(repaired)
}

enum Surrogate {
    High,
    Low,
}

/// Reads an escaped surrogate (`\ud83d`) at this place.
fn surrogate(bytes: &[u8], at: usize) -> Option<Surrogate> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let digits = std::str::from_utf8(digits).ok()?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xd800..=0xdbff => Some(Surrogate::High),
        0xdc00..=0xdfff => Some(Surrogate::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_lone_surrogates_only() {
        for (text, expected) in [
            (r#"{"a":"\ud83d"}"#, r#"{"a":"\ufffd"}"#),
            (r#"{"a":"x\uDE00\ud83dy"}"#, r#"{"a":"x\ufffd\ufffdy"}"#),
            (r#"{"a":"\ud83d\ude00"}"#, r#"{"a":"\ud83d\ude00"}"#),
            (r#"{"a":"\ud83d\ud83d\ude00"}"#, r#"{"a":"\ufffd\ud83d\ude00"}"#),
            (r#"{"a":"\\ud83d"}"#, r#"{"a":"\\ud83d"}"#),
            (r#"{"a":"\u00e4\ud83"}"#, r#"{"a":"\u00e4\ud83"}"#),
        ] {
            assert_eq!(object_text(text.as_bytes()).unwrap(), expected);
        }
    }

    #[test]
    fn names_what_is_wrong_with_a_body() {
        let wrong = |body: &[u8]| object_text(body).unwrap_err();
        assert_eq!(wrong(b" \n"), "the body is empty");
        assert_eq!(wrong(b"[]"), "the body is not a JSON object");
        assert_eq!(wrong(b"{\"a\":\"\xff\"}"), "not UTF-8: byte 7 is invalid");
    }
}
