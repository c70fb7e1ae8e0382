//! A case as the runner holds it, and how case files are found and read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::schema::Schema;
use crate::{expand, strict_json};

/// A case and the name its file gave it.
#[derive(Debug, Clone)]
pub struct NamedCase {
    /// Area and file name, without the extension: `send/text`.
    pub id: String,
    /// What the file says.
    pub case: Case,
}

impl NamedCase {
    /// The folder the case lies in.
    pub fn area(&self) -> &str {
        self.id.split_once('/').map_or("", |(area, _)| area)
    }
}

/// One case file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The number of the format, checked by the schema.
    #[serde(rename = "schema")]
    pub format: u32,
    /// What would break if nobody looked.
    pub why: String,
    /// Options of the one client all steps share.
    #[serde(default)]
    pub client: Map<String, Value>,
    /// A server that does not simply listen.
    #[serde(default)]
    pub server: Listening,
    /// How many connections the case may open.
    pub connections: Option<usize>,
    /// Time for the whole case.
    #[serde(default = "default_timeout_ms")]
    pub timeout_ms: u64,
    /// The calls, in order.
    pub steps: Vec<Step>,
}

fn default_timeout_ms() -> u64 {
    10_000
}

impl Case {
    /// Time for the whole case.
    pub fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout_ms)
    }
}

/// How the scripted server meets the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listening {
    /// It listens.
    #[default]
    Always,
    /// Every connection is refused.
    Refusing,
    /// Connections are refused until this many milliseconds after the first call began.
    RefusingForMs(u64),
    /// The queue of the port is full: connecting neither succeeds nor fails.
    Full,
}

/// One call, what it does on the wire and what comes of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The verb.
    pub call: String,
    /// Its arguments, handed to the testee as they are.
    pub args: Map<String, Value>,
    /// What the server is asked and answers, in order.
    #[serde(default)]
    pub http: Vec<Exchange>,
    /// When the testee cancels the client.
    pub cancel_after_ms: Option<u64>,
    /// How long the call may take.
    #[serde(default)]
    pub took_ms: Took,
    /// What the testee has to report.
    pub result: Expected,
}

/// Bounds on the time of a call, as the runner sees it.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Took {
    /// Not sooner.
    pub at_least: Option<u64>,
    /// Not later.
    pub at_most: Option<u64>,
}

/// What a call has to come to.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// A value, compared exactly.
    Ok(Value),
    /// An error, compared in the fields given.
    Err(Value),
}

/// One request and its answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// The request.
    pub expect: ExpectedRequest,
    /// The answer.
    pub reply: Reply,
}

/// A request, as the case wants it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExpectedRequest {
    /// `GET`, `POST` …
    pub method: String,
    /// The path, percent-encoded.
    pub path: String,
    /// The query as decoded pairs in order.
    pub query: Option<Vec<(String, String)>>,
    /// The query as it stands.
    pub raw_query: Option<String>,
    /// Headers that have to be there, or not.
    pub headers: BTreeMap<String, Value>,
    /// The whole body.
    #[serde(deserialize_with = "present")]
    pub json: Option<Value>,
    /// A TLS handshake instead of a request.
    pub tls_client_hello: bool,
}

/// An answer of the scripted server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The status code.
    #[serde(default = "default_status")]
    pub status: u16,
    /// Headers, in addition to or instead of the server's own.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The body as JSON.
    #[serde(default, deserialize_with = "present")]
    pub json: Option<Value>,
    /// The body as bytes.
    pub raw: Option<Bytes>,
    /// Bytes instead of an HTTP answer.
    pub wire: Option<Bytes>,
    /// How the end of the body is told.
    #[serde(default)]
    pub framing: Framing,
    /// Silence before the first byte.
    #[serde(default)]
    pub delay_ms: u64,
    /// Silence before each byte of the body.
    #[serde(default)]
    pub drip_ms: u64,
    /// Where the server closes the connection.
    #[serde(default)]
    pub close: Place,
    /// Whether closing is a reset.
    #[serde(default)]
    pub reset: bool,
    /// Where the server falls silent.
    #[serde(default)]
    pub hang: Place,
}

fn default_status() -> u16 {
    200
}

/// A field that is there and `null` is not a field that is missing.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// How the end of a body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Framing {
    /// By Content-Length.
    #[default]
    Length,
    /// By chunks.
    Chunked,
    /// By closing the connection.
    Close,
}

/// A place in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Nowhere.
    #[default]
    Never,
    /// After the request, before any byte of the answer.
    BeforeHeaders,
    /// After half of the head.
    MidHeaders,
    /// After half of the body.
    MidBody,
    /// After the whole answer.
    AfterBody,
}

/// Bytes, written as text or as base64.
#[derive(Debug, Clone)]
pub struct Bytes(pub Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Text(String),
            Base64 { base64: String },
        }
        match Form::deserialize(deserializer)? {
            Form::Text(text) => Ok(Self(text.into_bytes())),
            Form::Base64 { base64 } => BASE64_STANDARD.decode(base64).map(Self).map_err(serde::de::Error::custom),
        }
    }
}

/// Reads a case from its JSON text.
pub fn parse(text: &[u8], schema: &Schema) -> Result<Case, String> {
    let written = strict_json::parse(text).map_err(|error| format!("not JSON: {error}"))?;
    from_value(&written, schema)
}

/// Reads a case that is part of another document.
pub fn from_value(written: &Value, schema: &Schema) -> Result<Case, String> {
    let expanded = expand::expand(written)?;
    schema.check(&expanded)?;
    serde_json::from_value(expanded)
        .map_err(|error| format!("the schema accepts what the runner does not know: {error}"))
}

/// Reads every case below `root/cases`, in the order of their names. One file that cannot be read refuses them all.
pub fn load_all(root: &Path, schema: &Schema) -> Result<Vec<NamedCase>, String> {
    let folder = root.join("cases");
    let mut cases = Vec::new();
    let mut problems = Vec::new();
    for path in files_below(&folder)? {
        let name = path.strip_prefix(&folder).unwrap_or(&path);
        let id = name.with_extension("").to_string_lossy().replace('\\', "/");
        if id.split('/').count() != 2 || path.extension().is_none_or(|extension| extension != "json") {
            problems.push(format!("cases/{}: not of the form <area>/<name>.json", name.display()));
            continue;
        }
        let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        match parse(&text, schema) {
            Ok(case) => cases.push(NamedCase { id, case }),
            Err(problem) => problems.push(format!("cases/{}: {problem}", name.display())),
        }
    }
    if problems.is_empty() { Ok(cases) } else { Err(problems.join("\n")) }
}

/// All files below a folder, sorted.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
