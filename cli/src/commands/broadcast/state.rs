//! The state file of a broadcast: JSON Lines.
//!
//! A `begin` line is on the disk before the request of its batch, a `done` line follows. A `begin` without `done` means
//! that the batch may have been sent. The file holds hashes of UIDs and of the message, not themselves.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use ring::digest::{Context as Sha256, SHA256};
use serde_json::{Value, json};
use wxpusher::{Message, VerifyPayType};

use crate::context::Result;
use crate::failure::Failure;
use crate::profile::private;
use crate::tr;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The server processed the batch.
    Done,
    /// The batch may have been sent.
    Maybe,
    /// The batch was not sent, or was refused as a whole.
    NotSent,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Maybe => "maybe",
            Outcome::NotSent => "not_sent",
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Batch {
    pub(super) hash: String,
    pub(super) outcome: Outcome,
    pub(super) accepted: u64,
    pub(super) failed: u64,
    pub(super) sent: String,
}

#[derive(Debug)]
pub(super) struct StateFile {
    path: PathBuf,
    file: File,
    batches: Vec<Batch>,
}

/// Returns the SHA-256 of some fields, each with its length.
pub(super) fn hash<'f>(fields: impl Iterator<Item = &'f [u8]>) -> String {
    let mut sha = Sha256::new(&SHA256);
    for field in fields {
        sha.update(&(field.len() as u64).to_be_bytes());
        sha.update(field);
    }
    sha.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn message_hash(message: &Message) -> String {
    let Message { content, content_type, summary, uids: _, topic_ids: _, url, verify_pay_type } = message;
    let numbers = [content_type.number(), verify_pay_type.map_or(-1, VerifyPayType::number)].map(i32::to_be_bytes);
    let optional = |text: &Option<String>| text.as_ref().map(|text| format!("={text}")).unwrap_or_default();
    let (summary, url) = (optional(summary), optional(url));
    let fields = [content.as_bytes(), &numbers[0], &numbers[1], summary.as_bytes(), url.as_bytes()];
    hash(fields.into_iter())
}

impl StateFile {
    /// Creates the file, or with `resume` reads and continues it.
    pub(super) fn open(path: &Path, resume: bool, message: &Message) -> Result<Self> {
        let place = path.display();
        let cannot = |error: io::Error| {
            Failure::local(tr!("--state: cannot open {place}: {error}", "--state：无法打开 {place}：{error}"))
        };
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        private(&mut options);
        let file = options.open(path).map_err(cannot)?;
        let is_empty = file.metadata().map_err(cannot)?.len() == 0;
        let message = message_hash(message);
        let mut state = Self { path: path.to_owned(), file, batches: Vec::new() };
        match (is_empty, resume) {
            (true, true) => {
                let text = tr!(
                    "--resume: {place} is empty, there is nothing to resume",
                    "--resume：{place} 为空，没有可以继续的内容"
                );
                return Err(Failure::usage("--resume", text));
            }
            (true, false) => state.write(&json!({"broadcast": 1, "message": message}))?,
            (false, false) => {
                let text = tr!(
                    "--state: {place} exists; continue it with --resume, or name another file",
                    "--state：{place} 已存在；请用 --resume 继续，或指定其他文件",
                );
                return Err(Failure::usage("--state", text));
            }
            (false, true) => state.read(&message)?,
        }
        Ok(state)
    }

    fn read(&mut self, message: &str) -> Result<()> {
        let place = self.path.display().to_string();
        let wrong = |line: usize| {
            Failure::usage(
                "--state",
                tr!("--state: {place}: line {line} is not valid", "--state：{place}：第 {line} 行无效"),
            )
        };
        let file = File::open(&self.path)?;
        let mut ends_in_newline = true;
        let mut reader = BufReader::new(file);
        let mut text = String::new();
        for number in 1.. {
            text.clear();
            if reader.read_line(&mut text)? == 0 {
                break;
            }
            ends_in_newline = text.ends_with('\n');
            let Ok(line) = serde_json::from_str::<Value>(&text) else {
                // The machine stopped while the last line was written, so its request was not made or is not recorded.
                if ends_in_newline {
                    return Err(wrong(number));
                }
                continue;
            };
            if number == 1 {
                if line["message"] != message {
                    let text = tr!("--resume: {place} belongs to another message", "--resume：{place} 属于另一条消息",);
                    return Err(Failure::usage("--resume", text));
                }
                continue;
            }
            self.apply(&line).ok_or_else(|| wrong(number))?;
        }
        if !ends_in_newline {
            writeln!(self.file)?;
        }
        Ok(())
    }

    fn apply(&mut self, line: &Value) -> Option<()> {
        if let Some(number) = line["begin"].as_u64() {
            let hash = line["uids"].as_str()?.to_owned();
            let begun = Batch { hash, outcome: Outcome::Maybe, accepted: 0, failed: 0, sent: "maybe".to_owned() };
            let index = usize::try_from(number).ok()?.checked_sub(1)?;
            let known = self.batches.len();
            match self.batches.get_mut(index) {
                Some(batch) => *batch = begun,
                None if index == known => self.batches.push(begun),
                None => return None,
            }
            return Some(());
        }
        let index = usize::try_from(line["done"].as_u64()?).ok()?.checked_sub(1)?;
        let batch = self.batches.get_mut(index)?;
        batch.outcome = match line["outcome"].as_str()? {
            "done" => Outcome::Done,
            "not_sent" => Outcome::NotSent,
            _ => Outcome::Maybe,
        };
        Some(())
    }

    /// Returns what the file knows about a batch; numbers begin at 1.
    pub(super) fn batch(&self, number: u64) -> Option<Batch> {
        self.batches.get(usize::try_from(number).ok()?.checked_sub(1)?).cloned()
    }

    /// The number of batches in the file.
    pub(super) fn batches(&self) -> u64 {
        self.batches.len() as u64
    }

    pub(super) fn begin(&mut self, number: u64, hash: &str, count: usize) -> Result<()> {
        let line = json!({"begin": number, "uids": hash, "count": count});
        self.apply(&line);
        self.write(&line)
    }

    pub(super) fn done(&mut self, number: u64, batch: &Batch) -> Result<()> {
        let Batch { hash: _, outcome, accepted, failed, sent } = batch;
        let line = json!({
            "done": number, "outcome": outcome.as_str(), "accepted": accepted, "failed": failed, "sent": sent,
        });
        self.apply(&line);
        self.write(&line)
    }

    /// Writes a line and waits until it is on the disk.
    fn write(&mut self, line: &Value) -> Result<()> {
        let text = format!("{line}\n");
        self.file.write_all(text.as_bytes()).and_then(|()| self.file.sync_data()).map_err(|error| {
            let place = self.path.display();
            Failure::local(tr!("--state: cannot write {place}: {error}", "--state：无法写入 {place}：{error}"))
        })
    }
}
