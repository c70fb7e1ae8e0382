//! `wxpusher verify-link`.

use std::env;
use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::json;
use wxpusher::EntryLinkVerifier;

use crate::context::{Context, Result, read_token};
use crate::failure::Failure;
use crate::{profile, tr};

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub(crate) struct VerifyLinkArgs {
    /// Entry link, or its query string
    url: String,
    /// Read the verification key from this file; `-` is standard input [env: WXPUSHER_ENTRY_KEY]
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

const HELP: &str = "\
Example:
  export WXPUSHER_ENTRY_KEY=…
  wxpusher verify-link 'https://example.com/?uid=UID_xxx&ts=…&nonce=…&sv=1&sign=…'

Prints the UID. Exit status 3 if the link is unsigned, forged or older than 10 minutes. A replay cannot be detected here:
only a running server remembers used links. All exit statuses: wxpusher help exit-codes";

pub(crate) fn run(context: &Context, args: &VerifyLinkArgs) -> Result {
    let variable = env::var("WXPUSHER_ENTRY_KEY").ok().filter(|key| !key.trim().is_empty());
    let key = match (&args.key_file, variable) {
        (Some(file), _) => read_token(file, "--key-file")?.expose().to_owned(),
        (None, Some(key)) => key.trim().to_owned(),
        (None, None) => profile::load(context.globals.profile.as_deref())?.get("entry_key").ok_or_else(|| {
            let text = tr!(
                "no verification key: set WXPUSHER_ENTRY_KEY or --key-file",
                "没有验签密钥：请设置 WXPUSHER_ENTRY_KEY 或 --key-file",
            );
            Failure::usage("WXPUSHER_ENTRY_KEY", text)
        })?,
    };
    let uid = EntryLinkVerifier::new(&key).verify(&args.url)?;
    context.out.line(&uid);
    Ok(json!({"uid": uid}).into())
}
