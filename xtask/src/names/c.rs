//! Public items of `wxpusher.h`.

use std::fs;

use anyhow::{Context, Result};

use super::item::Item;

const HEADER: &str = "bindings-c/include/wxpusher.h";

pub(crate) fn items() -> Result<Vec<Item>> {
    Ok(read(&fs::read_to_string(HEADER).context(HEADER)?))
}

fn read(header: &str) -> Vec<Item> {
    let code: Vec<&str> = header.lines().filter(|line| !line.trim_start().starts_with(['*', '/'])).collect();
    let owners: Vec<&str> = code
        .iter()
        .filter_map(|line| line.strip_prefix("typedef struct wxpusher_")?.split([' ', ';']).next())
        .collect();
    let mut items: Vec<Item> = owners.iter().map(|owner| Item::owner(owner, &format!("wxpusher_{owner}"))).collect();
    let mut open_struct: Option<&str> = None;
    for line in code {
        if let Some(rest) = line.strip_prefix("#define WXPUSHER_") {
            items.extend(constant(rest.split_whitespace().next().unwrap_or_default()));
        } else if let Some(name) = function(line) {
            let owner =
                owners.iter().filter(|owner| name.strip_prefix(**owner).is_some_and(|rest| rest.starts_with('_')));
            let shown = format!("wxpusher_{name}");
            items.push(match owner.max_by_key(|owner| owner.len()) {
                Some(owner) => Item::member(owner, &name[owner.len() + 1..], &shown),
                None => Item::member("", name, &shown),
            });
        } else if line.ends_with('{') {
            open_struct = line.split_whitespace().find_map(|word| word.strip_prefix("wxpusher_"));
        } else if line.starts_with('}') {
            open_struct = None;
        } else if let Some(owner) = open_struct
            && let Some(field) = line.trim().strip_suffix(';').and_then(|field| field.rsplit([' ', '*']).next())
        {
            items.push(Item::member(owner, field, &format!("wxpusher_{owner}.{field}")));
        }
    }
    items
}

/// The function that a line declares, without `wxpusher_`.
fn function(line: &str) -> Option<&str> {
    if line.starts_with([' ', '#', '}']) || line.starts_with("typedef") {
        return None;
    }
    let (before, _) = line.split_once('(')?;
    before.rsplit([' ', '*']).next()?.strip_prefix("wxpusher_")
}

/// `ERROR_CONNECT` belongs to `ERROR`.
fn constant(name: &str) -> Option<Item> {
    const GROUPS: [&str; 10] =
        ["VERIFY_PAY", "CONTENT", "FOLLOW", "RESOURCE", "ORDER", "LIMIT", "SENT", "ERROR", "CALLBACK", "PHASE"];
    let group = GROUPS.iter().find(|group| name.strip_prefix(**group).is_some_and(|rest| rest.starts_with('_')))?;
    Some(Item::member(group, &name[group.len() + 1..], &format!("WXPUSHER_{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_functions_constants_and_fields() {
        let header = "typedef struct wxpusher_client wxpusher_client;\n#define WXPUSHER_SENT_NO 0\n\
                      int32_t wxpusher_client_send(const wxpusher_client *client,\n\
                      const char *wxpusher_version(void);\ntypedef struct wxpusher_row {\n  const char *uid;\n} wxpusher_row;\n";
        let items = read(header);
        for item in [
            Item::owner("client", "wxpusher_client"),
            Item::member("SENT", "NO", "WXPUSHER_SENT_NO"),
            Item::member("client", "send", "wxpusher_client_send"),
            Item::member("", "version", "wxpusher_version"),
            Item::member("row", "uid", "wxpusher_row.uid"),
        ] {
            assert!(items.contains(&item), "{item:?} is not in {items:?}");
        }
    }
}
