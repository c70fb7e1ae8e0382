//! Values that must never be seen in a log, and text from which they have been taken out.

use std::borrow::Cow;
use std::fmt;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident, $shown:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Wraps the value as it is, without looking at it.
            pub fn new(value: impl Into<String>) -> Self {
                Self(value.into())
            }

            /// The value itself. Whoever calls this answers for where it goes.
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
    /// The `appToken` (`AT_…`) that lets its holder send to every user of an app.
    ///
    /// ```
    /// let token = wxpusher::AppToken::new("AT_test");
    /// assert_eq!(format!("{token} {token:?}"), "AT_*** AT_***");
    /// assert_eq!(token.expose(), "AT_test");
    /// ```
    AppToken, "AT_***"
}

secret! {
    /// A simple push token (`SPT_…`): lets its holder send to one person, without an app.
    ///
    /// ```
    /// let spt = wxpusher::Spt::from("SPT_test");
    /// assert_eq!(format!("{spt} {spt:?}"), "SPT_*** SPT_***");
    /// ```
    Spt, "SPT_***"
}

/// Text that the server wrote for people: kept untouched, shown without secrets.
///
/// `Display` and `Debug` replace what looks like a token, because the server's own error texts may quote the request.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ServerText {
    raw: String,
    shown: Option<String>,
}

impl ServerText {
    pub(crate) fn new(raw: String, secrets: &[&str]) -> Self {
        let shown = match redact(&raw, secrets) {
            Cow::Borrowed(_) => None,
            Cow::Owned(text) => Some(text),
        };
        Self { raw, shown }
    }

    /// Exactly what the server sent.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// What may be shown: the same text with tokens replaced by `***`.
    pub fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.raw)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_secrets_is_kept_as_it_is() {
        let text = ServerText::new("用户UID=[UID_x]不存在".into(), &["AT_test"]);
        assert_eq!(text.to_string(), "用户UID=[UID_x]不存在");
        assert_eq!(text.raw(), text.shown());
    }

    #[test]
    fn secrets_are_replaced_and_the_raw_text_survives() {
        let text = ServerText::new("token old-token, AT_abc9, SPT_x-1 SPT_ 错".into(), &["old-token"]);
        assert_eq!(text.to_string(), "token ***, AT_***, SPT_*** SPT_ 错");
        assert_eq!(format!("{text:?}"), "\"token ***, AT_***, SPT_*** SPT_ 错\"");
        assert_eq!(text.raw(), "token old-token, AT_abc9, SPT_x-1 SPT_ 错");
    }
}
