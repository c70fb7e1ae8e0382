//! `wxpusher users`.

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Value, json};
use wxpusher::{Client, FollowType, User, UserQuery};

use crate::context::{Context, Done, Result, Token};
use crate::exit::REFUSED;
use crate::failure::Failure;
use crate::output::{Cell, Format};
use crate::time::utc;
use crate::{interrupt, prompt, tr};

#[derive(Debug, ClapArgs)]
pub(crate) struct UsersArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the subscriptions of the app and its topics
    List(ListArgs),
    /// Delete a subscription; the user can subscribe again
    Delete(ChangeArgs),
    /// Block a user, who then receives nothing and cannot subscribe again
    Block(ChangeArgs),
    /// Unblock a user
    Unblock(ChangeArgs),
}

#[derive(Debug, ClapArgs)]
#[command(after_help = LIST_HELP)]
struct ListArgs {
    /// List blocked users only
    #[arg(long, conflicts_with = "active")]
    blocked: bool,
    /// List users that are not blocked only
    #[arg(long)]
    active: bool,
    /// List subscribers of this topic only
    #[arg(long, value_name = "ID")]
    topic: Option<i64>,
    /// List the subscriptions of this user only
    #[arg(short, long, value_name = "UID")]
    uid: Option<String>,
    /// Maximum number of rows
    #[arg(long, value_name = "NUMBER", default_value_t = 100, conflicts_with = "all")]
    limit: usize,
    /// List all
    #[arg(long)]
    all: bool,
}

const LIST_HELP: &str = "\
Examples:
  wxpusher users list --active
  wxpusher users list --all -o csv > users.csv

Each row is one subscription: a user of the app and two topics has three. Exit statuses: wxpusher help exit-codes";

#[derive(Debug, ClapArgs)]
#[command(after_help = CHANGE_HELP)]
struct ChangeArgs {
    /// Id of a subscription as printed by `users list`, or a UID, which selects all subscriptions of the user
    #[arg(value_name = "ID|UID")]
    id: String,
    /// Do not ask for confirmation when a UID is given
    #[arg(short, long)]
    yes: bool,
}

const CHANGE_HELP: &str = "\
Example:
  wxpusher users block UID_xxx --yes

Exit statuses: wxpusher help exit-codes";

pub(crate) fn run(context: &Context, args: &UsersArgs) -> Result {
    let client = context.client(Token::Required)?;
    match &args.action {
        Action::List(args) => list(context, &client, args),
        Action::Delete(args) => change(context, &client, args, Change::Delete),
        Action::Block(args) => change(context, &client, args, Change::Block),
        Action::Unblock(args) => change(context, &client, args, Change::Unblock),
    }
}

fn list(context: &Context, client: &Client, args: &ListArgs) -> Result {
    let query = UserQuery {
        uid: args.uid.clone(),
        is_blocked: match (args.blocked, args.active) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
        follow_type: args.topic.map(|_| FollowType::Topic),
        page_size: if args.all { 100 } else { args.limit.clamp(1, 100) as u32 },
        ..UserQuery::default()
    };
    let _guard = interrupt::guard();
    let limit = if args.all { usize::MAX } else { args.limit };
    let mut users = Vec::new();
    let mut is_cut = false;
    for user in client.users(query) {
        let user = match user {
            Ok(user) => user,
            Err(error) => return Err(Failure::from(error).with_outcome(json!({"users": to_json(&users)}))),
        };
        if args.topic.is_some_and(|topic| user.app_or_topic_id != Some(topic)) {
            continue;
        }
        if users.len() == limit {
            is_cut = true;
            break;
        }
        if context.out.format == Format::Jsonl {
            context.out.json(&user_to_json(&user));
            if context.out.is_closed() {
                break;
            }
        }
        users.push(user);
    }
    print(context, &users);
    if is_cut {
        let count = users.len();
        context.out.note(&tr!(
            "{count} rows are shown, there are more: --limit, --all",
            "已显示 {count} 行，还有更多：--limit、--all"
        ));
    }
    match context.out.format {
        Format::Jsonl => Ok(Done { is_printed: true, ..Done::default() }),
        _ => Ok(json!({"users": to_json(&users), "isComplete": !is_cut}).into()),
    }
}

