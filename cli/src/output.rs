//! Standard output for results, standard error for everything else.
//!
//! A closed standard output is silent. Another write error (a full disk) is reported on standard error at the end; it
//! decides the exit status only of commands that deliver nothing.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, ErrorKind, IsTerminal, Write};

use clap::ValueEnum;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;
use wxpusher::printable;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Style {
    Plain,
    Good,
    Bad,
    Header,
    WhiteOnBlack,
}

impl Style {
    fn code(self) -> Option<&'static str> {
        match self {
            Style::Plain => None,
            Style::Good => Some("32"),
            Style::Bad => Some("31"),
            Style::Header => Some("1"),
            Style::WhiteOnBlack => Some("97;40"),
        }
    }
}

#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) format: Format,
    pub(crate) quiet: bool,
    pub(crate) is_terminal: bool,
    colors: bool,
    stdout: RefCell<io::BufWriter<io::Stdout>>,
    failed: RefCell<Option<io::Error>>,
    last_note: RefCell<String>,
}

impl Output {
    pub(crate) fn new(format: Format, color: Color, quiet: bool) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let colors = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !is_set("NO_COLOR") && std::env::var("TERM").as_deref() != Ok("dumb"),
        };
        let stdout = RefCell::new(io::BufWriter::new(io::stdout()));
        Self { format, quiet, is_terminal, colors, stdout, failed: RefCell::default(), last_note: RefCell::default() }
    }

    /// Whether results are written as JSON, so that nothing else may go to standard output.
    pub(crate) fn is_json(&self) -> bool {
        matches!(self.format, Format::Json | Format::Jsonl)
    }

    pub(crate) fn is_table(&self) -> bool {
        self.format == Format::Table
    }

    fn write(&self, text: &str) {
        if self.failed.borrow().is_some() {
            return;
        }
        if let Err(error) = self.stdout.borrow_mut().write_all(text.as_bytes()) {
            *self.failed.borrow_mut() = Some(error);
        }
    }

    /// Writes a line of a result for people. Not with `--json`, `--quiet`.
    pub(crate) fn line(&self, text: &str) {
        if !self.is_json() && !self.quiet {
            self.raw(text);
            self.write("\n");
        }
    }

    /// Writes text as it is.
    pub(crate) fn raw(&self, text: &str) {
        self.write(text);
    }

    /// Writes a JSON document and a line feed at once, so that a reader gets whole lines.
    pub(crate) fn json(&self, value: &Value) {
        self.write(&format!("{value}\n"));
        self.flush();
    }

    pub(crate) fn flush(&self) {
        if self.failed.borrow().is_some() {
            return;
        }
        if let Err(error) = self.stdout.borrow_mut().flush() {
            *self.failed.borrow_mut() = Some(error);
        }
    }

    /// Returns why standard output could not be written; a reader that has gone is no error.
    pub(crate) fn finish(&self) -> Option<io::Error> {
        self.flush();
        self.failed.borrow_mut().take().filter(|error| error.kind() != ErrorKind::BrokenPipe)
    }

    /// Whether the reader of standard output has gone or cannot take more.
    pub(crate) fn is_closed(&self) -> bool {
        self.failed.borrow().is_some()
    }

    /// Writes a line to standard error, unless it is the line written last.
    pub(crate) fn note_once(&self, text: &str) {
        if *self.last_note.borrow() != text {
            text.clone_into(&mut self.last_note.borrow_mut());
            self.note(text);
        }
    }

    /// Writes a line to standard error, after what was written to standard output before.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            self.flush();
            warn(text);
        }
    }

    pub(crate) fn paint<'t>(&self, style: Style, text: &'t str) -> Cow<'t, str> {
        match style.code().filter(|_| self.colors) {
            Some(code) => Cow::Owned(format!("\x1b[{code}m{text}\x1b[0m")),
            None => Cow::Borrowed(text),
        }
    }

    /// Writes rows: aligned with a header on a terminal, separated by tabs elsewhere, or as CSV.
    pub(crate) fn table(&self, header: &[String], rows: &[Vec<Cell>]) {
        match self.format {
            Format::Json | Format::Jsonl => {}
            Format::Csv => {
                self.line(&csv(header.iter().map(String::as_str)));
                for row in rows {
                    self.line(&csv(row.iter().map(|cell| &*cell.text)));
                }
            }
            Format::Table if self.is_terminal => self.aligned(header, rows),
            Format::Table => {
                for row in rows {
                    let cells: Vec<_> = row.iter().map(|cell| one_line(&cell.text)).collect();
                    self.line(&cells.join("\t"));
                }
            }
        }
    }

    fn aligned(&self, header: &[String], rows: &[Vec<Cell>]) {
        let mut widths: Vec<usize> = header.iter().map(|name| name.width()).collect();
        let rows: Vec<Vec<(Style, String)>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| (cell.style, one_line(&cell.text).into_owned())).collect())
            .collect();
        for row in &rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, (_, text)) in widths.iter_mut().zip(row) {
                *width = (*width).max(text.width());
            }
        }
        let line = |cells: &mut dyn Iterator<Item = (Style, &str)>| {
            let mut text = String::new();
            for (at, (style, cell)) in cells.enumerate() {
                let padding = if at + 1 == widths.len() { 0 } else { widths[at] - cell.width() + 2 };
                text += &self.paint(style, cell);
                text += &" ".repeat(padding);
            }
            self.line(text.trim_end());
        };
        if !header.is_empty() {
            line(&mut header.iter().map(|name| (Style::Header, name.as_str())));
        }
        for row in &rows {
            line(&mut row.iter().map(|(style, text)| (*style, text.as_str())));
        }
    }
}

/// Writes a line to standard error, also with `--quiet`.
pub(crate) fn warn(text: &str) {
    let _ = writeln!(io::stderr(), "wxpusher: {}", printable(text));
}

#[derive(Debug, Clone)]
pub(crate) struct Cell {
    style: Style,
    text: String,
}

impl Cell {
    pub(crate) fn mark(ok: bool) -> Self {
        let style = if ok { Style::Good } else { Style::Bad };
        Self { style, text: if ok { "✓" } else { "✗" }.to_owned() }
    }
}

impl<T: ToString> From<T> for Cell {
    fn from(value: T) -> Self {
        Self { style: Style::Plain, text: value.to_string() }
    }
}

/// Escapes control characters, and line feeds and tabs, which would break a row.
fn one_line(text: &str) -> Cow<'_, str> {
    match printable(text) {
        Cow::Borrowed(text) if !text.contains(['\n', '\t']) => Cow::Borrowed(text),
        text => Cow::Owned(text.replace('\n', "\\n").replace('\t', "\\t")),
    }
}

fn csv<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let quoted = |cell: &str| match cell.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    };
    cells.map(quoted).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_one_line_and_csv_is_quoted() {
        assert_eq!(one_line("a\tb\nc\u{1b}[2J"), "a\\tb\\nc\\x1b[2J");
        assert_eq!(csv(["a", "b,c", "d\"e"].into_iter()), "a,\"b,c\",\"d\"\"e\"");
    }
}
