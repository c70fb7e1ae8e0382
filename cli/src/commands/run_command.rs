//! `wxpusher send --run CMD…`: runs a command and sends its exit status, duration and the end of its output.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use wxpusher::{ContentType, Limits};

use super::send::{SendArgs, send};
use crate::context::{Context, Done, Result};
use crate::exit::OK;
use crate::failure::Failure;
use crate::output::warn;
use crate::{interrupt, tr};

/// The end of the output is at most so long, so that the message stays within its limit.
const MAX_TAIL: usize = 30_000;

pub(crate) fn run(context: &Context, args: &SendArgs, command: &[String]) -> Result {
    // A pipeline's text is read before the command can read from standard input.
    let text = if args.content().is_given() { args.content().read(&Limits::CURRENT)? } else { Vec::new() };
    // `--run -- CMD` and `--run CMD` are the same.
    let command = if command[0] == "--" && command.len() > 1 { &command[1..] } else { command };
    let begin = Instant::now();
    let Ended { status, tail } = {
        let _guard = interrupt::guard();
        run_child(context, args, command)
    };
    // A signal was for the command. The message about its end is sent nevertheless.
    interrupt::clear();
    let content = content(args.content().content_type(), &text, &describe(command, status, begin.elapsed()), tail);
    let delivered = send(context, args, vec![content]);
    match delivered {
        Ok(done) if status == OK => Ok(done),
        Ok(Done { outcome, .. }) => Err(Failure::child(status).with_outcome(outcome)),
        Err(failure) => {
            let text = failure.text().unwrap_or_default();
            warn(&tr!(
                "the command ended, but the message was not delivered: {text}",
                "命令已结束，但消息未送出：{text}"
            ));
            let document = failure.to_json(crate::exit::Class::Delivering);
            match status {
                OK => Ok(Done { outcome: document, is_printed: false }),
                _ => Err(Failure::child(status).with_outcome(document)),
            }
        }
    }
}

struct Ended {
    status: u8,
    tail: Option<String>,
}

fn run_child(context: &Context, args: &SendArgs, command: &[String]) -> Ended {
    let mut child = Command::new(&command[0]);
    child.args(&command[1..]).env_remove("WXPUSHER_APP_TOKEN");
    if args.content().reads_stdin() {
        child.stdin(Stdio::null());
    }
    if args.tail().is_some() {
        child.stdout(Stdio::piped()).stderr(Stdio::piped());
    } else if context.out.is_json() {
        // Standard output is for the document.
        child.stdout(Stdio::piped());
    }
    match child.spawn() {
        Ok(child) => watch(context, child, args.tail()),
        Err(error) => {
            let name = &command[0];
            let text = tr!("cannot run {name}: {error}", "无法运行 {name}：{error}");
            warn(&text);
            // The statuses that shells use.
            let status = if error.kind() == io::ErrorKind::NotFound { 127 } else { 126 };
            Ended { status, tail: Some(text) }
        }
    }
}

fn watch(context: &Context, mut child: Child, lines: Option<u32>) -> Ended {
    let tail = Arc::new(Mutex::new(Tail { lines: lines.unwrap_or(0) as usize, ..Tail::default() }));
    let mut copies = Vec::new();
    let to_stderr = context.out.is_json();
    if let Some(stdout) = child.stdout.take() {
        let tail = Arc::clone(&tail);
        copies.push(thread::spawn(move || {
            if to_stderr { copy(stdout, io::stderr(), &tail) } else { copy(stdout, io::stdout(), &tail) }
        }));
    }
    if let Some(stderr) = child.stderr.take() {
        let tail = Arc::clone(&tail);
        copies.push(thread::spawn(move || copy(stderr, io::stderr(), &tail)));
    }
    let status = child.wait();
    for copy in copies {
        // The copies end with the command, or with the last of its children that kept the output open.
        let _ = copy.join();
    }
    let tail = lines.map(|_| tail.lock().unwrap_or_else(PoisonError::into_inner).text());
    Ended { status: status.map_or(1, |status| status_number(&status)), tail }
}

#[cfg(unix)]
fn status_number(status: &ExitStatus) -> u8 {
    use std::os::unix::process::ExitStatusExt;
    // As shells do: 128 and the number of the signal.
    let number = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    number.map_or(1, |number| number as u8)
}

#[cfg(not(unix))]
fn status_number(status: &ExitStatus) -> u8 {
    match status.code() {
        Some(0) => 0,
        Some(code) if (code as u8) != 0 => code as u8,
        _ => 1,
    }
}

/// The last lines of the output.
#[derive(Default)]
struct Tail {
    lines: usize,
    kept: VecDeque<Vec<u8>>,
    line: Vec<u8>,
}

impl Tail {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if byte == b'\n' {
                self.end_line();
            } else if self.line.len() < MAX_TAIL {
                self.line.push(byte);
            }
        }
    }

    fn end_line(&mut self) {
        self.kept.push_back(std::mem::take(&mut self.line));
        if self.kept.len() > self.lines {
            self.kept.pop_front();
        }
    }

    fn text(&mut self) -> String {
        if !self.line.is_empty() {
            self.end_line();
        }
        let bytes: Vec<Vec<u8>> = self.kept.iter().cloned().collect();
        let text = String::from_utf8_lossy(&bytes.join(&b'\n')).into_owned();
        let mut from = text.len().saturating_sub(MAX_TAIL);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        text[from..].to_owned()
    }
}

fn copy(mut from: impl Read, mut to: impl Write, tail: &Mutex<Tail>) {
    let mut buffer = [0; 8192];
    // A closed standard output does not end the command's output: it is still read for the message.
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        let _ = to.write_all(&buffer[..count]).and_then(|()| to.flush());
        tail.lock().unwrap_or_else(PoisonError::into_inner).add(&buffer[..count]);
    }
}

fn describe(command: &[String], status: u8, duration: Duration) -> String {
    let mark = if status == OK { "✓" } else { "✗" };
    let command = command.join(" ");
    let seconds = duration.as_secs();
    let time = match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, _) => format!("{:.1} s", duration.as_secs_f64()),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, seconds) => format!("{hours} h {minutes} min {seconds} s"),
    };
    tr!("{mark} {command}: exit status {status} after {time}", "{mark} {command}：退出状态 {status}，用时 {time}")
}

fn content(content_type: ContentType, text: &[String], ended: &str, tail: Option<String>) -> String {
    let tail = tail.filter(|tail| !tail.trim().is_empty()).map(|tail| match content_type {
        ContentType::Text => tail,
        ContentType::Markdown => format!("```\n{tail}\n```"),
        ContentType::Html => format!("<pre>{}</pre>", escape_html(&tail)),
    });
    let ended = if content_type == ContentType::Html { escape_html(ended) } else { ended.to_owned() };
    let separator = if content_type == ContentType::Html { "<br>" } else { "\n\n" };
    let parts = text.iter().cloned().chain([ended]).chain(tail);
    parts.collect::<Vec<_>>().join(separator)
}

fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
