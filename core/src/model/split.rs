//! Splitting a text that is longer than one message may be.

use super::error::{Error, Result};
use super::limits::{Limits, check_size};
use super::message::ContentType;

/// The number of parts in the prefix is written with up to so many digits.
const MAX_PARTS: usize = 9_999;
/// The size of the longest prefix, `(9999/9999)` and a line feed, in characters and in bytes.
const PREFIX: usize = "(9999/9999)\n".len();

/// Splits a text into parts that are each within `content_chars` and `content_bytes`.
///
/// A text within the limits is returned as it is, as the only part. Otherwise each part begins with its number, as
/// "(1/3)" and a line feed. Parts end at a paragraph if one ends in the second half of the part, else at a line, else at a
/// space, else between two characters. White space at the place of a split is dropped, nothing else. In Markdown a fenced
/// code block that is split is closed at the end of a part and opened again in the next one.
///
/// # Errors
/// `invalid_argument` for HTML, which cannot be split without breaking its tags; for an empty text; for limits too small
/// to hold the number of the part; for more than 9 999 parts.
///
/// ```
/// use wxpusher::{ContentType, Limits, split_content};
///
/// let limits = Limits { content_chars: 39, ..Limits::default() };
/// let parts = split_content("第一段，磁盘已满。\n\n第二段，请尽快处理这台服务器。\n\n第三段，谢谢各位的配合。", ContentType::Text, &limits)?;
/// assert_eq!(parts, ["(1/2)\n第一段，磁盘已满。\n\n第二段，请尽快处理这台服务器。", "(2/2)\n第三段，谢谢各位的配合。"]);
/// # Ok::<(), wxpusher::Error>(())
/// ```
pub fn split_content(content: &str, content_type: ContentType, limits: &Limits) -> Result<Vec<String>> {
    if content_type == ContentType::Html {
        return Err(Error::invalid_argument("content", "HTML cannot be split: shorten it, or send text or Markdown"));
    }
    if content.is_empty() {
        check_size("content", 0, 1, limits.content_chars, "characters")?;
    }
    let whole = Room { chars: limits.content_chars, bytes: limits.content_bytes };
    if whole.holds(content) {
        return Ok(vec![content.to_owned()]);
    }
    let is_markdown = content_type == ContentType::Markdown;
    let parts = split(content, &whole.less(PREFIX), is_markdown)?;
    let total = parts.len();
    Ok(parts.iter().zip(1..).map(|(part, number)| format!("({number}/{total})\n{part}")).collect())
}

fn split(content: &str, room: &Room, is_markdown: bool) -> Result<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = content.trim_end();
    // The line that opened the code block in which the rest begins.
    let mut fence: Option<&str> = None;
    while !rest.is_empty() {
        let opening = fence.map(|fence| format!("{fence}\n")).unwrap_or_default();
        // Room for the line that may have to close the block.
        let reserved = if is_markdown { CLOSING_MAX } else { 0 };
        let room = room.less(opening.len() + reserved);
        let end = if room.holds(rest) { rest.len() } else { room.end_of_part(rest) };
        if end == 0 || parts.len() == MAX_PARTS {
            let reason = format!("cannot be split into at most {MAX_PARTS} parts within these limits");
            return Err(Error::invalid_argument("content", reason));
        }
        let (part, after) = rest.split_at(end);
        let mut text = opening + part.trim_end();
        if is_markdown {
            fence = fence_after(part, fence);
            if let Some(fence) = fence.filter(|_| !after.is_empty()) {
                text.push('\n');
                text.push_str(closing(fence));
            }
        }
        parts.push(text);
        // A line keeps its indentation.
        rest = after.trim_start_matches(['\n', '\r']);
    }
    Ok(parts)
}

/// What a part may hold.
struct Room {
    chars: usize,
    bytes: usize,
}

impl Room {
    fn less(&self, size: usize) -> Room {
        Room { chars: self.chars.saturating_sub(size), bytes: self.bytes.saturating_sub(size) }
    }

    fn holds(&self, text: &str) -> bool {
        text.len() <= self.bytes && text.chars().count() <= self.chars
    }

    /// Returns where the part at the start of a text ends that is too long for one part.
    fn end_of_part(&self, text: &str) -> usize {
        let by_chars = text.char_indices().nth(self.chars).map_or(text.len(), |(at, _)| at);
        let mut end = by_chars.min(self.bytes);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let part = &text[..end];
        let second_half = |at: &usize| *at > end / 2;
        part.rfind("\n\n")
            .filter(second_half)
            .or_else(|| part.rfind('\n').filter(second_half))
            .or_else(|| part.rfind(' ').map(|at| at + 1).filter(second_half))
            .unwrap_or(end)
    }
}

