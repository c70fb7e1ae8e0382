//! The project's own commands, run as `cargo xtask COMMAND`.

mod layers;
mod names;
mod setup;
mod words;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask COMMAND

  layers    check that dependencies between source files have one direction and no circle
  names     write the tables of all public names, docs/*/reference/names.md
  names --check
            check that these tables are up to date
  setup [PART...]
            install what the tests and checks need besides Rust; the parts are in xtask/setup.json
  setup --check PART...
            report what these parts need and do not have, and fail if there is anything
  words     check that words and phrases of the old style are not used";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    // Paths in messages and in the data files are relative to the root of the repository.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the repository");
    env::set_current_dir(root)?;

    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["layers"] => layers::run(),
        ["names"] => names::run(false),
        ["names", "--check"] => names::run(true),
        ["setup", "--check", ref parts @ ..] => setup::check(parts),
        ["setup", ref parts @ ..] => setup::run(parts),
        ["words"] => words::run(),
        _ => bail!("{USAGE}"),
    }
}
