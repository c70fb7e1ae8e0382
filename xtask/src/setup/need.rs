//! One thing that a part needs, and whether it is there.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::cache;
use super::debian_root;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Need {
    /// A command on `PATH`.
    Command { command: String, package: String },
    /// A header that the C++ compiler finds.
    Header { header: String, package: String },
    /// Python of at least this version, with the module `venv`.
    Python { python: String, package: String },
    /// A Java compiler of at least this major version.
    Jdk { jdk: u32, package: String },
    /// Swift of at least this major version: on `PATH`, or these packages in the Debian 13 root.
    Swift { swift: u32, packages: Vec<String> },
    /// A Rust toolchain of rustup.
    Toolchain { toolchain: String },
    /// A binary that `cargo install` builds into a folder of the cache.
    Cargo { cargo: String, version: String, binary: String, folder: String },
    /// A binary of a Python package, in a virtualenv of the cache.
    Pypi { pypi: String, binary: String },
    /// A jar of Maven Central, in the cache.
    Maven { maven: String, file: String },
}

impl Need {
    pub(crate) fn is_met(&self) -> bool {
        match self {
            Need::Command { command, .. } => has_command(command),
            Need::Header { header, .. } => has_header(header),
            Need::Python { python, .. } => has_python(python),
            Need::Jdk { jdk, .. } => version_of("javac", "-version", "javac ").is_some_and(|version| version >= *jdk),
            Need::Swift { swift, packages } => {
                version_of("swift", "--version", "Swift version ").is_some_and(|version| version >= *swift)
                    || debian_root::lacks(packages).is_empty()
            }
            Need::Toolchain { toolchain } => succeeds(Command::new("rustup").args(["run", toolchain, "rustc", "-V"])),
            Need::Cargo { binary, folder, version, cargo } => {
                let program = cache::folder().join(folder).join("bin").join(binary);
                // cargo-c's commands report the version of the crate with that of cargo behind it.
                let wanted = if cargo == binary { version.as_str() } else { "" };
                output(Command::new(program).arg("--version")).is_some_and(|text| text.contains(wanted))
            }
            Need::Pypi { pypi, binary } => {
                let folder = cache::python_tools().join("bin");
                let Some((name, version)) = pypi.split_once("==") else { return false };
                let shown = output(Command::new(folder.join("python")).args(["-m", "pip", "show", name]));
                folder.join(binary).exists()
                    && shown.is_some_and(|text| text.contains(&format!("Version: {version}\n")))
            }
            Need::Maven { file, .. } => cache::folder().join(file).exists(),
        }
    }

    /// Its name in messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Need::Command { command, .. } => command.clone(),
            Need::Header { header, .. } => header.clone(),
            Need::Python { python, .. } => format!("Python {python} with venv"),
            Need::Jdk { jdk, .. } => format!("JDK {jdk}"),
            Need::Swift { swift, .. } => format!("Swift {swift}"),
            Need::Toolchain { toolchain } => format!("Rust {toolchain}"),
            Need::Cargo { cargo, version, .. } => format!("{cargo} {version}"),
            Need::Pypi { pypi, .. } => pypi.replace("==", " "),
            Need::Maven { file, .. } => file.rsplit('/').next().unwrap_or(file).to_owned(),
        }
    }
}

fn has_command(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

fn has_header(name: &str) -> bool {
    let compiler = Command::new("c++")
        .args(["-x", "c++", "-fsyntax-only", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut compiler) = compiler else { return false };
    let is_written = compiler.stdin.take().is_some_and(|mut input| writeln!(input, "#include <{name}>").is_ok());
    compiler.wait().is_ok_and(|status| status.success()) && is_written
}

/// The names of `bindings-python/venv.sh`. A version manager may have names that do not work, so each one is run.
fn has_python(version: &str) -> bool {
    let names = env::var("PYTHON")
        .unwrap_or_else(|_| "python3 python3.14 python3.13 python3.12 python3.11 python3.10".to_owned());
    let version = version.replace('.', ", ");
    let program = format!("import sys, venv, ensurepip; sys.exit(sys.version_info < ({version}))");
    names.split_whitespace().any(|name| succeeds(Command::new(name).args(["-c", &program])))
}

/// The major version after `prefix` in what a program prints.
fn version_of(program: &str, argument: &str, prefix: &str) -> Option<u32> {
    let text = output(Command::new(program).arg(argument))?;
    let (_, rest) = text.split_once(prefix)?;
    rest.split(|char: char| !char.is_ascii_digit()).next()?.parse().ok()
}

fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a program writes to both outputs, if it succeeds.
fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}
