//! `cargo xtask setup`: what the tests and checks need besides Rust.
//!
//! `setup` installs what is missing, without questions, for all parts or for those named. `setup --check PART…` installs nothing: it says what is missing, and
//! fails if anything is.

mod cache;
mod debian_root;
mod install;
mod need;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use self::need::Need;

const DATA: &str = "xtask/setup.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    #[serde(rename = "about")]
    _about: String,
    parts: BTreeMap<String, Vec<Need>>,
}

fn read() -> Result<Data> {
    serde_json::from_str(&fs::read_to_string(DATA)?).context(DATA)
}

impl Data {
    /// What these parts need and do not have.
    fn missing(&self, parts: &[&str]) -> Result<Vec<&Need>> {
        let mut needs: Vec<&Need> = Vec::new();
        for part in parts {
            let part = self.parts.get(*part).with_context(|| format!("{DATA} has no part `{part}`"))?;
            for need in part {
                if !needs.contains(&need) {
                    needs.push(need);
                }
            }
        }
        needs.retain(|need| !need.is_met());
        Ok(needs)
    }
}

/// Installs what is missing, and fails if something is still missing afterwards. Without names: for all parts.
pub(crate) fn run(parts: &[&str]) -> Result<()> {
    let data = read()?;
    let all: Vec<&str> = data.parts.keys().map(String::as_str).collect();
    let missing = data.missing(if parts.is_empty() { &all } else { parts })?;
    let errors = install::all(&missing);
    let left: Vec<String> = missing.iter().filter(|need| !need.is_met()).map(|need| need.name()).collect();
    if !left.is_empty() {
        let errors: String = errors.iter().map(|error| format!("\n{error:#}")).collect();
        bail!("not installed: {}{errors}", left.join(", "));
    }
    Ok(())
}

pub(crate) fn check(parts: &[&str]) -> Result<()> {
    let data = read()?;
    let missing: Vec<String> = data.missing(parts)?.into_iter().map(Need::name).collect();
    if !missing.is_empty() {
        bail!("{} missing: run `make setup`", missing.join(", "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_can_be_read() {
        let folder = env!("CARGO_MANIFEST_DIR");
        let text = fs::read_to_string(format!("{folder}/setup.json")).unwrap();
        let data: Data = serde_json::from_str(&text).unwrap();
        assert!(data.parts.contains_key("swift"));
    }

    #[test]
    fn names_what_is_missing() {
        let need: Need = serde_json::from_str(r#"{"command": "no-such-command", "package": "none"}"#).unwrap();
        assert!(!need.is_met());
        assert_eq!(need.name(), "no-such-command");
        let need: Need = serde_json::from_str(r#"{"command": "sh", "package": "dash"}"#).unwrap();
        assert!(need.is_met());
    }
}
