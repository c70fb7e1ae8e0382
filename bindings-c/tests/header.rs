//! `include/wxpusher.h` is made of the sources, and has the right version.
//!
//! `WXPUSHER_GENERATE=1 cargo test -p wxpusher-c --test header` writes it.

use std::fs;
use std::path::{Path, PathBuf};

/// The sections of the header, in the order of use, and the macros that follow their structs. `panic_test` is not installed.
const SECTIONS: [(&str, &str); 19] = [
    ("version", VERSION_MACROS),
    ("client", ""),
    ("send", MESSAGE_INIT),
    ("outcome", ""),
    ("ensure_all", ""),
    ("simple_push", SIMPLE_PUSH_INIT),
    ("status", ""),
    ("split", ""),
    ("broadcast", ""),
    ("qrcode", ""),
    ("follow_url", ""),
    ("text", ""),
    ("users", USER_QUERY_INIT),
    ("users_v1", ""),
    ("pay_end_time", ""),
    ("callback", ""),
    ("entry_link", ""),
    ("config", ""),
    ("error", ""),
];

const VERSION_MACROS: &str = concat!(
    "/** The version of this header; wxpusher_version() returns that of the library. */\n",
    "#define WXPUSHER_VERSION \"",
    env!("CARGO_PKG_VERSION"),
    "\"\n/** The first part of the version. */\n#define WXPUSHER_VERSION_MAJOR ",
    env!("CARGO_PKG_VERSION_MAJOR"),
    "\n/** The second part of the version. */\n#define WXPUSHER_VERSION_MINOR ",
    env!("CARGO_PKG_VERSION_MINOR"),
    "\n/** The third part of the version. */\n#define WXPUSHER_VERSION_PATCH ",
    env!("CARGO_PKG_VERSION_PATCH"),
    "\n/** The same as one number that grows: 1002003 for 1.2.3. */\n",
    "#define WXPUSHER_VERSION_NUMBER \\\n",
    "  (WXPUSHER_VERSION_MAJOR * 1000000 + WXPUSHER_VERSION_MINOR * 1000 + WXPUSHER_VERSION_PATCH)\n\n",
    "/** The length of a text that ends at its first NUL. */\n",
    "#define WXPUSHER_NUL_TERMINATED ((size_t)-1)\n",
);

const MESSAGE_INIT: &str = "\
/** The initial value of a wxpusher_message: plain text without recipients. */
#define WXPUSHER_MESSAGE_INIT                                                                            \\
  {                                                                                                      \\
    sizeof(wxpusher_message), NULL, WXPUSHER_NUL_TERMINATED, NULL, WXPUSHER_NUL_TERMINATED, NULL,        \\
        WXPUSHER_NUL_TERMINATED, NULL, WXPUSHER_NUL_TERMINATED, NULL, NULL, 0, NULL, 0, 0,               \\
        WXPUSHER_CONTENT_TEXT, -1, -1, 0                                                                 \\
  }
";

const SIMPLE_PUSH_INIT: &str = "\
/** The initial value of a wxpusher_simple_push: plain text without recipients. */
#define WXPUSHER_SIMPLE_PUSH_INIT                                                                        \\
  {                                                                                                      \\
    sizeof(wxpusher_simple_push), NULL, WXPUSHER_NUL_TERMINATED, NULL, WXPUSHER_NUL_TERMINATED, NULL,    \\
        WXPUSHER_NUL_TERMINATED, NULL, WXPUSHER_NUL_TERMINATED, NULL, NULL, 0, WXPUSHER_CONTENT_TEXT, 0  \\
  }
";

const USER_QUERY_INIT: &str = "\
/** The initial value of a wxpusher_user_query: all subscribers, 100 per page, from page 1. */
#define WXPUSHER_USER_QUERY_INIT \\
  { sizeof(wxpusher_user_query), NULL, WXPUSHER_NUL_TERMINATED, 1, 100, -1, -1 }
";

/// `stdcall` in 32-bit programs, as callers of DLLs expect.
const WINDOWS: &str = "
#ifdef _WIN32
/**
 * wxpusher_send_text with UTF-16 texts, for programs that have no UTF-8. `size` is the number of 16-bit units of `buffer`.
 */
int32_t __stdcall wxpusher_send_text_utf16(const uint16_t *app_token,
                                           const uint16_t *uid,
                                           const uint16_t *content,
                                           uint16_t *buffer,
                                           size_t size);
#endif
";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn source(name: &str) -> PathBuf {
    folder().join("src").join(name).with_extension("rs")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the sources are readable UTF-8")
}

