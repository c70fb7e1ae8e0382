//! Every exported function is one call of the boundary, so that no panic leaves the library.

use std::fs;
use std::path::PathBuf;

use syn::{Expr, Item, ItemFn, Stmt};

/// The functions of `src/boundary.rs` and `src/fallible.rs` that can be the body of an exported function.
const BOUNDARY: [&str; 10] = [
    "call",
    "create",
    "create_optional",
    "new_handle",
    "release",
    "release_result",
    "static_text",
    "status",
    "status_with_text",
    "status_with_utf16_text",
];

fn exported() -> Vec<ItemFn> {
    let src = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut functions = Vec::new();
    for file in fs::read_dir(src).expect("src is there") {
        let text = fs::read_to_string(file.expect("src is readable").path()).expect("sources are UTF-8");
        for item in syn::parse_file(&text).expect("sources are Rust").items {
            match item {
                Item::Fn(function) if function.sig.abi.is_some() => functions.push(function),
                _ => {}
            }
        }
    }
    functions
}

/// The function that the body's only statement calls.
fn called(function: &ItemFn) -> Option<String> {
    let mut statements = &function.block.stmts;
    loop {
        match statements.as_slice() {
            [Stmt::Expr(Expr::Unsafe(block), None)] => statements = &block.block.stmts,
            [Stmt::Expr(Expr::Call(call), _)] => match &*call.func {
                Expr::Path(path) => return path.path.segments.last().map(|segment| segment.ident.to_string()),
                _ => return None,
            },
            _ => return None,
        }
    }
}

#[test]
fn every_exported_function_is_one_call_of_the_boundary() {
    let functions = exported();
    assert!(functions.len() > 60, "only {} functions found", functions.len());
    for function in functions {
        let called = called(&function);
        let is_boundary = called.as_deref().is_some_and(|name| BOUNDARY.contains(&name));
        assert!(is_boundary, "{}: its body is not one call of src/boundary.rs or src/fallible.rs", function.sig.ident);
    }
}

#[test]
fn every_exported_function_has_a_name_of_ours() {
    for function in exported() {
        let name = function.sig.ident.to_string();
        assert!(name.starts_with("wxpusher_"), "{name}");
        let is_plain = function.attrs.iter().any(|attribute| attribute.path().is_ident("unsafe"));
        assert!(is_plain, "{name} is not no_mangle");
    }
}
