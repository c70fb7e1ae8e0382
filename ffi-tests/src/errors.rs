//! `errors.json`, the one list of error kinds.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// The list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorList {
    /// What an error may say about whether the request reached the server.
    pub sent: Vec<String>,
    /// The kinds, by rising number.
    pub kinds: Vec<ErrorKind>,
}

/// One kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorKind {
    /// Never reused.
    pub number: i64,
    /// Its name on the wire of the suite.
    pub kind: String,
    /// When it happens.
    pub meaning: String,
    /// The fields that are then not null.
    pub carries: Vec<String>,
    /// Why no case can show it.
    pub no_case: Option<String>,
}

impl ErrorList {
    /// Reads the list of the suite in `root`.
    pub fn load(root: &Path) -> Result<Self, String> {
        let path = root.join("errors.json");
        let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let list: Self = serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut seen = BTreeMap::new();
        for entry in &list.kinds {
            if let Some(other) = seen.insert(entry.number, &entry.kind) {
                return Err(format!("errors.json: {other} and {} are both number {}", entry.kind, entry.number));
            }
        }
        Ok(list)
    }

    /// The entry of a kind.
    pub fn get(&self, kind: &str) -> Option<&ErrorKind> {
        self.kinds.iter().find(|entry| entry.kind == kind)
    }
}
