//! The crates of the workspace, as cargo describes them.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// One thing that rustc compiles: a library, a program, a test.
pub(crate) struct Target {
    pub(crate) package: String,
    pub(crate) is_library: bool,
    /// The file that compiling starts at, relative to the root of the repository.
    pub(crate) root: PathBuf,
}

impl Target {
    /// The folder of the root file.
    pub(crate) fn folder(&self) -> PathBuf {
        self.root.parent().unwrap_or(Path::new("")).to_owned()
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<CargoTarget>,
}

#[derive(Deserialize)]
struct CargoTarget {
    kind: Vec<String>,
    src_path: PathBuf,
}

pub(crate) fn targets() -> Result<Vec<Target>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
    let here = env::current_dir()?;
    let mut targets = Vec::new();
    for package in metadata.packages {
        for target in package.targets {
            let is = |kind: &str| target.kind.iter().any(|name| name == kind);
            if is("custom-build") {
                continue;
            }
            targets.push(Target {
                package: package.name.clone(),
                is_library: is("lib") || is("rlib") || is("cdylib") || is("staticlib"),
                root: target.src_path.strip_prefix(&here).unwrap_or(&target.src_path).to_owned(),
            });
        }
    }
    Ok(targets)
}
