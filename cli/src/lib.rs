//! The `wxpusher` command as a library, so that other packages (the Python wheel) can carry it.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

use std::ffi::OsString;
use std::io::{self, Write};

use clap::{CommandFactory, Parser};

mod args;
mod demo;
mod exit;
mod sandbox;
mod send;

use args::{Args, Command};

/// Runs the command with these arguments, the program's name first, and says with which status to exit.
///
/// It returns only when the command is over; `sandbox` ends by a signal.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are "errors" of clap's that go to standard output with status 0.
            let _ = error.print();
            return error.exit_code() as u8;
        }
    };
    let result = match args.command {
        Command::Send(args) => send::run(&args),
        Command::Sandbox(args) => sandbox::run(&args),
        Command::Demo => demo::run(),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Args::command(), "wxpusher", &mut io::stdout());
            Ok(())
        }
    };
    match result {
        Ok(()) => exit::OK,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "wxpusher: {}", failure.text);
            failure.status
        }
    }
}
