//! The modules of one crate: what each defines, imports and names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta, UseTree, Visibility};

pub(crate) type ModuleId = usize;

pub(crate) struct Crate {
    pub(crate) modules: Vec<Module>,
    /// Files by module, relative to the root of the repository. Inline modules have the file they are written in.
    pub(crate) macros: BTreeMap<String, PathBuf>,
}

pub(crate) struct Module {
    pub(crate) file: PathBuf,
    pub(crate) parent: Option<ModuleId>,
    pub(crate) children: BTreeMap<String, ModuleId>,
    pub(crate) items: BTreeSet<String>,
    pub(crate) imports: BTreeMap<String, Vec<String>>,
    pub(crate) globs: Vec<Vec<String>>,
    pub(crate) names: Vec<Name>,
}

/// A path as it is written, for example `super::call::Call`, and its line.
pub(crate) struct Name {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

impl Crate {
    pub(crate) fn read(root: &Path) -> Result<Crate> {
        let mut all = Crate { modules: Vec::new(), macros: BTreeMap::new() };
        let folder = root.parent().context("a source file has a folder")?.to_owned();
        all.read_file(root, &folder, None)?;
        Ok(all)
    }

    /// `folder` is where the files of the module's children are.
    fn read_file(&mut self, file: &Path, folder: &Path, parent: Option<ModuleId>) -> Result<ModuleId> {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let parsed = syn::parse_file(&text).with_context(|| file.display().to_string())?;
        self.read_module(file, folder, parent, &parsed.items)
    }

    fn read_module(
        &mut self,
        file: &Path,
        folder: &Path,
        parent: Option<ModuleId>,
        items: &[Item],
    ) -> Result<ModuleId> {
        let id = self.modules.len();
        self.modules.push(Module {
            file: file.to_owned(),
            parent,
            children: BTreeMap::new(),
            items: BTreeSet::new(),
            imports: BTreeMap::new(),
            globs: Vec::new(),
            names: Vec::new(),
        });
        for item in items {
            if is_for_tests(attributes(item)) {
                continue;
            }
            if let Item::Mod(module) = item {
                let name = module.ident.to_string();
                let child = match &module.content {
                    Some((_, items)) => self.read_module(file, &folder.join(&name), Some(id), items)?,
                    None => {
                        let (file, folder) = find_file(folder, &name, &module.attrs);
                        self.read_file(&file, &folder, Some(id))?
                    }
                };
                self.modules[id].children.insert(name, child);
                continue;
            }
            if let Item::Macro(definition) = item
                && let Some(name) = &definition.ident
            {
                self.macros.insert(name.to_string(), file.to_owned());
            }
            if let Some(name) = defined_name(item) {
                self.modules[id].items.insert(name);
            }
            Names { module: &mut self.modules[id] }.visit_item(item);
        }
        Ok(id)
    }
}

/// The file of `mod name;` and the folder of that module's own children.
fn find_file(folder: &Path, name: &str, attributes: &[Attribute]) -> (PathBuf, PathBuf) {
    for attribute in attributes {
        if attribute.path().is_ident("path")
            && let Meta::NameValue(pair) = &attribute.meta
            && let Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) = &pair.value
        {
            let file = folder.join(path.value());
            let folder = file.parent().unwrap_or(folder).to_owned();
            return (file, folder);
        }
    }
    let flat = folder.join(format!("{name}.rs"));
    let file = if flat.exists() { flat } else { folder.join(name).join("mod.rs") };
    (file, folder.join(name))
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && matches!(&attribute.meta, Meta::List(list) if requires_test(list.tokens.clone()))
    })
}

/// Whether a `cfg` condition is true only in tests: `test`, or `all(…)` with `test` directly inside.
fn requires_test(condition: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = condition.into_iter().collect();
    let is = |token: &TokenTree, name: &str| matches!(token, TokenTree::Ident(ident) if ident == name);
    match &tokens[..] {
        [test] => is(test, "test"),
        [all, TokenTree::Group(group)] if is(all, "all") => group.stream().into_iter().any(|token| is(&token, "test")),
        _ => false,
    }
}

fn defined_name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// Collects what one item imports and names.
struct Names<'a> {
    module: &'a mut Module,
}

impl Names<'_> {
    fn add(&mut self, path: Vec<String>, line: usize) {
        self.module.names.push(Name { path, line });
    }

    fn add_use(&mut self, tree: &UseTree, before: &[String], is_reexport: bool) {
        let with = |name: &syn::Ident| {
            let mut path = before.to_vec();
            // `use a::{self}` imports `a`.
            if name != "self" || path.is_empty() {
                path.push(name.to_string());
            }
            path
        };
        match tree {
            UseTree::Path(tree) => self.add_use(&tree.tree, &with(&tree.ident), is_reexport),
            UseTree::Name(tree) => {
                let path = with(&tree.ident);
                let name = path.last().cloned().unwrap_or_default();
                self.import(name, path, tree.span(), is_reexport);
            }
            UseTree::Rename(tree) => self.import(tree.rename.to_string(), with(&tree.ident), tree.span(), is_reexport),
            UseTree::Glob(_) => self.module.globs.push(before.to_vec()),
            UseTree::Group(tree) => {
                for tree in &tree.items {
                    self.add_use(tree, before, is_reexport);
                }
            }
        }
    }

    fn import(&mut self, name: String, path: Vec<String>, span: proc_macro2::Span, is_reexport: bool) {
        if !is_reexport {
            self.add(path.clone(), span.start().line);
        }
        self.module.imports.entry(name).or_insert(path);
    }

    /// Paths in the arguments of a macro call, or in the body of a macro definition.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_colon =
            |index: usize| matches!(tokens.get(index), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            index += 1;
            match token {
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                TokenTree::Ident(ident) => {
                    let line = ident.span().start().line;
                    let mut path = vec![ident.to_string()];
                    while is_colon(index) && is_colon(index + 1) {
                        let Some(TokenTree::Ident(next)) = tokens.get(index + 2) else { break };
                        path.push(next.to_string());
                        index += 3;
                    }
                    self.add(path, line);
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        let attributes: &[Attribute] = match item {
            syn::ImplItem::Const(item) => &item.attrs,
            syn::ImplItem::Fn(item) => &item.attrs,
            syn::ImplItem::Type(item) => &item.attrs,
            syn::ImplItem::Macro(item) => &item.attrs,
            _ => &[],
        };
        if !is_for_tests(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_reexport = !matches!(item.vis, Visibility::Inherited);
        self.add_use(&item.tree, &[], is_reexport);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let line = path.span().start().line;
        self.add(path.segments.iter().map(|segment| segment.ident.to_string()).collect(), line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.add_tokens(call.tokens.clone());
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if item.ident.is_some() {
            self.add_tokens(item.mac.tokens.clone());
        } else {
            self.visit_macro(&item.mac);
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if !attribute.path().is_ident("serde") {
            return;
        }
        // `#[serde(deserialize_with = "crate::wire::lenient::number")]` names a function by a text.
        let Meta::List(list) = &attribute.meta else { return };
        for token in list.tokens.clone() {
            if let TokenTree::Literal(literal) = &token
                && let Lit::Str(text) = Lit::new(literal.clone())
                && let Ok(path) = text.parse::<syn::Path>()
            {
                self.add(
                    path.segments.iter().map(|segment| segment.ident.to_string()).collect(),
                    literal.span().start().line,
                );
            }
        }
    }
}
