//! `wxpusher product`.

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Value, json};
use wxpusher::{PayEndTime, ResourceType};

use crate::context::{Context, Result, Token};
use crate::output::Cell;
use crate::time::utc;
use crate::{interrupt, tr};

#[derive(Debug, ClapArgs)]
pub(crate) struct ProductArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show until when a user has paid for a product
    PaidUntil(PaidUntilArgs),
}

#[derive(Debug, ClapArgs)]
#[command(after_help = HELP)]
struct PaidUntilArgs {
    /// UID of the user
    uid: String,
    /// Id of the product
    product_id: i64,
}

const HELP: &str = "\
Example:
  wxpusher product paid-until UID_xxx 12

Prints one row per app or topic of the product.
Exit statuses: wxpusher help exit-codes";

pub(crate) fn run(context: &Context, args: &ProductArgs) -> Result {
    let Action::PaidUntil(args) = &args.action;
    let client = context.client(Token::NotUsed)?;
    let _guard = interrupt::guard();
    let times = client.query_pay_end_time(&args.uid, args.product_id)?;
    let rows: Vec<Vec<Cell>> = times
        .iter()
        .map(|time| {
            let resource = match time.resource_type {
                ResourceType::App => tr!("app", "应用"),
                ResourceType::Topic => tr!("topic", "主题"),
                ResourceType::Other(number) => tr!("type {number}", "类型 {number}"),
            };
            let until = if time.pay_end_time > 0 { utc(time.pay_end_time) } else { tr!("never paid", "未付费") };
            vec![resource.into(), time.resource_id.into(), until.into()]
        })
        .collect();
    let header = [tr!("RESOURCE", "资源"), tr!("ID", "编号"), tr!("PAID UNTIL", "付费到期")];
    if rows.is_empty() {
        context.out.note(&tr!("the user never paid for this product", "该用户没有购买过此产品"));
    } else {
        context.out.table(&header, &rows);
    }
    let times: Value = times
        .iter()
        .map(|PayEndTime { resource_type, resource_id, pay_end_time }| {
            json!({"resourceType": resource_type.number(), "resourceId": resource_id, "payEndTime": pay_end_time})
        })
        .collect();
    Ok(json!({"times": times}).into())
}
