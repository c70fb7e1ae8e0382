//! Masks app tokens and SPTs in what the sandbox records.

const MASK: &str = "***";

pub(crate) fn mask_path(path: &str) -> String {
    path.split('/').map(mask_value).collect::<Vec<_>>().join("/")
}

pub(crate) fn mask_query(query: &str) -> String {
    query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name @ ("appToken" | "spt"), _)) => format!("{name}={MASK}"),
            Some((name, value)) => format!("{name}={}", mask_value(value)),
            None => mask_value(pair).to_owned(),
        })
        .collect::<Vec<_>>()
        .join("&")
}

fn mask_value(value: &str) -> &str {
    // `_` may be encoded as %5F.
    let secret =
        |prefix: &str| value.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('_') || rest.starts_with("%5"));
    if secret("AT") || secret("SPT") { MASK } else { value }
}

/// Masks tokens anywhere in a text, such as a JSON body: each `AT_…` and `SPT_…`, and the value of
/// `"appToken"`, `"spt"` and the items of `"sptList"` whatever they look like.
pub(crate) fn mask_text(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = next_secret(rest) {
        masked.push_str(&rest[..at.start]);
        masked.push_str(MASK);
        rest = &rest[at.end..];
    }
    masked.push_str(rest);
    masked
}

fn next_secret(text: &str) -> Option<std::ops::Range<usize>> {
    let token = next_token(text);
    let value = next_value(text);
    match (token, value) {
        (Some(token), Some(value)) => Some(if token.start < value.start { token } else { value }),
        (token, value) => token.or(value),
    }
}

/// The first word that begins with `AT_` or `SPT_`.
fn next_token(text: &str) -> Option<std::ops::Range<usize>> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let bytes = text.as_bytes();
    let starts = |at: usize| bytes[at..].starts_with(b"AT_") || bytes[at..].starts_with(b"SPT_");
    let start = (0..bytes.len()).find(|at| starts(*at) && (*at == 0 || !is_word(bytes[at - 1])))?;
    let length = bytes[start..].iter().take_while(|byte| is_word(**byte)).count();
    Some(start..start + length)
}

/// The text between the quotes of the first value of `"appToken"` or `"spt"`.
fn next_value(text: &str) -> Option<std::ops::Range<usize>> {
    let found = ["\"appToken\"", "\"spt\""].into_iter().filter_map(|key| value_after(text, key));
    found.min_by_key(|range| range.start)
}

fn value_after(text: &str, key: &str) -> Option<std::ops::Range<usize>> {
    let mut from = 0;
    loop {
        let after_key = text[from..].find(key)? + from + key.len();
        let rest = text[after_key..].trim_start();
        if let Some(rest) = rest.strip_prefix(':').map(str::trim_start).and_then(|rest| rest.strip_prefix('"')) {
            let start = text.len() - rest.len();
            // An escaped quote inside a token would end the mask early; tokens have none.
            let length = rest.find('"').unwrap_or(rest.len());
            if &rest[..length] != MASK && length > 0 {
                return Some(start..start + length);
            }
        }
        from = after_key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_tokens_in_paths_and_queries() {
        assert_eq!(
            mask_query("appToken=AT_x&uid=UID_a%20b&content=AT_y&flag"),
            "appToken=***&uid=UID_a%20b&content=***&flag"
        );
        assert_eq!(mask_query("appToken=wrong"), "appToken=***");
        assert_eq!(mask_path("/api/send/message/SPT%5Fx/hello"), "/api/send/message/***/hello");
    }

    #[test]
    fn masks_tokens_in_bodies() {
        let body =
            r#"{"appToken":"AT_testdemo", "content":"my SPT_x! UID_testAT_1","spt": "odd one","sptList":["SPT_a-b"]}"#;
        let masked = r#"{"appToken":"***", "content":"my ***! UID_testAT_1","spt": "***","sptList":["***"]}"#;
        assert_eq!(mask_text(body), masked);
        assert_eq!(mask_text(masked), masked);
        assert_eq!(mask_text(r#""appToken": """#), r#""appToken": """#);
        assert_eq!(mask_text("\"appToken\": \"长"), "\"appToken\": \"***");
        assert_eq!(mask_text(""), "");
    }
}
