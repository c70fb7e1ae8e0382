//! The help texts in Chinese. The English ones are at the arguments themselves; `help_zh` maps them to Chinese.

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, Command};

use super::help_zh::TEXTS;
use super::is_chinese;

/// Replaces the texts of all commands and arguments if the language is Chinese, clap's own ones included.
pub(crate) fn localize(command: Command) -> Command {
    if is_chinese() { to_chinese(command) } else { command }
}

fn to_chinese(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let is_root = command.get_version().is_some();
    let (about, after) = (translated(command.get_about()), translated(command.get_after_help()));
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("命令")
        .mut_args(argument)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("显示帮助（-h 为摘要）")
                .help_heading("选项"),
        );
    if is_root {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.arg(version.help("显示版本").help_heading("选项"));
    }
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    for name in names {
        command = command.mut_subcommand(name, to_chinese);
    }
    command
}

fn argument(arg: Arg) -> Arg {
    let mut help = translated(arg.get_help()).unwrap_or_default();
    if !matches!(arg.get_action(), ArgAction::Set | ArgAction::Append) {
        return with_heading(arg.help(help));
    }
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !default.is_empty() && !arg.is_hide_default_value_set() {
        help += &format!(" [默认值：{}]", default.join("、"));
    }
    let values: Vec<_> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !values.is_empty() {
        help += &format!(" [可选值：{}]", values.join("、"));
    }
    with_heading(arg.help(help).hide_default_value(true).hide_possible_values(true))
}

fn with_heading(arg: Arg) -> Arg {
    let heading = match (arg.get_help_heading(), arg.is_positional()) {
        (Some(_), _) => "全局选项",
        (None, true) => "参数",
        (None, false) => "选项",
    };
    arg.help_heading(heading)
}

fn translated(text: Option<&StyledStr>) -> Option<String> {
    let text = text?.to_string();
    Some(TEXTS.iter().find(|(en, _)| *en == text).map_or(text, |(_, zh)| (*zh).to_owned()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Args;

    fn texts(command: &Command, found: &mut Vec<String>) {
        let of_command = [command.get_about(), command.get_after_help()];
        let of_args = command.get_arguments().map(Arg::get_help);
        for text in of_command.into_iter().chain(of_args).flatten() {
            found.push(text.to_string());
        }
        for command in command.get_subcommands() {
            texts(command, found);
        }
    }

    #[test]
    fn no_text_lacks_a_translation_and_no_translation_lacks_its_text() {
        let mut found = Vec::new();
        texts(&Args::command(), &mut found);
        let mut missing: Vec<_> = found.iter().filter(|text| !TEXTS.iter().any(|(en, _)| en == text)).collect();
        missing.dedup();
        assert!(missing.is_empty(), "without translation: {missing:#?}");
        let unused: Vec<_> = TEXTS.iter().filter(|(en, _)| !found.iter().any(|text| text == en)).collect();
        assert!(unused.is_empty(), "unused: {unused:#?}");
    }

    #[test]
    fn chinese_help_has_no_english_heading() {
        let mut command = to_chinese(Args::command());
        command.build();
        let mut commands = vec![command];
        while let Some(mut command) = commands.pop() {
            let help = command.render_long_help().to_string();
            for english in ["Usage:", "Options:", "Commands:", "Arguments:", "[default", "[possible", "Print help"] {
                assert!(!help.contains(english), "{english} in {help}");
            }
            commands.extend(command.get_subcommands().cloned());
        }
    }
}
