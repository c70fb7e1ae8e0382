//! Public items of the Python package: the stub of the native module, and the Python files beside it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::item::Item;

const PACKAGE: &str = "bindings-python/python/wxpusher_sdk";

pub(crate) fn items() -> Result<Vec<Item>> {
    let init = fs::read_to_string(Path::new(PACKAGE).join("__init__.py")).context(PACKAGE)?;
    let exported = exported(&init);
    let mut files: Vec<_> = fs::read_dir(PACKAGE)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    let mut items = Vec::new();
    for file in files {
        if file.extension().is_some_and(|extension| extension == "py" || extension == "pyi") {
            items.extend(read(&fs::read_to_string(&file)?));
        }
    }
    items.retain(|item| {
        let name = if item.owner.is_empty() { item.member.as_deref().unwrap_or_default() } else { &item.owner };
        name == "Config" || exported.iter().any(|exported| exported == name)
    });
    Ok(items)
}

fn exported(init: &str) -> Vec<String> {
    let list = init.split_once("__all__ = [").map_or("", |(_, rest)| rest);
    let list = list.split_once(']').map_or(list, |(list, _)| list);
    list.split(',').map(|name| name.trim().trim_matches('"').to_owned()).filter(|name| !name.is_empty()).collect()
}

fn read(source: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut owner = String::new();
    // The arguments of the client's constructor are its settings.
    let mut is_constructor = false;
    for line in source.lines() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let name: String = text
            .trim_start_matches("async ")
            .trim_start_matches("def ")
            .trim_start_matches("class ")
            .chars()
            .take_while(|char| char.is_alphanumeric() || *char == '_')
            .collect();
        let is_function = text.starts_with("def ") || text.starts_with("async def ");
        match indent {
            0 if text.starts_with("class ") => {
                owner = name;
                items.push(Item::owner(&owner, &owner));
            }
            0 if is_function => {
                owner.clear();
                items.push(Item::member("", &name, &name));
            }
            4 => {
                is_constructor = owner == "Client" && is_function && (name == "__new__" || name == "__init__");
                let is_field = text[name.len().min(text.len())..].starts_with([':', ' '])
                    && !is_function
                    && (text[name.len()..].starts_with(':') || text[name.len()..].starts_with(" ="));
                if !owner.is_empty() && !name.starts_with('_') && !name.is_empty() && (is_function || is_field) {
                    items.push(Item::member(&owner, &name, &format!("{owner}.{name}")));
                }
            }
            8 if is_constructor && text[name.len()..].starts_with(':') => {
                items.push(Item::member("Config", &name, &format!("Client({name}=…)")));
            }
            _ => {}
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_classes_functions_fields_and_settings() {
        let items = read(
            "class Client:\n    def __new__(\n        cls,\n        timeout: float = 15,\n    ) -> Self: ...\n    \
             async def send(self) -> None: ...\n    uid: str\n    TEXT = 1\n    \"\"\"Docs: x.\"\"\"\ndef parse(x: int) -> int: ...\n",
        );
        let shown: Vec<&str> = items.iter().map(|item| item.shown.as_str()).collect();
        assert_eq!(shown, ["Client", "Client(timeout=…)", "Client.send", "Client.uid", "Client.TEXT", "parse"]);
    }
}
