//! The `wxpusher` command as a library, so that other packages (the Python wheel) can contain it.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

use std::ffi::OsString;
use std::io::{self, Write};

use clap::error::ErrorKind as ClapError;
use clap::{CommandFactory, FromArgMatches};
use serde_json::json;

mod args;
mod callback_json;
mod commands;
mod context;
mod demo;
mod duration;
mod exit;
mod failure;
mod globals;
mod input;
mod interrupt;
mod lang;
mod logger;
mod mask;
mod outcome;
mod output;
mod profile;
mod prompt;
mod raw_args;
mod recipients;
mod sandbox;
mod terminal;
mod time;

use args::{Args, Command};
use commands::{
    broadcast, callback, completions, config, delete, doctor, help, listen, man, mcp, product, push, qrcode,
    sandbox_actions, send, status, users, verify_link,
};
use context::{Context, Done};
use exit::Class;
use failure::Failure;

/// Returns the command with its texts in the chosen language.
pub(crate) fn clap_command() -> clap::Command {
    lang::help::localize(Args::command())
}

/// Runs the command with these arguments, the program's name first, and returns the exit status.
///
/// It returns when the command has ended. `sandbox` and `listen` end by a signal.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let texts: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    lang::set(lang::detect(&texts, |name| std::env::var(name).ok()));
    raw_args::remember_double_dash(&texts);

    let mut command = clap_command();
    let parsed = command.try_get_matches_from_mut(args).and_then(|matches| Args::from_arg_matches(&matches));
    let Args { command, globals } = match parsed {
        Ok(args) => args,
        Err(error) => return wrong_arguments(&error, &mut command, raw_args::wants_json(&texts)),
    };
    logger::install(globals.verbose);
    interrupt::install();
    let class = command.class();
    let context = Context::new(globals);
    let result = dispatch(&context, command);
    report(&context, class, result)
}

fn dispatch(context: &Context, command: Command) -> context::Result {
    match command {
        Command::Send(args) => match args.command_to_run() {
            Some(command) => commands::run_command::run(context, &args, command),
            None => send::run(context, &args),
        },
        Command::Push(args) => push::run(context, &args),
        Command::Broadcast(args) => broadcast::run(context, &args),
        Command::Listen(args) => listen::run(context, &args),
        Command::Status(args) => status::run(context, &args),
        Command::Delete(args) => delete::run(context, &args),
        Command::Qrcode(args) => qrcode::run(context, &args),
        Command::Users(args) => users::run(context, &args),
        Command::Product(args) => product::run(context, &args),
        Command::Callback(args) => callback::run(context, &args),
        Command::VerifyLink(args) => verify_link::run(context, &args),
        Command::Config(args) => config::run(context, &args),
        Command::Profile(args) => commands::profile::run(context, &args),
        Command::Doctor(args) => doctor::run(context, &args),
        Command::Mcp(args) => mcp::run(context, &args),
        Command::Man(args) => man::run(context, &args, clap_command()),
        Command::Sandbox(args) => match &args.action {
            Some(action) => sandbox_actions::run(context, action),
            None => sandbox::run(context, &args.start),
        },
        Command::Demo => demo::run().map(|()| Done::default()),
        Command::Completions(args) => completions::run(context, &args, clap_command()),
        Command::Help(args) => help::run(context, &args, clap_command()),
    }
}

/// Prints the end of a command and returns its exit status.
fn report(context: &Context, class: Class, result: context::Result) -> u8 {
    let out = &context.out;
    let mut exit = match result {
        Ok(done) => {
            if out.is_json() && !done.is_printed {
                out.json(&json!({"ok": true, "exit": exit::OK, "error": null, "outcome": done.outcome}));
            }
            exit::OK
        }
        Err(failure) => {
            if out.is_json() {
                out.json(&failure.to_json(class));
            }
            out.flush();
            if let Some(text) = failure.text() {
                output::warn(&text);
            }
            failure.exit(class)
        }
    };
    if let Some(error) = out.finish() {
        output::warn(&tr!("cannot write to standard output: {error}", "无法写入标准输出：{error}"));
        // The status of a delivery stays: a script that repeats would deliver again.
        if exit == exit::OK && class == Class::Repeatable {
            exit = exit::LOCAL;
        }
    }
    exit
}

/// Help and version are errors of clap that go to standard output with status 0.
fn wrong_arguments(error: &clap::Error, command: &mut clap::Command, as_json: bool) -> u8 {
    let is_help = matches!(error.kind(), ClapError::DisplayHelp | ClapError::DisplayVersion);
    if is_help || (error.kind() == ClapError::DisplayHelpOnMissingArgumentOrSubcommand && !as_json) {
        let _ = error.print();
        return error.exit_code() as u8;
    }
    let (flag, text) = lang::clap_errors::text(error, command);
    if as_json {
        let document = Failure::usage(&flag, text.clone()).to_json(Class::Repeatable);
        let _ = writeln!(io::stdout(), "{document}");
    }
    output::warn(&text);
    exit::USAGE
}