fn print(context: &Context, users: &[User]) {
    let header = [
        tr!("ID", "编号"),
        "UID".to_owned(),
        tr!("SUBSCRIBES TO", "订阅对象"),
        tr!("SINCE", "订阅时间"),
        tr!("STATE", "状态"),
        tr!("PAID UNTIL", "付费到期"),
    ];
    let rows: Vec<Vec<Cell>> = users
        .iter()
        .map(|user| {
            let state = if user.is_blocked { tr!("blocked", "已拉黑") } else { tr!("active", "正常") };
            let paid = if user.pay_end_time > 0 { utc(user.pay_end_time) } else { String::new() };
            vec![
                user.id.into(),
                (&user.uid).into(),
                target(user).into(),
                utc(user.create_time).into(),
                state.into(),
                paid.into(),
            ]
        })
        .collect();
    context.out.table(&header, &rows);
}

fn target(user: &User) -> String {
    let name = user.target.clone().unwrap_or_default();
    let id = user.app_or_topic_id.map(|id| format!(" ({id})")).unwrap_or_default();
    match user.follow_type {
        FollowType::App => tr!("app {name}{id}", "应用 {name}{id}"),
        FollowType::Topic => tr!("topic {name}{id}", "主题 {name}{id}"),
        FollowType::Other(number) => tr!("type {number} {name}{id}", "类型 {number} {name}{id}"),
    }
}

fn to_json(users: &[User]) -> Value {
    users.iter().map(user_to_json).collect()
}

pub(super) fn user_to_json(user: &User) -> Value {
    let User {
        uid,
        id,
        app_or_topic_id,
        head_img,
        create_time,
        nick_name,
        is_blocked,
        follow_type,
        target,
        pay_end_time,
    } = user;
    json!({
        "uid": uid, "id": id, "appOrTopicId": app_or_topic_id, "headImg": head_img, "createTime": create_time,
        "nickName": nick_name, "isBlocked": is_blocked, "type": follow_type.number(), "target": target,
        "payEndTime": pay_end_time,
    })
}

#[derive(Debug, Clone, Copy)]
enum Change {
    Delete,
    Block,
    Unblock,
}

impl Change {
    fn question(self, count: usize, uid: &str) -> String {
        match self {
            Change::Delete => tr!("Delete {count} subscriptions of {uid}?", "删除 {uid} 的 {count} 个订阅？"),
            Change::Block => tr!("Block {count} subscriptions of {uid}?", "拉黑 {uid} 的 {count} 个订阅？"),
            Change::Unblock => tr!("Unblock {count} subscriptions of {uid}?", "取消拉黑 {uid} 的 {count} 个订阅？"),
        }
    }

    fn done(self, id: i64) -> String {
        match self {
            Change::Delete => tr!("deleted subscription {id}", "已删除订阅 {id}"),
            Change::Block => tr!("blocked subscription {id}", "已拉黑订阅 {id}"),
            Change::Unblock => tr!("unblocked subscription {id}", "已取消拉黑订阅 {id}"),
        }
    }

    fn call(self, client: &Client, id: i64) -> wxpusher::Result<()> {
        match self {
            Change::Delete => client.delete_user(id),
            Change::Block => client.block_user(id),
            Change::Unblock => client.unblock_user(id),
        }
    }
}

fn change(context: &Context, client: &Client, args: &ChangeArgs, change: Change) -> Result {
    let ids = match args.id.parse::<i64>() {
        Ok(id) => vec![id],
        Err(_) => look_up(context, client, args, change)?,
    };
    let _guard = interrupt::guard();
    let mut done = Vec::new();
    for id in ids {
        if let Err(error) = change.call(client, id) {
            return Err(Failure::from(error).with_outcome(json!({"ids": done})));
        }
        context.out.line(&change.done(id));
        done.push(id);
    }
    Ok(json!({"ids": done}).into())
}

/// Returns the ids of a user's subscriptions after confirmation.
fn look_up(context: &Context, client: &Client, args: &ChangeArgs, change: Change) -> Result<Vec<i64>> {
    let uid = &args.id;
    if !uid.starts_with("UID_") {
        let text =
            tr!("{uid} is neither an id (a number) nor a UID (UID_…)", "{uid} 既不是编号（数字）也不是 UID（UID_…）");
        return Err(Failure::usage("ID|UID", text));
    }
    let query = UserQuery { uid: Some(uid.clone()), ..UserQuery::default() };
    let users = {
        let _guard = interrupt::guard();
        client.users(query).collect::<wxpusher::Result<Vec<_>>>()?
    };
    if users.is_empty() {
        return Err(Failure::new(REFUSED, tr!("{uid} has no subscription", "{uid} 没有订阅")));
    }
    if !args.yes {
        print(context, &users);
        context.out.flush();
    }
    prompt::confirm(context, args.yes, &change.question(users.len(), uid))?;
    Ok(users.iter().map(|user| user.id).collect())
}
