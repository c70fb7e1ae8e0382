//! `wxpusher man`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use clap_mangen::Man;

use crate::context::{Context, Done, Result};
use crate::failure::Failure;
use crate::tr;

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub(crate) struct ManArgs {
    /// Write one page per command into this folder instead of printing the main page
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
}

const HELP: &str = "\
Examples:
  wxpusher man | man -l -
  wxpusher man --dir ~/.local/share/man/man1";

pub(crate) fn run(context: &Context, args: &ManArgs, mut command: clap::Command) -> Result {
    command.build();
    let done = Done { is_printed: true, ..Done::default() };
    let Some(dir) = &args.dir else {
        context.out.raw(&page(command)?);
        return Ok(done);
    };
    fs::create_dir_all(dir).and_then(|()| write(&command, "wxpusher", dir)).map_err(|error| {
        let dir = dir.display();
        Failure::local(tr!("--dir: cannot write to {dir}: {error}", "--dir：无法写入 {dir}：{error}"))
    })?;
    Ok(done)
}

fn page(command: clap::Command) -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn write(command: &clap::Command, name: &str, dir: &Path) -> io::Result<()> {
    // `wxpusher users list` is described by wxpusher-users-list(1).
    let named = command.clone().name(name.to_owned());
    fs::write(dir.join(format!("{name}.1")), page(named)?)?;
    for command in command.get_subcommands() {
        write(command, &format!("{name}-{}", command.get_name()), dir)?;
    }
    Ok(())
}
