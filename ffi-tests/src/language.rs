//! `languages.json`: how each language's testee is built and started, and how a missing toolchain shows.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde::Deserialize;

/// One language of the table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// As `--lang` and the reports call it.
    pub name: String,
    /// A command that succeeds where the toolchain is installed.
    pub needs: Vec<String>,
    /// What to tell somebody who lacks it.
    pub missing: String,
    /// Builds the testee.
    pub build: Vec<String>,
    /// Starts the testee.
    pub start: Vec<String>,
}

/// Whether a language can be run.
pub enum Readiness {
    /// Its testee is built.
    Ready,
    /// The toolchain is not on this machine.
    Missing(String),
    /// The toolchain is there and the testee does not build.
    Broken(String),
}

/// Where the suite and the repository around it are, and where Cargo builds.
#[derive(Debug, Clone)]
pub struct Places {
    /// `ffi-tests/`.
    pub suite: PathBuf,
    /// The repository; every command runs here.
    pub repository: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

impl Places {
    /// The places of this checkout.
    pub fn of_this_checkout() -> Self {
        let suite =
            PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()));
        let repository = suite.parent().unwrap_or(&suite).to_owned();
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository.join("target"), |dir| repository.join(dir));
        Self { suite, repository, target }
    }
}

impl Language {
    /// The table.
    pub fn load_all(places: &Places) -> Result<Vec<Self>, String> {
        let path = places.suite.join("languages.json");
        let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_slice(&text).map_err(|error| format!("languages.json: {error}"))
    }

    /// Looks for the toolchain and builds the testee.
    pub fn prepare(&self, places: &Places) -> Readiness {
        if let Err(problem) = run(&self.needs, places) {
            return Readiness::Missing(format!("{} ({problem})", self.missing));
        }
        match run(&self.build, places) {
            Ok(()) => Readiness::Ready,
            Err(problem) => Readiness::Broken(format!("the testee does not build: {problem}")),
        }
    }

    /// The start command, with the places filled in.
    pub fn start_command(&self, places: &Places) -> Vec<String> {
        fill_in(&self.start, places)
    }
}

fn fill_in(command: &[String], places: &Places) -> Vec<String> {
    command
        .iter()
        .map(|part| {
            part.replace("{target}", &places.target.to_string_lossy())
                .replace("{root}", &places.repository.to_string_lossy())
        })
        .collect()
}

fn run(command: &[String], places: &Places) -> Result<(), String> {
    let command = fill_in(command, places);
    let (program, arguments) = command.split_first().ok_or("an empty command")?;
    let mut command_line = Command::new(program);
    command_line.args(arguments).current_dir(&places.repository);
    for (name, _) in env::vars_os().filter(|(name, _)| is_of_the_running_package(&name.to_string_lossy())) {
        command_line.env_remove(name);
    }
    let output = command_line.output().map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = errors.lines().rev().take(20).collect();
    let end: Vec<&str> = lines.into_iter().rev().collect();
    Err(format!("{}: {}\n{}", command.join(" "), output.status, end.join("\n")))
}

/// What Cargo tells a program it runs about its package. A build that saw these would take itself for another one, and
/// build dependencies that look at them (ring does) all over again.
fn is_of_the_running_package(name: &str) -> bool {
    const NAMES: [&str; 7] = [
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_MANIFEST_LINKS",
        "CARGO_PRIMARY_PACKAGE",
        "CARGO_CRATE_NAME",
        "CARGO_BIN_NAME",
        "OUT_DIR",
    ];
    NAMES.contains(&name) || name.starts_with("CARGO_PKG_")
}
