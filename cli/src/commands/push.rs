//! `wxpusher push`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use wxpusher::{Client, Limits, SimplePush, Spt};

use super::send::{all_to_json, partly, print};
use crate::context::{Context, Result, Token};
use crate::failure::Failure;
use crate::input::ContentArgs;
use crate::recipients::open_list;
use crate::{interrupt, tr};

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub(crate) struct PushArgs {
    #[command(flatten)]
    content: ContentArgs,
    /// File with one SPT per line; `-` is standard input [env: WXPUSHER_SPT, WXPUSHER_SPT_LIST]
    #[arg(long, value_name = "FILE")]
    spt_file: Option<PathBuf>,
}

const HELP: &str = "\
Example:
  export WXPUSHER_SPT=SPT_xxx
  wxpusher push 'backup done'

An SPT is a secret: it comes from WXPUSHER_SPT, WXPUSHER_SPT_LIST, --spt-file or a profile, never from an argument.
Exit statuses: wxpusher help exit-codes";

pub(crate) fn run(context: &Context, args: &PushArgs) -> Result {
    let config = context.config(Token::NotUsed)?;
    let spts = match &args.spt_file {
        Some(file) => open_list(file, "--spt-file")?.map(|spt| spt.map(Spt::new)).collect::<Result<Vec<_>>>()?,
        None => config.get_default_spts().to_vec(),
    };
    if spts.is_empty() {
        let text = tr!(
            "no SPT: set WXPUSHER_SPT or WXPUSHER_SPT_LIST, or give --spt-file",
            "没有 SPT：请设置 WXPUSHER_SPT 或 WXPUSHER_SPT_LIST，或给出 --spt-file",
        );
        return Err(Failure::usage("WXPUSHER_SPT", text));
    }
    let client = Client::with_config(config)?;
    let mut outcomes = Vec::new();
    for content in args.content.read(&Limits::CURRENT)? {
        let push = SimplePush {
            content,
            content_type: args.content.content_type(),
            summary: args.content.summary.clone(),
            url: args.content.url.clone(),
            spts: spts.clone(),
        };
        let result = {
            let _guard = interrupt::guard();
            client.simple_push(&push)
        };
        match result {
            Ok(outcome) => {
                print(context, &outcome);
                outcomes.push(outcome);
            }
            Err(error) => {
                let mut failure = Failure::from(error);
                if let Some(outcome) = failure.rejected() {
                    print(context, outcome);
                }
                if !outcomes.is_empty() {
                    failure.set_outcome_if_none(all_to_json(&outcomes));
                    failure = failure.after_delivery(true);
                }
                return Err(failure);
            }
        }
    }
    let document = all_to_json(&outcomes);
    partly(&outcomes).map_err(|failure| failure.with_outcome(document.clone()))?;
    Ok(document.into())
}
