//! Public items of core, and what UniFFI makes of `bindings-uniffi/src`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use quote::ToTokens;
use syn::{Attribute, ImplItem, Item as Source, TraitItem, Type, UseTree, Visibility};

use super::item::{Item, camel};

/// The items that `core/src/lib.rs` exports, in that order.
pub(crate) fn core() -> Result<Vec<Item>> {
    let exported = exported(Path::new("core/src/lib.rs"))?;
    let mut found = Vec::new();
    for file in files(Path::new("core/src"))? {
        for item in parse(&file)?.items {
            found.extend(members(&item, |owner, name| format!("{owner}::{name}"), |_| true));
        }
    }
    let mut items = Vec::new();
    for name in &exported {
        items.extend(found.iter().filter(|item| is_about(item, name)).cloned());
    }
    Ok(items)
}

/// What UniFFI exports, spelled as in Kotlin and Swift.
pub(crate) fn uniffi() -> Result<Vec<Item>> {
    let is_exported = |attributes: &[Attribute]| {
        attributes.iter().any(|attribute| attribute.to_token_stream().to_string().contains("uniffi"))
    };
    let mut items = Vec::new();
    for file in files(Path::new("bindings-uniffi/src"))? {
        for item in parse(&file)?.items {
            items.extend(members(
                &item,
                |owner, name| {
                    let is_variant = name.starts_with(char::is_uppercase);
                    let name = if is_variant { name.to_owned() } else { camel(name) };
                    if owner.is_empty() { name } else { format!("{owner}.{name}") }
                },
                is_exported,
            ));
        }
    }
    Ok(items)
}

fn is_about(item: &Item, name: &str) -> bool {
    if item.owner.is_empty() { item.member.as_deref() == Some(name) } else { item.owner == name }
}

fn parse(file: &Path) -> Result<syn::File> {
    let name = || file.display().to_string();
    syn::parse_file(&fs::read_to_string(file).with_context(name)?).with_context(name)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn exported(file: &Path) -> Result<Vec<String>> {
    fn leaves(tree: &UseTree, names: &mut Vec<String>) {
        match tree {
            UseTree::Path(tree) => leaves(&tree.tree, names),
            UseTree::Name(tree) => names.push(tree.ident.to_string()),
            UseTree::Rename(tree) => names.push(tree.rename.to_string()),
            UseTree::Group(tree) => tree.items.iter().for_each(|tree| leaves(tree, names)),
            UseTree::Glob(_) => {}
        }
    }
    let mut names = Vec::new();
    for item in parse(file)?.items {
        if let Source::Use(item) = item
            && is_public(&item.vis)
        {
            leaves(&item.tree, &mut names);
        }
    }
    Ok(names)
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.to_token_stream().to_string();
        text.contains("cfg (test)") || text.contains("doc (hidden)")
    })
}

/// The type or function that an item defines, and its public members.
fn members(
    item: &Source,
    show: impl Fn(&str, &str) -> String,
    is_exported: impl Fn(&[Attribute]) -> bool,
) -> Vec<Item> {
    let member = |owner: &str, name: &str| Item::member(owner, name, &show(owner, name));
    let mut items = Vec::new();
    match item {
        Source::Fn(item) if is_public(&item.vis) && is_exported(&item.attrs) && !is_hidden(&item.attrs) => {
            let name = item.sig.ident.to_string();
            items.push(Item::member("", &name, show("", &name).trim_start_matches("::")));
        }
        Source::Struct(item) if is_public(&item.vis) && is_exported(&item.attrs) => {
            let owner = item.ident.to_string();
            items.push(Item::owner(&owner, &owner));
            for field in item.fields.iter().filter(|field| is_public(&field.vis) && !is_hidden(&field.attrs)) {
                items.extend(field.ident.as_ref().map(|name| member(&owner, &name.to_string())));
            }
        }
        Source::Enum(item) if is_public(&item.vis) && is_exported(&item.attrs) => {
            let owner = item.ident.to_string();
            items.push(Item::owner(&owner, &owner));
            items.extend(item.variants.iter().map(|variant| member(&owner, &variant.ident.to_string())));
        }
        Source::Trait(item) if is_public(&item.vis) && is_exported(&item.attrs) => {
            let owner = item.ident.to_string();
            items.push(Item::owner(&owner, &owner));
            for function in &item.items {
                if let TraitItem::Fn(function) = function {
                    items.push(member(&owner, &function.sig.ident.to_string()));
                }
            }
        }
        Source::Impl(item) if item.trait_.is_none() && is_exported(&item.attrs) => {
            let Type::Path(path) = &*item.self_ty else { return items };
            let Some(owner) = path.path.segments.last().map(|segment| segment.ident.to_string()) else { return items };
            for inner in &item.items {
                match inner {
                    ImplItem::Fn(function) if is_public(&function.vis) && !is_hidden(&function.attrs) => {
                        items.push(member(&owner, &function.sig.ident.to_string()));
                    }
                    ImplItem::Const(constant) if is_public(&constant.vis) && !is_hidden(&constant.attrs) => {
                        items.push(member(&owner, &constant.ident.to_string()));
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
    items
}
