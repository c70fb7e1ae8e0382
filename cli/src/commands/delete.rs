//! `wxpusher delete`.

use clap::Args as ClapArgs;
use serde_json::json;

use crate::context::{Context, Result, Token};
use crate::{interrupt, tr};

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
pub(crate) struct DeleteArgs {
    /// Message content id, messageContentId of `send --json`
    #[arg(value_name = "CONTENT_ID")]
    content_id: i64,
}

const HELP: &str = "\
Example:
  wxpusher delete 81234

Deletes the page of a message. Notifications that were already delivered stay.
Exit statuses: wxpusher help exit-codes";

pub(crate) fn run(context: &Context, args: &DeleteArgs) -> Result {
    let client = context.client(Token::Required)?;
    let id = args.content_id;
    let _guard = interrupt::guard();
    client.delete_message(id)?;
    context.out.line(&tr!("deleted message {id}", "已删除消息 {id}"));
    Ok(json!({"messageContentId": id}).into())
}