/// The longest closing line that a part needs room for: a line feed and a fence.
const CLOSING_MAX: usize = "\n``````````".len();

/// Returns the fence of a line such as "```rust", which opens or closes a code block.
fn closing(line: &str) -> &str {
    let line = line.trim_start();
    let mark = if line.starts_with('~') { '~' } else { '`' };
    let length = line.len() - line.trim_start_matches(mark).len();
    &line[..length.min(CLOSING_MAX - 1)]
}

/// Returns the line that opened the code block in which this part ends, if it ends in one.
fn fence_after<'t>(part: &'t str, mut open: Option<&'t str>) -> Option<&'t str> {
    for line in part.lines() {
        let text = line.trim_start();
        if !text.starts_with("```") && !text.starts_with("~~~") {
            continue;
        }
        open = match open {
            None => Some(line),
            Some(fence) if text.trim_end().starts_with(closing(fence)) => None,
            still => still,
        };
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_at(chars: usize, content: &str, content_type: ContentType) -> Vec<String> {
        let limits = Limits { content_chars: chars, ..Limits::CURRENT };
        let parts = split_content(content, content_type, &limits).unwrap();
        assert!(parts.iter().all(|part| part.chars().count() <= chars), "{parts:?}");
        parts
    }

    #[test]
    fn returns_a_short_text_as_it_is() {
        assert_eq!(split_at(5, "短 \n\n", ContentType::Text), ["短 \n\n"]);
    }

    #[test]
    fn ends_parts_at_paragraphs_then_lines_then_spaces_then_characters() {
        let room = 12 + 10;
        assert_eq!(split_at(room, "1234\n5\n\n890123456789012345", ContentType::Text)[0], "(1/3)\n1234\n5");
        assert_eq!(split_at(room, "123456\n890123456789012345", ContentType::Text)[0], "(1/3)\n123456");
        assert_eq!(split_at(room, "123456 890123456789012345", ContentType::Text)[0], "(1/3)\n123456");
        assert_eq!(split_at(room, &"字".repeat(25), ContentType::Text)[0], format!("(1/3)\n{}", "字".repeat(10)));
    }

    #[test]
    fn keeps_every_character_and_the_indentation() {
        let lines: Vec<String> = (0..200).map(|n| format!("  line {n}")).collect();
        let parts = split_at(100, &lines.join("\n"), ContentType::Text);
        let joined: Vec<&str> = parts.iter().flat_map(|part| part.lines().skip(1)).collect();
        assert_eq!(joined, lines);
    }

    #[test]
    fn counts_bytes_too() {
        let limits = Limits { content_bytes: 60, ..Limits::CURRENT };
        let parts = split_content(&"😀".repeat(40), ContentType::Text, &limits).unwrap();
        assert!(parts.iter().all(|part| part.len() <= 60), "{parts:?}");
        assert_eq!(parts.iter().map(|part| part.matches('😀').count()).sum::<usize>(), 40);
    }

    #[test]
    fn closes_and_reopens_a_code_block() {
        let code: Vec<String> = (0..20).map(|n| format!("line {n}")).collect();
        let content = format!("日志：\n\n```text\n{}\n```\n\n完毕", code.join("\n"));
        let parts = split_at(100, &content, ContentType::Markdown);
        assert!(parts.len() > 1);
        for part in &parts {
            assert_eq!(part.matches("```").count() % 2, 0, "{part}");
        }
        assert!(parts[1].starts_with(&format!("(2/{})\n```text\nline ", parts.len())), "{}", parts[1]);
    }

    #[test]
    fn refuses_html_and_limits_that_are_too_small() {
        let refused = |content: &str, content_type, chars| {
            let limits = Limits { content_chars: chars, ..Limits::CURRENT };
            split_content(content, content_type, &limits).unwrap_err().to_string()
        };
        assert!(refused("<p>x</p>", ContentType::Html, 100).contains("HTML cannot be split"));
        assert!(refused("", ContentType::Text, 100).ends_with("must have 1 to 100 characters (got 0)"));
        assert!(refused(&"x".repeat(50), ContentType::Text, 12).contains("cannot be split into at most 9999 parts"));
    }
}
