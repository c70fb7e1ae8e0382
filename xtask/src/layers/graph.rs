//! Which file depends on which, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::module::Crate;
use super::resolve::defining_file;

pub(crate) struct Graph {
    /// From a file to the files it depends on, with the first place that shows it.
    edges: BTreeMap<PathBuf, BTreeMap<PathBuf, Place>>,
}

struct Place {
    line: usize,
    name: String,
}

impl Graph {
    pub(crate) fn of(all: &Crate) -> Graph {
        let mut edges: BTreeMap<PathBuf, BTreeMap<PathBuf, Place>> = BTreeMap::new();
        for (id, module) in all.modules.iter().enumerate() {
            let from = edges.entry(module.file.clone()).or_default();
            for name in &module.names {
                if let Some(file) = defining_file(all, id, &name.path)
                    && file != module.file
                {
                    let place = Place { line: name.line, name: name.path.join("::") };
                    from.entry(file.to_owned()).or_insert(place);
                }
            }
        }
        Graph { edges }
    }

    /// Dependencies that `layers` does not allow. A layer is a folder directly below `source`; files beside these folders
    /// are free.
    pub(crate) fn wrong_layers(&self, source: &Path, layers: &BTreeMap<String, Vec<String>>) -> Vec<String> {
        let mut problems = BTreeSet::new();
        for (file, uses) in &self.edges {
            let Some(layer) = layer_of(source, file) else { continue };
            let Some(allowed) = layers.get(&layer) else {
                problems.insert(format!("{}: the folder `{layer}` has no rule", file.display()));
                continue;
            };
            for (used, place) in uses {
                let wrong = match layer_of(source, used) {
                    Some(used) => used != layer && !allowed.contains(&used),
                    None => true,
                };
                if wrong {
                    problems.insert(format!(
                        "{}:{}: `{layer}` must not depend on {} (`{}`)",
                        file.display(),
                        place.line,
                        used.display(),
                        place.name
                    ));
                }
            }
        }
        problems.into_iter().collect()
    }

    /// One circle per group of files that all depend on each other.
    pub(crate) fn circles(&self) -> Vec<Vec<&Path>> {
        let mut circles = Vec::new();
        let mut done: BTreeSet<&Path> = BTreeSet::new();
        for file in self.edges.keys() {
            if done.contains(file.as_path()) {
                continue;
            }
            if let Some(circle) = self.shortest_circle(file) {
                let group = self.reachable(file);
                done.extend(group.into_iter().filter(|other| self.reachable(other).contains(file.as_path())));
                circles.push(circle);
            }
        }
        circles
    }

    pub(crate) fn describe(&self, circle: &[&Path]) -> String {
        let mut text = String::from("circle between files:");
        for (index, file) in circle.iter().enumerate() {
            let next = circle[(index + 1) % circle.len()];
            let place = &self.edges[*file][next];
            text += &format!("\n  {}:{} uses `{}` of {}", file.display(), place.line, place.name, next.display());
        }
        text
    }

    fn uses<'a>(&'a self, file: &Path) -> impl Iterator<Item = &'a Path> {
        self.edges.get(file).into_iter().flat_map(|uses| uses.keys().map(PathBuf::as_path))
    }

    fn reachable<'a>(&'a self, file: &Path) -> BTreeSet<&'a Path> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&Path> = self.uses(file).collect();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(self.uses(next));
            }
        }
        reached
    }

    /// Breadth first, so that the message is short.
    fn shortest_circle<'a>(&'a self, start: &'a Path) -> Option<Vec<&'a Path>> {
        let mut paths = vec![vec![start]];
        let mut seen = BTreeSet::new();
        while !paths.is_empty() {
            let mut longer = Vec::new();
            for path in paths {
                for next in self.uses(path[path.len() - 1]) {
                    if next == start {
                        return Some(path);
                    }
                    if seen.insert(next) {
                        let mut path = path.clone();
                        path.push(next);
                        longer.push(path);
                    }
                }
            }
            paths = longer;
        }
        None
    }
}

fn layer_of(source: &Path, file: &Path) -> Option<String> {
    let inside = file.strip_prefix(source).ok()?;
    let mut parts = inside.components();
    let first = parts.next()?;
    parts.next()?;
    Some(first.as_os_str().to_string_lossy().into_owned())
}
