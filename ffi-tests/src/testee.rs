//! A testee: one process per language that reads a call per line and writes a report per line.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::compare::shorten;
use crate::strict_json;

/// Variables that would send calls somewhere else, change the settings of a client, or load an older build of a library:
/// `cargo run` puts the folders of all builds on the library path.
const UNSET: &[&str] = &[
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "WXPUSHER_APP_TOKEN",
    "WXPUSHER_BASE_URL",
    "WXPUSHER_UID",
    "WXPUSHER_UIDS",
    "WXPUSHER_TOPIC_ID",
    "WXPUSHER_TOPIC_IDS",
    "WXPUSHER_SPT",
    "WXPUSHER_SPT_LIST",
    "LD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
];

/// How long a testee may take to end once its input is closed.
const GOODBYE: Duration = Duration::from_secs(5);

/// How long the last lines of a testee's stderr may take to arrive after it ended.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// The process of one language, started when first asked and again after it failed.
pub struct Testee {
    command: Vec<String>,
    folder: PathBuf,
    running: Option<Running>,
    said: Arc<Mutex<String>>,
}

struct Running {
    child: Child,
    /// Written by a thread of its own, so that a testee that reads nothing cannot hold up the runner.
    input: Sender<Vec<u8>>,
    lines: Receiver<Vec<u8>>,
    /// Disconnected once everything the process wrote to stderr has been read.
    stderr_read: Receiver<()>,
}

impl Testee {
    /// A testee that `command`, run in `folder`, starts.
    pub fn new(command: &[String], folder: &Path) -> Self {
        Self { command: command.to_vec(), folder: folder.to_owned(), running: None, said: Arc::default() }
    }

    /// Hands over one call and waits for its report. After an error the process is gone and the next call starts another.
    pub fn ask(&mut self, call: &Value, deadline: Instant) -> Result<Value, String> {
        let report = self.ask_running(call, deadline);
        if report.is_err() {
            self.kill();
        }
        report
    }

    fn ask_running(&mut self, call: &Value, deadline: Instant) -> Result<Value, String> {
        let running = match &mut self.running {
            Some(running) => running,
            none => none.insert(start(&self.command, &self.folder, &self.said)?),
        };
        let mut line = call.to_string().into_bytes();
        line.push(b'\n');
        // Nobody reads it any more when the testee died, which is what waiting for its answer will tell.
        let _ = running.input.send(line);
        let received = running.lines.recv_timeout(deadline.saturating_duration_since(Instant::now()));
        let line = match received {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => return Err("the testee did not answer in time".to_owned()),
            Err(RecvTimeoutError::Disconnected) => return Err(self.death()),
        };
        let report = strict_json::parse(&line).map_err(|error| {
            let line = String::from_utf8_lossy(&line);
            format!("the testee's line is not JSON ({error}): {}", shorten(&line))
        })?;
        if report["id"] != call["id"] {
            return Err(format!("the report is for {}, the call was {}", report["id"], call["id"]));
        }
        Ok(report)
    }

    fn death(&mut self) -> String {
        let status = match self.running.take().map(|running| end(running, GOODBYE)) {
            Some(End { status: Some(status), surplus: _ }) => status.to_string(),
            _ => "no exit status".to_owned(),
        };
        match self.last_words() {
            words if words.is_empty() => format!("the testee died ({status})"),
            words => format!("the testee died ({status}) and said: {words}"),
        }
    }

    fn last_words(&self) -> String {
        const LAST: usize = 800;
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let start = said.char_indices().rev().nth(LAST).map_or(0, |(index, _)| index);
        said[start..].trim().to_owned()
    }

    fn kill(&mut self) {
        if let Some(running) = self.running.take() {
            end(running, Duration::ZERO);
        }
    }

    /// Closes the testee's input and says what was wrong with how it ended, or with what it wrote to stderr.
    pub fn finish(mut self, secrets: &BTreeSet<String>) -> Vec<String> {
        let mut problems = Vec::new();
        if let Some(running) = self.running.take() {
            let End { status, surplus } = end(running, GOODBYE);
            match status {
                Some(status) if status.success() => {}
                Some(status) => problems.push(format!("the testee ended with {status}: {}", self.last_words())),
                None => problems.push("the testee did not end when its input was closed".to_owned()),
            }
            if surplus > 0 {
                problems.push(format!("the testee wrote {surplus} lines more than it was asked for"));
            }
        }
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = said.lines().find(|line| secrets.iter().any(|secret| line.contains(secret))) {
            problems.push(format!("the testee wrote a token or an SPT to stderr: {}", shorten(line)));
        }
        drop(said);
        problems
    }
}

impl Drop for Testee {
    fn drop(&mut self) {
        self.kill();
    }
}

fn start(command: &[String], folder: &Path, said: &Arc<Mutex<String>>) -> Result<Running, String> {
    let (program, arguments) = command.split_first().ok_or("the testee has no start command")?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for name in UNSET {
        command.env_remove(name);
    }
    let mut child = command.spawn().map_err(|error| format!("the testee could not be started ({program}): {error}"))?;
    let missing = || "the testee has no pipes".to_owned();
    let mut stdin = child.stdin.take().ok_or_else(missing)?;
    let output = child.stdout.take().ok_or_else(missing)?;
    let errors = child.stderr.take().ok_or_else(missing)?;
    let (input, to_write) = channel::<Vec<u8>>();
    thread::spawn(move || {
        for line in to_write {
            if stdin.write_all(&line).and_then(|()| stdin.flush()).is_err() {
                return;
            }
        }
    });
    let (sender, lines) = channel();
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while matches!(output.read_until(b'\n', &mut line), Ok(read) if read > 0) {
            if sender.send(std::mem::take(&mut line)).is_err() {
                return;
            }
        }
    });
    let said = Arc::clone(said);
    let (until_read, stderr_read) = channel();
    thread::spawn(move || {
        let _until_read: Sender<()> = until_read;
        let mut errors = BufReader::new(errors);
        let mut line = Vec::new();
        while matches!(errors.read_until(b'\n', &mut line), Ok(read) if read > 0) {
            said.lock().unwrap_or_else(PoisonError::into_inner).push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    });
    Ok(Running { child, input, lines, stderr_read })
}

/// How a process ended.
struct End {
    /// None when it had to be killed.
    status: Option<ExitStatus>,
    /// Lines that nobody had asked for.
    surplus: usize,
}

/// Closes the process's input, waits so long for it to end by itself, then kills it.
fn end(running: Running, patience: Duration) -> End {
    let Running { mut child, input, lines, stderr_read } = running;
    drop(input);
    let deadline = Instant::now() + patience;
    let left = || deadline.saturating_duration_since(Instant::now());
    // The end of its output is the first sign that a process is going.
    let surplus = std::iter::from_fn(|| lines.recv_timeout(left()).ok()).count();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => {
                // A process that it started may still hold stderr open; nobody waits long for that.
                let _ = stderr_read.recv_timeout(LAST_WORDS);
                return End { status: Some(status), surplus };
            }
            Ok(None) if !left().is_zero() => thread::sleep(Duration::from_millis(2)),
            _ => break,
        }
    }
    drop(child.kill());
    drop(child.wait());
    End { status: None, surplus }
}