/// What cbindgen makes of one file.
fn bindings(name: &str) -> String {
    let config = cbindgen::Config::from_file(folder().join("cbindgen.toml")).expect("cbindgen.toml is readable");
    let mut text = Vec::new();
    let builder = cbindgen::Builder::new().with_config(config).with_src(source(name));
    builder.generate().expect("cbindgen reads the sources").write(&mut text);
    String::from_utf8(text).expect("the sources are UTF-8")
}

/// One section: constants, structs, macros, functions. All type names are declared before, so that sections can be in any order:
/// `typedef struct x {…} x;` becomes `struct x {…};`. Adds the names to `types`.
fn section(name: &str, macros: &str, types: &mut Vec<String>) -> String {
    let title = read(&source(name));
    let title = title.lines().next().and_then(|line| line.strip_prefix("//! ")).expect("a file begins with its title");
    let mut body = String::new();
    let mut doc = String::new();
    for line in bindings(name).lines() {
        if let Some(rest) = line.strip_prefix("typedef struct ") {
            let type_name = rest.split([' ', ';']).next().expect("a struct has a name").to_owned();
            let is_opaque = rest.ends_with(';');
            types.push(type_name.clone());
            body.push_str(&std::mem::take(&mut doc));
            body.push_str(&if is_opaque {
                format!("struct {type_name};\n")
            } else {
                format!("struct {type_name} {{\n")
            });
        } else if line.starts_with("} wxpusher_") {
            body.push_str("};\n");
        } else {
            let is_comment = line.starts_with("/**") || line.starts_with(" *");
            if is_comment {
                doc.push_str(line);
                doc.push('\n');
                continue;
            }
            body.push_str(&std::mem::take(&mut doc));
            body.push_str(&line.replace("struct wxpusher_", "wxpusher_"));
            body.push('\n');
        }
    }
    let (types_part, functions) = split_before_functions(&body);
    let macros = if macros.is_empty() { String::new() } else { format!("{macros}\n") };
    let (types_part, functions) = (types_part.trim(), functions.trim());
    let gap = if types_part.is_empty() { "" } else { "\n\n" };
    let windows = if name == "send" { WINDOWS } else { "" };
    format!(
        "/**\n * @defgroup {name} {title}\n * @{{\n */\n\n{types_part}{gap}{macros}{functions}\n{windows}\n/** @}} */\n\n"
    )
}

/// Puts a comment of one line of text on one line.
fn shorten_comments(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut short = String::new();
    let mut at = 0;
    while at < lines.len() {
        match lines[at..] {
            [start, middle, end, ..] if start.trim() == "/**" && end.trim() == "*/" && !middle.contains('@') => {
                short.push_str(&format!("{start} {} */\n", middle.trim().trim_start_matches("* ")));
                at += 3;
            }
            _ => {
                short.push_str(lines[at]);
                short.push('\n');
                at += 1;
            }
        }
    }
    short
}

/// Splits a section before the comment of its first function.
fn split_before_functions(body: &str) -> (&str, &str) {
    let mut start = 0;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if line.starts_with("/**") {
            start = at;
        }
        if line.contains('(') && !line.starts_with([' ', '/', '#']) {
            return body.split_at(start);
        }
        at += line.len();
    }
    (body, "")
}

fn generate() -> String {
    let mut types = Vec::new();
    let sections: String = SECTIONS.iter().map(|(name, macros)| section(name, macros, &mut types)).collect();
    let types: String = types.iter().map(|name| format!("typedef struct {name} {name};\n")).collect();
    let prologue = read(&folder().join("include/prologue.h.in"));
    let sections = shorten_comments(&sections);
    let types = format!("/** @cond */\n{types}/** @endcond */\n");
    format!("{prologue}{types}\n{sections}#ifdef __cplusplus\n}}\n#endif\n\n#endif\n")
}

#[test]
fn header_is_up_to_date() {
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

/// A file that is not in the list would be missing from the header.
#[test]
fn every_source_is_in_the_header() {
    let without_functions = [
        "boundary",
        "cancellation",
        "fallible",
        "layout_test",
        "lib",
        "owned",
        "panic_test",
        "pointer",
        "send_text_utf16",
    ];
    for file in fs::read_dir(folder().join("src")).expect("src is there") {
        let path = file.expect("src is readable").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("file names are ASCII");
        let listed = SECTIONS.iter().any(|(section, _)| *section == name);
        assert!(listed != without_functions.contains(&name), "{name}.rs: list it in tests/header.rs");
        assert!(
            listed
                || ["panic_test", "send_text_utf16"].contains(&name)
                || !read(&path).contains("#[unsafe(no_mangle)]"),
            "{name}.rs exports a function"
        );
    }
}
