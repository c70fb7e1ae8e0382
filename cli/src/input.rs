//! The text of a message, from an argument, a file or standard input, and what happens if it is too long.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};
use wxpusher::{ContentType, Limits, split_content};

use crate::context::Result;
use crate::failure::Failure;
use crate::output::warn;
use crate::tr;

#[derive(Debug, Default, ClapArgs)]
pub(crate) struct ContentArgs {
    /// Text of the message; `-` reads it from standard input
    #[arg(value_name = "TEXT", allow_hyphen_values = true, conflicts_with_all = ["message", "file"])]
    pub(crate) text: Option<String>,
    /// Text of the message, as an option
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true, conflicts_with = "file")]
    pub(crate) message: Option<String>,
    /// Read the text from this file; `-` is standard input
    #[arg(short, long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Format of the text
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["html", "markdown"])]
    pub(crate) format: Option<TextFormat>,
    /// The text is HTML; the same as --format html
    #[arg(long, conflicts_with = "markdown")]
    pub(crate) html: bool,
    /// The text is Markdown; the same as --format markdown
    #[arg(long)]
    pub(crate) markdown: bool,
    /// Text shown in the chat list, at most 100 characters
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) summary: Option<String>,
    /// URL that the message's page links to, at most 1000 characters
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// What to do with a text over the limit of 40000 characters or 65535 bytes
    #[arg(long, value_name = "WHAT", default_value = "fail")]
    pub(crate) on_long: OnLong,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextFormat {
    Text,
    Html,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum OnLong {
    #[default]
    Fail,
    Split,
    Truncate,
}

/// The longest text for `--on-long split`, in bytes.
const MAX_SPLIT: usize = 8 * 1024 * 1024;

impl ContentArgs {
    pub(crate) fn content_type(&self) -> ContentType {
        match (self.format, self.html, self.markdown) {
            (Some(TextFormat::Html), ..) | (None, true, _) => ContentType::Html,
            (Some(TextFormat::Markdown), ..) | (None, false, true) => ContentType::Markdown,
            _ => ContentType::Text,
        }
    }

    /// Returns whether any text is given.
    pub(crate) fn is_given(&self) -> bool {
        self.text.is_some() || self.message.is_some() || self.file.is_some()
    }

    pub(crate) fn reads_stdin(&self) -> bool {
        self.text.as_deref() == Some("-") || self.file.as_deref() == Some(Path::new("-"))
    }

    /// Reads the text, as one message or, with `--on-long split`, as several.
    pub(crate) fn read(&self, limits: &Limits) -> Result<Vec<String>> {
        let text = match (&self.text, &self.message, &self.file) {
            (Some(text), ..) if text == "-" => self.read_from(io::stdin().lock(), "-", limits)?,
            (Some(text), ..) => {
                refuse_mistyped_option(text)?;
                text.clone()
            }
            (None, Some(message), _) => message.clone(),
            (None, None, Some(file)) if file == Path::new("-") => self.read_from(io::stdin().lock(), "-", limits)?,
            (None, None, Some(file)) => {
                let place = file.display().to_string();
                let opened = File::open(file).map_err(|error| cannot_read(&place, &error))?;
                self.read_from(opened, &place, limits)?
            }
            (None, None, None) => {
                let text = tr!(
                    "no text: give TEXT, -m TEXT or -f FILE (`-` reads standard input)",
                    "没有内容：请给出 TEXT、-m TEXT 或 -f FILE（`-` 表示标准输入）",
                );
                return Err(Failure::usage("TEXT", text));
            }
        };
        fit(text, self.content_type(), self.on_long, limits)
    }

    fn read_from(&self, source: impl Read, place: &str, limits: &Limits) -> Result<String> {
        let max = if self.on_long == OnLong::Split { MAX_SPLIT } else { limits.content_bytes.min(MAX_SPLIT) };
        let mut bytes = Vec::new();
        // A BOM is dropped later, and a last character may be cut.
        let most = max + "\u{feff}".len() + 4;
        source.take(most as u64).read_to_end(&mut bytes).map_err(|error| cannot_read(place, &error))?;
        let is_cut = bytes.len() == most;
        if is_cut && self.on_long != OnLong::Truncate {
            let text = tr!(
                "{place}: the text is longer than {max} bytes; --on-long split sends it in parts",
                "{place}：内容超过 {max} 字节；--on-long split 可分条发送",
            );
            return Err(Failure::usage("TEXT", text));
        }
        if is_cut {
            let end = bytes.utf8_chunks().map(|chunk| chunk.valid().len() + chunk.invalid().len()).sum::<usize>();
            let last = bytes.utf8_chunks().last().map_or(0, |chunk| chunk.invalid().len());
            bytes.truncate(end - last);
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let text = String::from_utf8_lossy(bytes);
        if let std::borrow::Cow::Owned(_) = text {
            warn(&tr!(
                "warning: {place}: bytes that are not UTF-8 were replaced by U+FFFD",
                "警告：{place}：非 UTF-8 字节已替换为 U+FFFD",
            ));
        }
        Ok(text.into_owned())
    }
}

fn cannot_read(place: &str, error: &io::Error) -> Failure {
    Failure::local(tr!("cannot read {place}: {error}", "无法读取 {place}：{error}"))
}

/// TEXT may begin with a dash, so clap takes an unknown option for a text.
fn refuse_mistyped_option(text: &str) -> Result<()> {
    let is_option = text.strip_prefix("--").is_some_and(|name| {
        let name = name.split('=').next().unwrap_or(name);
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    });
    if !is_option || crate::raw_args::has_double_dash() {
        return Ok(());
    }
    let text = tr!(
        "unknown option {text}; to send it as text: -- {text}",
        "未知选项 {text}；如要作为内容发送，请写 -- {text}"
    );
    Err(Failure::usage("TEXT", text))
}

/// Returns how much longer a character becomes when WxPusher converts the text to HTML, in ASCII characters.
///
/// WxPusher applies the limits to the result too (protocol §4). Its conversion is not published.
fn growth(c: char) -> usize {
    match c {
        '&' | '\n' => "&amp;".len() - 1,
        '<' | '>' => "&lt;".len() - 1,
        '"' => "&quot;".len() - 1,
        _ => 0,
    }
}

fn fits(text: &str, limits: &Limits) -> bool {
    let growth: usize = text.chars().map(growth).sum();
    text.len() + growth <= limits.content_bytes && text.chars().count() + growth <= limits.content_chars
}

/// Splits the text so that each part fits after its conversion to HTML.
fn split(text: &str, content_type: ContentType, limits: &Limits) -> Result<Vec<String>> {
    let mut room = *limits;
    loop {
        let parts = split_content(text, content_type, &room)?;
        if parts.iter().all(|part| fits(part, limits)) {
            return Ok(parts);
        }
        room.content_chars -= room.content_chars.div_ceil(10);
        room.content_bytes -= room.content_bytes.div_ceil(10);
    }
}

/// Applies `--on-long`.
fn fit(text: String, content_type: ContentType, on_long: OnLong, limits: &Limits) -> Result<Vec<String>> {
    if fits(&text, limits) {
        return Ok(vec![text]);
    }
    match on_long {
        // Core refuses it, and says how long it is.
        OnLong::Fail => Ok(vec![text]),
        OnLong::Split => split(&text, content_type, limits),
        OnLong::Truncate if content_type == ContentType::Html => {
            let text = tr!("--on-long truncate: HTML cannot be shortened", "--on-long truncate：HTML 不能截断");
            Err(Failure::usage("--on-long", text))
        }
        OnLong::Truncate => {
            const END: &str = "…";
            let mut short = String::new();
            let (mut chars, mut bytes) =
                (limits.content_chars.saturating_sub(1), limits.content_bytes.saturating_sub(END.len()));
            for c in text.chars() {
                let growth = growth(c);
                if chars < 1 + growth || bytes < c.len_utf8() + growth {
                    break;
                }
                chars -= 1 + growth;
                bytes -= c.len_utf8() + growth;
                short.push(c);
            }
            Ok(vec![short + END])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { content_chars: 20, content_bytes: 60, ..Limits::CURRENT };

    fn read(bytes: &[u8], on_long: OnLong) -> Result<Vec<String>> {
        let args = ContentArgs { on_long, ..ContentArgs::default() };
        fit(args.read_from(bytes, "-", &LIMITS)?, ContentType::Text, on_long, &LIMITS)
    }

    #[test]
    fn drops_a_bom_and_replaces_invalid_bytes() {
        assert_eq!(read("\u{feff}好".as_bytes(), OnLong::Fail).unwrap(), ["好"]);
        assert_eq!(read(b"a\xffb", OnLong::Fail).unwrap(), ["a\u{fffd}b"]);
    }

    #[test]
    fn reads_no_further_than_the_limit() {
        assert!(read_endless(OnLong::Fail).is_err());
        assert_eq!(read_endless(OnLong::Truncate).unwrap().chars().count(), 64 + 3);
    }

    fn read_endless(on_long: OnLong) -> Result<String> {
        ContentArgs { on_long, ..ContentArgs::default() }.read_from(io::repeat(b'y'), "-", &LIMITS)
    }

    #[test]
    fn shortens_by_characters_and_bytes() {
        assert_eq!(read(&[b'x'; 30], OnLong::Truncate).unwrap(), [format!("{}…", "x".repeat(19))]);
        let short = read("🌍".repeat(18).as_bytes(), OnLong::Truncate).unwrap();
        assert_eq!(short, [format!("{}…", "🌍".repeat(14))]);
    }
}
