//! Arguments that are needed before clap has parsed them: the language of the texts and the format of errors.

use std::sync::atomic::{AtomicBool, Ordering};

static HAS_DOUBLE_DASH: AtomicBool = AtomicBool::new(false);

/// Stores whether the arguments contain `--`, after which everything is text.
pub(crate) fn remember_double_dash(args: &[String]) {
    HAS_DOUBLE_DASH.store(args.iter().any(|arg| arg == "--"), Ordering::Relaxed);
}

pub(crate) fn has_double_dash() -> bool {
    HAS_DOUBLE_DASH.load(Ordering::Relaxed)
}

/// Returns the value of an option before clap has parsed the arguments.
pub(crate) fn find_option(args: &[String], name: &str) -> Option<String> {
    let before_dashes = args.iter().take_while(|arg| *arg != "--");
    let mut found = None;
    let mut args = before_dashes.peekable();
    while let Some(arg) = args.next() {
        if arg == name {
            found = args.peek().map(|value| (*value).clone());
        } else if let Some(value) = arg.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
            found = Some(value.to_owned());
        }
    }
    found
}

/// Returns whether the arguments ask for JSON, before clap has parsed them: errors of usage are JSON then, too.
pub(crate) fn wants_json(args: &[String]) -> bool {
    let has = |wanted: &str| args.iter().take_while(|arg| *arg != "--").any(|arg| arg == wanted);
    let output = find_option(args, "--output").or_else(|| find_option(args, "-o"));
    let is_json = |value: &str| value == "json" || value == "jsonl";
    has("--json") || has("-ojson") || has("-ojsonl") || output.as_deref().is_some_and(is_json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_recognized_before_parsing() {
        let wants = |args: &[&str]| wants_json(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
        assert!(wants(&["send", "--json"]) && wants(&["-o", "json"]) && wants(&["--output=jsonl"]));
        assert!(!wants(&["send", "--", "--json"]) && !wants(&["-o", "table"]));
    }
}
