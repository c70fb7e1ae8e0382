//! The help texts in Chinese. The English ones are at the arguments themselves.

/// Replaces the texts of all commands and arguments if the language is Chinese.
pub(crate) fn localize(command: clap::Command) -> clap::Command {
    command
}
