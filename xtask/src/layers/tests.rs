use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use super::graph::Graph;
use super::module::Crate;

/// A crate in a folder of its own, which is removed at the end.
struct Sources(PathBuf);

impl Sources {
    fn new(test: &str, files: &[(&str, &str)]) -> Sources {
        let folder = env::temp_dir().join(format!("xtask-layers-{}-{test}", process::id()));
        for (name, text) in files {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Sources(folder)
    }

    fn graph(&self) -> Graph {
        Graph::of(&Crate::read(&self.0.join("lib.rs")).unwrap())
    }

    /// The files of each circle, by their names inside the crate.
    fn circles(&self) -> Vec<Vec<String>> {
        let name = |file: &&Path| file.strip_prefix(&self.0).unwrap().display().to_string();
        self.graph().circles().iter().map(|circle| circle.iter().map(name).collect()).collect()
    }

    fn wrong_layers(&self, layers: &[(&str, &[&str])]) -> Vec<String> {
        let layers: BTreeMap<String, Vec<String>> = layers
            .iter()
            .map(|(layer, uses)| ((*layer).to_owned(), uses.iter().map(|used| (*used).to_owned()).collect()))
            .collect();
        self.graph().wrong_layers(&self.0, &layers)
    }
}

impl Drop for Sources {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn finds_circle_through_use_and_path() {
    let sources = Sources::new(
        "circle",
        &[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use super::b::B; pub struct A(B);"),
            ("b.rs", "pub struct B; impl B { fn a() -> Option<crate::a::A> { None } }"),
        ],
    );
    assert_eq!(sources.circles(), [["a.rs", "b.rs"]]);
}

#[test]
fn follows_reexports_to_the_defining_file() {
    let sources = Sources::new(
        "reexport",
        &[
            ("lib.rs", "mod a; mod b; pub use a::A; pub use b::*;"),
            ("a.rs", "use crate::B; pub struct A(B);"),
            ("b.rs", "use crate::A; pub struct B(Box<A>);"),
        ],
    );
    assert_eq!(sources.circles(), [["a.rs", "b.rs"]]);
}

#[test]
fn sees_names_in_macros_and_serde_attributes() {
    let sources = Sources::new(
        "macros",
        &[
            ("lib.rs", "#[macro_use] mod a; mod b; mod c;"),
            ("a.rs", "macro_rules! make { () => { $crate::b::B::new() } }"),
            ("b.rs", "pub struct B; fn f() { make!() }"),
            ("c.rs", r#"struct C { #[serde(default = "crate::c::d::zero")] x: u8 } mod d;"#),
            ("c/d.rs", "pub fn zero() -> u8 { println!(\"{}\", super::C::X) }"),
        ],
    );
    assert_eq!(sources.circles(), [["a.rs", "b.rs"], ["c/d.rs", "c.rs"]]);
}

#[test]
fn ignores_reexports_tests_and_module_declarations() {
    let sources = Sources::new(
        "ignored",
        &[
            ("lib.rs", "mod a; mod b; pub use a::A;"),
            ("a.rs", "use crate::b; pub struct A; fn f() { b::g() } #[cfg(test)] mod tests { use crate::b::g; }"),
            ("b.rs", "pub fn g() {} #[cfg(all(test, unix))] use crate::A; #[test] fn t() { crate::a::f() }"),
        ],
    );
    assert_eq!(sources.circles(), Vec::<Vec<String>>::new());
}

#[test]
fn reports_dependency_that_the_layers_do_not_allow() {
    let files = [
        ("lib.rs", "mod model; mod wire; pub struct Root;"),
        ("model/mod.rs", "pub mod error;"),
        ("model/error.rs", "use crate::wire::json::Json; pub struct Error(Json);"),
        ("wire/mod.rs", "pub mod json;"),
        ("wire/json.rs", "pub struct Json; fn f() -> crate::Root { todo!() }"),
    ];
    let sources = Sources::new("layers", &files);
    let problems = sources.wrong_layers(&[("model", &[]), ("wire", &["model"])]);
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].contains("model/error.rs:1: `model` must not depend on"), "{problems:?}");
    assert!(problems[1].contains("wire/json.rs:1: `wire` must not depend on"), "{problems:?}");

    let problems = sources.wrong_layers(&[("wire", &["model"])]);
    assert!(problems.iter().any(|problem| problem.contains("the folder `model` has no rule")), "{problems:?}");
}
