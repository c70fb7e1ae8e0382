//! Masks tokens in texts of the server, which may quote the request.

use std::borrow::Cow;

/// Replaces what follows `AT_` and `SPT_` by `***`.
pub(crate) fn mask(text: &str) -> Cow<'_, str> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut masked = String::new();
    let mut rest = text;
    while let Some(at) = ["AT_", "SPT_"].iter().filter_map(|prefix| Some(rest.find(prefix)? + prefix.len())).min() {
        let end = rest[at..].find(|c| !is_token(c)).map_or(rest.len(), |length| at + length);
        masked += &rest[..at];
        if end > at {
            masked += "***";
        }
        rest = &rest[end..];
    }
    if masked.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(masked + rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_every_token() {
        assert_eq!(mask("用户 AT_abc-1, SPT_x 与 AT_ 错"), "用户 AT_***, SPT_*** 与 AT_ 错");
        assert_eq!(mask("没有"), "没有");
    }
}
