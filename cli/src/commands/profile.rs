//! `wxpusher profile`.

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Value, json};

use crate::context::{Context, Result};
use crate::failure::Failure;
use crate::output::Cell;
use crate::profile::{self, ConfigFile};
use crate::{prompt, tr};

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub(crate) struct ProfileArgs {
    #[command(subcommand)]
    action: Action,
}

const HELP: &str = "\
Example:
  wxpusher profile add sandbox
  wxpusher config set base_url http://127.0.0.1:9797 --profile sandbox
  wxpusher profile use sandbox";

#[derive(Debug, Subcommand)]
enum Action {
    /// List the profiles; * marks the one in use
    List,
    /// Use a profile from now on
    Use {
        /// Name of the profile
        name: String,
    },
    /// Add an empty profile
    Add {
        /// Name of the profile
        name: String,
    },
    /// Remove a profile with its settings
    Remove {
        /// Name of the profile
        name: String,
        /// Do not ask for confirmation
        #[arg(short, long)]
        yes: bool,
    },
}

pub(crate) fn run(context: &Context, args: &ProfileArgs) -> Result {
    let mut file = ConfigFile::read()?;
    match &args.action {
        Action::List => {
            let (current, _) = profile::chosen(context.globals.profile.as_deref(), &file);
            let names = file.names();
            let rows: Vec<Vec<Cell>> = names
                .iter()
                .map(|name| {
                    let mark = if *name == current { "*" } else { "" };
                    vec![mark.into(), name.into(), file.get(name, "base_url").unwrap_or_default().into()]
                })
                .collect();
            let header = [String::new(), tr!("PROFILE", "配置档"), tr!("BASE URL", "服务地址")];
            context.out.table(&header, &rows);
            let profiles: Value =
                names.iter().map(|name| json!({"name": name, "isCurrent": *name == current})).collect();
            return Ok(json!({"profiles": profiles}).into());
        }
        Action::Use { name } => {
            check_exists(&file, name)?;
            file.set_current(name);
            file.write()?;
            context.out.note(&tr!("profile {name} is in use", "正在使用配置档 {name}"));
        }
        Action::Add { name } => {
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if name.is_empty() || !name.chars().all(is_name) {
                let text = tr!("NAME must consist of letters, digits, - and _", "NAME 只能包含字母、数字、- 和 _");
                return Err(Failure::usage("NAME", text));
            }
            if file.names().contains(name) {
                return Err(Failure::usage("NAME", tr!("profile {name} exists already", "配置档 {name} 已存在")));
            }
            file.add(name);
            file.write()?;
            context.out.note(&tr!("profile {name} was added", "已添加配置档 {name}"));
        }
        Action::Remove { name, yes } => {
            check_exists(&file, name)?;
            prompt::confirm(context, *yes, &tr!("Remove profile {name}?", "删除配置档 {name}？"))?;
            file.remove(name);
            file.write()?;
            context.out.note(&tr!("profile {name} was removed", "已删除配置档 {name}"));
        }
    }
    Ok(json!({"profiles": file.names()}).into())
}

fn check_exists(file: &ConfigFile, name: &String) -> Result<()> {
    if file.names().contains(name) {
        return Ok(());
    }
    let text = tr!(
        "there is no profile {name} (wxpusher profile list shows all)",
        "没有配置档 {name}（用 wxpusher profile list 查看）"
    );
    Err(Failure::usage("NAME", text))
}
