//! `wxpusher callback`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand};
use wxpusher::parse_callback;

use crate::callback_json::event;
use crate::context::{Context, Result};
use crate::failure::Failure;
use crate::tr;

#[derive(Debug, ClapArgs)]
pub(crate) struct CallbackArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Check the body of a callback and print its fields
    Parse(ParseArgs),
}

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
struct ParseArgs {
    /// File with the body; `-` is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

const HELP: &str = "\
Example:
  wxpusher callback parse --json < body.json

Exit status 3 if the body is not a callback. All exit statuses: wxpusher help exit-codes";

/// Larger than any callback.
const MAX_BODY: u64 = 1024 * 1024;

pub(crate) fn run(context: &Context, args: &CallbackArgs) -> Result {
    let Action::Parse(ParseArgs { file }) = &args.action;
    let cannot = |error: io::Error| {
        let file = file.display();
        Failure::local(tr!("cannot read {file}: {error}", "无法读取 {file}：{error}"))
    };
    let mut body = Vec::new();
    if file == Path::new("-") {
        io::stdin().lock().take(MAX_BODY).read_to_end(&mut body).map_err(cannot)?;
    } else {
        File::open(file).and_then(|file| file.take(MAX_BODY).read_to_end(&mut body)).map_err(cannot)?;
    }
    let event = event(&parse_callback(&body)?);
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut rows = vec![vec!["action".into(), (&event.action).into()]];
    if let Some(data) = event.document["data"].as_object() {
        let filled = data.iter().filter(|(_, value)| !value.is_null());
        rows.extend(filled.map(|(name, value)| vec![name.into(), text(value).into()]));
    }
    context.out.table(&[tr!("FIELD", "字段"), tr!("VALUE", "值")], &rows);
    Ok(event.document.into())
}
