//! The size of a message after the service has converted it to HTML.
//!
//! The service converts text and Markdown to HTML and applies the content limit to the result too.
//! Its conversion is not published. This is an approximation: text is escaped and its line breaks
//! become `<br/>`; Markdown is rendered as CommonMark with tables; HTML stays as it is.

use std::borrow::Cow;

use pulldown_cmark::{Options, Parser, html};

const HTML: i64 = 2;
const MARKDOWN: i64 = 3;

pub(crate) fn as_html(content: &str, content_type: i64) -> Cow<'_, str> {
    match content_type {
        HTML => Cow::Borrowed(content),
        MARKDOWN => Cow::Owned(markdown(content)),
        _ => escape(content),
    }
}

fn markdown(content: &str) -> String {
    let mut page = String::with_capacity(content.len() * 2);
    html::push_html(&mut page, Parser::new_ext(content, Options::ENABLE_TABLES));
    page
}

fn escape(content: &str) -> Cow<'_, str> {
    let special = |character| matches!(character, '&' | '<' | '>' | '"' | '\n');
    if !content.contains(special) {
        return Cow::Borrowed(content);
    }
    let mut page = String::with_capacity(content.len() * 2);
    for character in content.chars() {
        match character {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\n' => page.push_str("<br/>"),
            other => page.push(other),
        }
    }
    Cow::Owned(page)
}

#[cfg(test)]
mod tests {
    use super::as_html;

    #[test]
    fn text_and_markdown_grow_and_html_does_not() {
        assert_eq!(as_html("a<b>\n\"&", 1), "a&lt;b&gt;<br/>&quot;&amp;");
        assert_eq!(as_html("plain", 1), "plain");
        assert_eq!(as_html("# a", 3), "<h1>a</h1>\n");
        assert_eq!(as_html("<b>&", 2), "<b>&");
    }
}
