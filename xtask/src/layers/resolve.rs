//! Finds the file that defines a name.

use std::path::Path;

use super::module::{Crate, ModuleId};

/// Imports that name each other in a circle end here.
const MAX_DEPTH: usize = 32;

enum Found<'a> {
    Module(ModuleId),
    DefinedIn(&'a Path),
}

/// The file of this crate that defines what `path` names in this module. `None` for names of other crates, for local
/// variables, and for a module by itself: what counts is what is used of it.
pub(crate) fn defining_file<'a>(all: &'a Crate, module: ModuleId, path: &[String]) -> Option<&'a Path> {
    match find(all, module, path, 0)? {
        Found::DefinedIn(file) => Some(file),
        Found::Module(_) => None,
    }
}

fn find<'a>(all: &'a Crate, module: ModuleId, path: &[String], depth: usize) -> Option<Found<'a>> {
    let (first, rest) = path.split_first()?;
    let found = match first.as_str() {
        "crate" => Found::Module(0),
        "self" => Found::Module(module),
        "super" => Found::Module(all.modules[module].parent?),
        name => lookup(all, module, name, rest.is_empty(), depth)
            .or_else(|| all.macros.get(name).filter(|_| rest.is_empty()).map(|file| Found::DefinedIn(file)))?,
    };
    rest.iter().enumerate().try_fold(found, |found, (index, name)| match found {
        Found::Module(module) if name == "super" => Some(Found::Module(all.modules[module].parent?)),
        Found::Module(module) => {
            let is_last = index + 1 == rest.len();
            lookup(all, module, name, is_last, depth)
                .or_else(|| all.macros.get(name).filter(|_| is_last).map(|file| Found::DefinedIn(file)))
        }
        // A variant, a constant or a function of a type.
        defined => Some(defined),
    })
}

/// A module and an item can have one name: the last part of a path means the item.
fn lookup<'a>(all: &'a Crate, id: ModuleId, name: &str, is_last: bool, depth: usize) -> Option<Found<'a>> {
    if depth > MAX_DEPTH {
        return None;
    }
    let module = &all.modules[id];
    let child = module.children.get(name).map(|child| Found::Module(*child));
    let item = module.items.contains(name).then_some(Found::DefinedIn(&module.file));
    if let Some(found) = if is_last { item.or(child) } else { child.or(item) } {
        return Some(found);
    }
    if let Some(path) = module.imports.get(name) {
        // `use name::Thing as name` of another crate would find itself.
        return if path.first().is_some_and(|first| first == name) && !module.children.contains_key(name) {
            None
        } else {
            find(all, id, path, depth + 1)
        };
    }
    module.globs.iter().find_map(|path| match find(all, id, path, depth + 1)? {
        Found::Module(from) if from != id => lookup(all, from, name, is_last, depth + 1),
        _ => None,
    })
}
