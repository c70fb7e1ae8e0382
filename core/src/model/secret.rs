//! Secrets that must never be logged, and text from which they have been removed.

use std::borrow::Cow;
use std::fmt;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident, $shown:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Wraps a token. White space around it is removed.
            pub fn new(value: impl Into<String>) -> Self {
                let value = value.into();
                match value.trim() {
                    trimmed if trimmed.len() == value.len() => Self(value),
                    trimmed => Self(trimmed.to_owned()),
                }
            }

            /// Returns the token itself. The caller is responsible for keeping it out of logs.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($shown)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($shown)
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::new(value)
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::new(value)
            }
        }
    };
}

secret! {
    /// An app token (`AT_…`). It allows sending to every subscriber of an app.
    ///
    /// ```
    /// let token = wxpusher::AppToken::new("AT_test");
    /// assert_eq!(format!("{token} {token:?}"), "AT_*** AT_***");
    /// assert_eq!(token.expose(), "AT_test");
    /// ```
    AppToken, "AT_***"
}

secret! {
    /// A simple push token (`SPT_…`). It allows sending to one person, without an app.
    ///
    /// ```
    /// let spt = wxpusher::Spt::from("SPT_test");
    /// assert_eq!(format!("{spt} {spt:?}"), "SPT_*** SPT_***");
    /// ```
    Spt, "SPT_***"
}

/// A text written by the server: unchanged in [`raw`](Self::raw), safe to print in `Display` and `Debug`.
///
/// The printed form masks everything that looks like a token, because the server's texts may quote the request, and
/// escapes control characters; see [`printable`].
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ServerText {
    raw: String,
    shown: Option<String>,
}

impl ServerText {
    pub(crate) fn new(raw: String, secrets: &[&str]) -> Self {
        let redacted = redact(&raw, secrets);
        let shown = match printable(&redacted) {
            Cow::Borrowed(_) if matches!(redacted, Cow::Borrowed(_)) => None,
            text => Some(text.into_owned()),
        };
        Self { raw, shown }
    }

    /// Returns exactly what the server sent.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Returns the text for printing: tokens are replaced by `***`, control characters are escaped.
    pub fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.raw)
    }

    /// Returns whether the server sent no text.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }
}

impl fmt::Display for ServerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shown())
    }
}

impl fmt::Debug for ServerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.shown(), f)
    }
}

/// Replaces the given secrets, and everything that has the prefix of one.
pub(crate) fn redact<'t>(text: &'t str, secrets: &[&str]) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(text);
    for secret in secrets {
        if !secret.is_empty() && text.contains(secret) {
            text = Cow::Owned(text.replace(secret, "***"));
        }
    }
    for prefix in ["AT_", "SPT_"] {
        let mut from = 0;
        while let Some(at) = text[from..].find(prefix) {
            let start = from + at + prefix.len();
            let len = text[start..]
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
                .unwrap_or(text.len() - start);
            if len > 0 {
                text.to_mut().replace_range(start..start + len, "***");
                from = start + 3;
            } else {
                from = start;
            }
        }
    }
    text
}

/// Makes a text safe to print on a terminal: control characters become `\x1b` and the like.
///
/// Line feeds and tabs stay. So do all other characters.
///
/// ```
/// assert_eq!(wxpusher::printable("\u{1b}[2Jcleared"), r"\x1b[2Jcleared");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_unsafe = |c: char| c.is_control() && c != '\n' && c != '\t';
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_unsafe(c) {
            safe.push_str(&format!("\\x{:02x}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_text_without_secrets() {
        let text = ServerText::new("用户UID=[UID_x]不存在".into(), &["AT_test"]);
        assert_eq!(text.to_string(), "用户UID=[UID_x]不存在");
        assert_eq!(text.raw(), text.shown());
    }

    #[test]
    fn masks_secrets_and_keeps_the_raw_text() {
        let text = ServerText::new("token old-token, AT_abc9, SPT_x-1 SPT_ 错".into(), &["old-token"]);
        assert_eq!(text.to_string(), "token ***, AT_***, SPT_*** SPT_ 错");
        assert_eq!(format!("{text:?}"), "\"token ***, AT_***, SPT_*** SPT_ 错\"");
        assert_eq!(text.raw(), "token old-token, AT_abc9, SPT_x-1 SPT_ 错");
    }

    #[test]
    fn escapes_control_characters_when_shown() {
        let text = ServerText::new("a\u{1b}]0;x\u{7}\u{9b}b\tc\n".into(), &[]);
        assert_eq!(text.to_string(), "a\\x1b]0;x\\x07\\x9bb\tc\n");
        assert_eq!(text.raw(), "a\u{1b}]0;x\u{7}\u{9b}b\tc\n");
    }

    #[test]
    fn trims_tokens() {
        assert_eq!(AppToken::new(" AT_test\n").expose(), "AT_test");
    }
}
