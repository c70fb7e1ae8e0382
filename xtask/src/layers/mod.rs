//! `cargo xtask layers`: dependencies between the source files of each crate.
//!
//! File A depends on file B if A names something that B defines: in a `use`, a path, a macro call or a serde attribute. A
//! re-export is no dependency of its own, and a name that comes through one belongs to the file that defines it. Code for
//! tests (`cfg(test)`) does not count. Method calls are not seen: they need types, which the sources do not show.

mod graph;
mod module;
mod resolve;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use self::graph::Graph;

const DATA: &str = "xtask/layers.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    #[serde(rename = "about")]
    _about: String,
    layers: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    not_yet: BTreeMap<String, String>,
}

pub(crate) fn run() -> Result<()> {
    let data: Data = serde_json::from_str(&fs::read_to_string(DATA)?).context(DATA)?;
    let mut problems = Vec::new();
    let mut with_circles: BTreeMap<&str, bool> = data.not_yet.keys().map(|package| (package.as_str(), false)).collect();
    for target in source::targets()? {
        let graph = Graph::of(&module::Crate::read(&target.root)?);
        if let Some(layers) = target.is_library.then(|| data.layers.get(&target.package)).flatten() {
            problems.extend(graph.wrong_layers(&target.folder(), layers));
        }
        let circles = graph.circles();
        match with_circles.get_mut(target.package.as_str()) {
            Some(found) => *found |= !circles.is_empty(),
            None => problems.extend(circles.iter().map(|circle| graph.describe(circle))),
        }
    }
    for (package, _) in with_circles.iter().filter(|(_, found)| !**found) {
        eprintln!("note: {package} has no circle left: remove it from `not_yet` in {DATA}");
    }
    if !problems.is_empty() {
        bail!("{}\nThe rules are in {DATA}.", problems.join("\n"));
    }
    Ok(())
}
