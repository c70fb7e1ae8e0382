//! Questions to the person at the terminal.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::context::Context;
use crate::failure::Failure;
use crate::{interrupt, terminal, tr};

/// Whether a person can be asked.
pub(crate) fn is_possible(context: &Context) -> bool {
    !context.globals.no_input && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for confirmation, unless `--yes` was given. Without a terminal `--yes` is required.
pub(crate) fn confirm(context: &Context, yes: bool, question: &str) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !is_possible(context) {
        let text = tr!(
            "{question} Add --yes to confirm: there is no terminal to ask",
            "{question} 没有终端可以询问，请用 --yes 确认"
        );
        return Err(Failure::usage("--yes", text));
    }
    let mut err = io::stderr();
    write!(err, "{question} [y/N] ")?;
    err.flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    match line.trim().to_lowercase().as_str() {
        "y" | "yes" | "是" => Ok(()),
        _ => Err(Failure::local(tr!("not confirmed, nothing was done", "没有确认，未执行任何操作"))),
    }
}

/// Asks for a secret without showing what is typed.
pub(crate) fn secret(question: &str) -> Result<String, Failure> {
    terminal::save();
    // Ctrl-C is a key while the input is hidden.
    rpassword::prompt_password(format!("{question}: ")).map_err(|error| match error.kind() {
        io::ErrorKind::Interrupted => interrupt::interrupted(),
        _ => error.into(),
    })
}
