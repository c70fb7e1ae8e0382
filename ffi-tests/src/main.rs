//! `cargo run -p ffi-tests`: every case, every language, one table.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use ffi_tests::language::Places;
use ffi_tests::report::{conformance, junit, table};
use ffi_tests::suite::{self, Selection};
use glob::Pattern;

/// Runs the shared suite: every case against the testee of every language.
#[derive(Debug, Parser)]
#[command(name = "ffi-tests")]
struct Arguments {
    /// Only these languages (see languages.json); may be repeated or separated by commas
    #[arg(long, value_delimiter = ',')]
    lang: Vec<String>,
    /// Only the cases whose name matches, like 'send/*'
    #[arg(long, value_name = "GLOB")]
    case: Option<Pattern>,
    /// Where to write the numbers [default: target/conformance.json, when all cases run]
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Where to write JUnit XML
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("ffi-tests could not run:\n{problem}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, String> {
    let places = Places::of_this_checkout();
    let start = Instant::now();
    let selection = Selection { languages: arguments.lang.clone(), cases: arguments.case.clone() };
    let outcome = suite::run(&places, &selection)?;
    let ci = env::var("CI").is_ok_and(|value| value == "true" || value == "1");
    let red = outcome.red(ci);
    print!("{}", table::render(&outcome, &red));
    println!("{} cases in {:.1} s", outcome.cases.len(), start.elapsed().as_secs_f64());

    let everything = arguments.case.is_none();
    let kept = places.repository.join("target").join("conformance.json");
    if let Some(path) = arguments.json.clone().or_else(|| everything.then_some(kept)) {
        write(&path, &format!("{:#}\n", conformance::render(&outcome)))?;
    }
    if let Some(path) = &arguments.junit {
        write(path, &junit::render(&outcome, &red))?;
    }
    Ok(red.is_empty())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}
