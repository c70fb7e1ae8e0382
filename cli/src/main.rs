//! The `wxpusher` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(wxpusher_cli::run(std::env::args_os()))
}
