//! `cargo xtask words`: words and phrases of the old style must not come back.
//!
//! A word is found where neither a letter nor a digit touches it, so also inside `snake_case` names and file names. A word
//! with a capital letter is compared exactly, every other one in any case. A phrase must be on one line.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

const DATA: &str = "xtask/words.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    #[serde(rename = "about")]
    _about: String,
    words: Vec<Rule>,
    not_read: BTreeMap<String, String>,
    not_yet: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    find: Vec<String>,
    write: String,
    /// Folders that this rule is not for.
    #[serde(default)]
    allowed_in: BTreeMap<String, String>,
    #[serde(default)]
    except: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// A line with this text is fine.
    line: String,
    why: String,
}

pub(crate) fn run() -> Result<()> {
    let data: Data = serde_json::from_str(&fs::read_to_string(DATA)?).context(DATA)?;
    for exception in data.words.iter().flat_map(|rule| &rule.except) {
        ensure!(!exception.why.is_empty(), "{DATA}: the exception `{}` has no reason", exception.line);
    }
    let mut problems = Vec::new();
    let mut waiting: BTreeMap<&str, usize> = data.not_yet.keys().map(|folder| (folder.as_str(), 0)).collect();
    for file in files()? {
        if file == DATA || data.not_read.keys().any(|path| is_below(&file, path)) {
            continue;
        }
        let mut found = check(&data.words, &file, 0, &file);
        // Binary files have no words.
        if let Ok(text) = fs::read_to_string(&file) {
            found.extend(text.lines().enumerate().flat_map(|(index, line)| check(&data.words, &file, index + 1, line)));
        }
        match waiting.iter_mut().find(|(folder, _)| is_below(&file, folder)) {
            Some((_, count)) => *count += found.len(),
            None => problems.extend(found),
        }
    }
    for (folder, _) in waiting.iter().filter(|(_, count)| **count == 0) {
        eprintln!("note: {folder} has no old words left: remove it from `not_yet` in {DATA}");
    }
    if !problems.is_empty() {
        bail!("{}\nWords and exceptions are in {DATA}.", problems.join("\n"));
    }
    Ok(())
}

/// What git knows, and what it would add.
fn files() -> Result<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .context("cannot run git")?;
    ensure!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout).context("file names must be UTF-8")?;
    Ok(names.split_terminator('\0').map(str::to_owned).collect())
}

fn is_below(file: &str, folder: &str) -> bool {
    file.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Line 0 is the file's name.
fn check(rules: &[Rule], file: &str, number: usize, line: &str) -> Vec<String> {
    let lower = line.to_ascii_lowercase();
    let mut problems = Vec::new();
    for rule in rules {
        let is_excepted = rule.allowed_in.keys().any(|folder| is_below(file, folder))
            || rule.except.iter().any(|exception| line.contains(&exception.line));
        if is_excepted {
            continue;
        }
        for word in &rule.find {
            let is_exact = word.chars().any(char::is_uppercase);
            if contains(if is_exact { line } else { &lower }, word) {
                let place = if number == 0 { format!("{file} (its name)") } else { format!("{file}:{number}") };
                problems.push(format!("{place}: `{word}`: {}\n    {}", rule.write, line.trim()));
            }
        }
    }
    problems
}

fn contains(line: &str, word: &str) -> bool {
    let is_part = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    // A word like `OLD_` is the beginning of a name: only what is before it counts.
    let is_beginning = word.ends_with('_');
    line.match_indices(word).any(|(start, _)| {
        !is_part(line[..start].chars().next_back())
            && (is_beginning || !is_part(line[start + word.len()..].chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(word: &str) -> Rule {
        Rule {
            find: vec![word.to_owned()],
            write: "another word".to_owned(),
            allowed_in: BTreeMap::new(),
            except: vec![],
        }
    }

    #[test]
    fn finds_whole_words_in_text_and_names() {
        for line in ["Olde by the server", "fn olde_apart()", "it is olde.", "(olde)"] {
            assert!(contains(&line.to_ascii_lowercase(), "olde"), "{line}");
        }
        for line in ["unolde", "oldeo", "olde2", "旧olde"] {
            assert!(!contains(line, "olde"), "{line}");
        }
    }

    #[test]
    fn compares_capital_letters_exactly() {
        let rules = [rule("OLD_")];
        assert_eq!(check(&rules, "a.rs", 3, "const OLD_ROWS: usize = 1;").len(), 1);
        assert!(check(&rules, "a.rs", 3, "let old_rows = BOLD_ALL;").is_empty());
    }

    #[test]
    fn names_place_word_and_replacement() {
        let problems = check(&[rule("an old phrase")], "a.rs", 7, "  /// An old phrase.");
        assert_eq!(problems, ["a.rs:7: `an old phrase`: another word\n    /// An old phrase."]);
        let problems = check(&[rule("olde")], "src/olde.rs", 0, "src/olde.rs");
        assert_eq!(problems, ["src/olde.rs (its name): `olde`: another word\n    src/olde.rs"]);
    }

    #[test]
    fn exceptions_hold_for_their_line_or_folder_only() {
        let exception = Exception { line: "an olde-fashioned".to_owned(), why: "a term".to_owned() };
        let allowed_in = BTreeMap::from([("docs".to_owned(), "it explains the word".to_owned())]);
        let rules = [Rule { except: vec![exception], allowed_in, ..rule("olde") }];
        assert!(check(&rules, "a.rs", 1, "an olde-fashioned program").is_empty());
        assert!(check(&rules, "docs/a.md", 1, "they are olde").is_empty());
        assert_eq!(check(&rules, "docs2/a.md", 1, "they are olde").len(), 1);
    }
}
