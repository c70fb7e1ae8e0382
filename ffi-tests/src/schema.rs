//! The schema of case files: the one place that says which fields, verbs and schema numbers exist.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;

/// The compiled schema, and the verbs it lists.
pub struct Schema {
    validator: Validator,
    verbs: Vec<String>,
}

impl Schema {
    /// Reads `schema/case-1.schema.json` of the suite in `root`.
    pub fn load(root: &Path) -> Result<Self, String> {
        let path = root.join("schema/case-1.schema.json");
        let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let schema: Value = serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let validator = jsonschema::validator_for(&schema).map_err(|error| format!("{}: {error}", path.display()))?;
        let verbs: Vec<String> = schema["$defs"]["verb"]["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|verb| verb.as_str().map(str::to_owned))
            .collect();
        if verbs.is_empty() {
            return Err(format!("{}: $defs.verb.enum lists no verb", path.display()));
        }
        Ok(Self { validator, verbs })
    }

    /// Every verb a case may call, and every testee must know.
    pub fn verbs(&self) -> &[String] {
        &self.verbs
    }

    /// Says what is wrong with a case whose macros are written out.
    pub fn check(&self, case: &Value) -> Result<(), String> {
        let mut problems: Vec<String> = self
            .validator
            .iter_errors(case)
            .map(|error| format!("at {}: {}", error.instance_path(), shorten(&error.to_string())))
            .collect();
        if problems.is_empty() {
            return Ok(());
        }
        problems.truncate(5);
        Err(problems.join("; "))
    }
}

/// A message of the validator quotes the offending value, which may be a whole case: its end says what is wrong.
fn shorten(message: &str) -> String {
    const ENDS: usize = 120;
    let characters: Vec<char> = message.chars().collect();
    if characters.len() <= 2 * ENDS {
        return message.to_owned();
    }
    let start: String = characters[..ENDS].iter().collect();
    let end: String = characters[characters.len() - ENDS..].iter().collect();
    format!("{start} … {end}")
}
