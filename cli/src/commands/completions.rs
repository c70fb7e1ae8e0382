//! `wxpusher completions`.

use clap::Args as ClapArgs;
use clap_complete::Shell;

use crate::context::{Context, Done, Result};

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub(crate) struct CompletionsArgs {
    /// Shell to print completions for
    shell: Shell,
}

const HELP: &str = "\
Examples:
  wxpusher completions bash > ~/.local/share/bash-completion/completions/wxpusher
  wxpusher completions zsh > \"${fpath[1]}/_wxpusher\"
  wxpusher completions fish > ~/.config/fish/completions/wxpusher.fish";

pub(crate) fn run(context: &Context, args: &CompletionsArgs, mut command: clap::Command) -> Result {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "wxpusher", &mut script);
    context.out.raw(&String::from_utf8_lossy(&script));
    Ok(Done { is_printed: true, ..Done::default() })
}
