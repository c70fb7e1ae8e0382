//! Public items of the Kotlin and Swift files written by hand.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::item::Item;

const KINDS: [&str; 8] = ["class", "struct", "enum", "interface", "object", "fun", "func", "val"];

pub(crate) fn items(folder: &str) -> Result<Vec<Item>> {
    let mut files: Vec<_> = fs::read_dir(Path::new(folder))
        .context(folder.to_owned())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let mut items = Vec::new();
    for file in files.iter().filter(|file| file.is_file()) {
        items.extend(read(&fs::read_to_string(file)?));
    }
    Ok(items)
}

fn read(source: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut owner = String::new();
    for line in source.lines() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let words: Vec<&str> = text.split_whitespace().collect();
        if indent == 0 {
            if text.starts_with('}') && !text.contains('{') {
                owner.clear();
            }
            if let ["extension", extended, ..] = words[..] {
                owner = identifier(extended).to_owned();
                continue;
            }
        }
        if indent > 4 || words.first() != Some(&"public") && words.first() != Some(&"open") {
            continue;
        }
        let is_value = |word: &&&str| **word == "var" || **word == "let" || KINDS.contains(*word);
        let Some(kind) = words.iter().find(is_value) else { continue };
        let Some(rest) = text.split_once(&format!(" {kind} ")).map(|(_, rest)| rest) else { continue };
        // Type parameters of a function are before its name in Kotlin.
        let rest = if rest.starts_with('<') { rest.split_once("> ").map_or(rest, |(_, rest)| rest) } else { rest };
        let (receiver, name) = match rest.split_once('.') {
            Some((receiver, name)) if receiver.chars().all(char::is_alphanumeric) => (receiver, identifier(name)),
            _ => ("", identifier(rest)),
        };
        let is_type = ["class", "struct", "enum", "interface", "object"].contains(kind);
        match (indent, is_type) {
            (0, true) => {
                owner = name.to_owned();
                items.push(Item::owner(name, name));
            }
            (0, false) if receiver.is_empty() => items.push(Item::member("", name, name)),
            (0, false) => items.push(Item::member(receiver, name, &format!("{receiver}.{name}"))),
            _ if owner.is_empty() => {}
            _ => items.push(Item::member(&owner, name, &format!("{owner}.{name}"))),
        }
    }
    items
}

fn identifier(text: &str) -> &str {
    text.split(|char: char| !char.is_alphanumeric() && char != '_').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        read(source).into_iter().map(|item| item.shown).collect()
    }

    #[test]
    fn reads_kotlin() {
        let source = "public sealed class Failure(\n    public val kind: String,\n) {\n    public class Tls internal constructor()\n\
                      \x20   internal fun no() {}\n}\npublic val Client.later: Int\npublic inline fun <T> Client.call(x: T) {}\nfun no() {}\n";
        assert_eq!(shown(source), ["Failure", "Failure.kind", "Failure.Tls", "Client.later", "Client.call"]);
    }

    #[test]
    fn reads_swift() {
        let source = "public struct Users: Sendable {\n    let no: Int\n    public func next() -> Int? {\n        public var no = 1\n    }\n}\n\
                      extension Client {\n    public func users<T>(x: T) {}\n    func no() {}\n}\n";
        assert_eq!(shown(source), ["Users", "Users.next", "Client.users"]);
    }
}
