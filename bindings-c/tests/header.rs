//! `include/wxpusher.h` is what cbindgen makes of the sources, and says the right version.
//!
//! `WXPUSHER_GENERATE=1 cargo test -p wxpusher-c --test header` writes it.

use std::fs;
use std::path::{Path, PathBuf};

/// In the order in which somebody reads the header. `panic_test` is in no library that anybody installs.
const SOURCES: &[&str] = &[
    "version",
    "error",
    "text",
    "config",
    "message",
    "simple_push",
    "outcome",
    "ensure_all",
    "status",
    "qrcode",
    "user_query",
    "users",
    "users_v1",
    "pay_end_time",
    "client",
    "split",
    "broadcast",
    "callback",
    "follow_url",
    "entry_link",
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn version_macros() -> String {
    let [major, minor, patch] =
        [env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"), env!("CARGO_PKG_VERSION_PATCH")];
    format!(
        "/**\n * The version of this header; wxpusher_version() tells that of the library.\n */\n\
         #define WXPUSHER_VERSION \"{}\"\n\
         #define WXPUSHER_VERSION_MAJOR {major}\n\
         #define WXPUSHER_VERSION_MINOR {minor}\n\
         #define WXPUSHER_VERSION_PATCH {patch}\n\
         /**\n * The same as one number that grows: 1002003 for 1.2.3.\n */\n\
         #define WXPUSHER_VERSION_NUMBER \\\n  \
         (WXPUSHER_VERSION_MAJOR * 1000000 + WXPUSHER_VERSION_MINOR * 1000 + WXPUSHER_VERSION_PATCH)\n\n\
         /**\n * The length of a text that ends at its first NUL.\n */\n\
         #define WXPUSHER_NUL_TERMINATED ((size_t)-1)\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn generate() -> String {
    let mut config = cbindgen::Config::from_file(folder().join("cbindgen.toml")).expect("cbindgen.toml is readable");
    config.after_includes = Some(version_macros());
    let mut builder = cbindgen::Builder::new().with_config(config);
    for name in SOURCES {
        builder = builder.with_src(folder().join("src").join(name).with_extension("rs"));
    }
    let mut header = Vec::new();
    builder.generate().expect("cbindgen reads the sources").write(&mut header);
    String::from_utf8(header).expect("the sources are UTF-8")
}

#[test]
fn the_header_is_what_the_sources_make() {
    let path = folder().join("include/wxpusher.h");
    let made = generate();
    if std::env::var_os("WXPUSHER_GENERATE").is_some() {
        fs::write(&path, &made).expect("the header can be written");
    }
    let checked_in = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        made == checked_in,
        "include/wxpusher.h is stale: WXPUSHER_GENERATE=1 cargo test -p wxpusher-c --test header"
    );
}

/// A file that is forgotten in the list above would be missing from the header.
#[test]
fn every_source_is_in_the_header() {
    let without_functions = ["boundary", "c_text", "fallible", "lib", "panic_test", "pointer"];
    let files = fs::read_dir(folder().join("src")).expect("src is there");
    for file in files {
        let path = file.expect("src is readable").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("file names are ASCII");
        let listed = SOURCES.contains(&name);
        assert!(listed != without_functions.contains(&name), "{name}.rs: list it in tests/header.rs");
        assert!(listed || name == "panic_test" || !exports(&path), "{name}.rs exports a function");
    }
}

fn exports(path: &Path) -> bool {
    fs::read_to_string(path).expect("src is readable").contains("#[unsafe(no_mangle)]")
}
