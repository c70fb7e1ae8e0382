//! The subscribers of an app and its topics: list, delete, block.

use axum::extract::State;
use serde_json::{Value, json};

use super::envelope::Reply;
use super::limits;
use super::params::Params;
use crate::shared;
use crate::world::{Refusal, SubscriptionFilter, Target};

pub(super) async fn list(State(shared): State<shared::State>, params: Params) -> Result<Reply, Reply> {
    let world = shared.world();
    let app_id = world.authenticate(params.text("appToken").unwrap_or_default())?;
    let paging = Paging::read(&params)?;
    let topics = match params.parsed::<i64>("type")? {
        None => None,
        Some(0) => Some(false),
        Some(1) => Some(true),
        Some(_) => return Err(Refusal::business("type不正确，只能是0、1").into()),
    };
    let filter = SubscriptionFilter { uid: params.text("uid"), is_blocked: params.parsed("isBlock")?, topics };
    let page = world.list_subscriptions(app_id, &filter, paging.page, paging.page_size);
    let records: Value = page
        .rows
        .iter()
        .map(|row| {
            let (kind, id) = match row.target {
                Target::App(id) => (0, id),
                Target::Topic(id) => (1, id),
            };
            json!({
                "uid": row.uid,
                "appOrTopicId": id,
                "headImg": "",
                "createTime": row.since,
                "nickName": "",
                "reject": row.is_blocked,
                "id": row.id,
                "type": kind,
                "target": row.target_name,
                "payEndTime": row.pay_end_time,
            })
        })
        .collect();
    Ok(Reply::ok(paging.page_of(page.total, records)))
}

/// The list of 2022: subscribers of the app only. The 2022 document shows it without an envelope;
/// living clients read it with one.
pub(super) async fn list_v1(State(shared): State<shared::State>, params: Params) -> Result<Reply, Reply> {
    let world = shared.world();
    let app_id = world.authenticate(params.text("appToken").unwrap_or_default())?;
    let paging = Paging::read(&params)?;
    let filter = SubscriptionFilter { uid: params.text("uid"), is_blocked: None, topics: Some(false) };
    let page = world.list_subscriptions(app_id, &filter, paging.page, paging.page_size);
    let records: Value = page
        .rows
        .iter()
        .map(|row| {
            json!({
                "createTime": row.since,
                "enable": !row.is_blocked,
                "headImg": "",
                "nickName": "",
                "uid": row.uid,
            })
        })
        .collect();
    Ok(Reply::ok(paging.page_of(page.total, records)))
}

pub(super) async fn delete(State(shared): State<shared::State>, params: Params) -> Result<Reply, Reply> {
    let mut world = shared.world();
    let app_id = world.authenticate(params.text("appToken").unwrap_or_default())?;
    world.delete_subscription(app_id, params.require_parsed("id")?)?;
    Ok(Reply::ok("删除成功"))
}

pub(super) async fn reject(State(shared): State<shared::State>, params: Params) -> Result<Reply, Reply> {
    let mut world = shared.world();
    let app_id = world.authenticate(params.text("appToken").unwrap_or_default())?;
    let id = params.require_parsed("id")?;
    let is_blocked = params.require_parsed("reject")?;
    world.set_blocked(app_id, id, is_blocked)?;
    // The service says “deleted” here too.
    Ok(Reply::ok("删除成功"))
}

struct Paging {
    page: usize,
    page_size: usize,
}

impl Paging {
    fn read(params: &Params) -> Result<Self, Refusal> {
        let page: i64 = params.parsed("page")?.unwrap_or(1);
        let page_size: i64 = params.parsed("pageSize")?.unwrap_or(10);
        if page < 1 {
            return Err(Refusal::business("page不正确，从1开始"));
        }
        if !(1..=limits::PAGE_SIZE).contains(&page_size) {
            return Err(Refusal::business("pageSize不正确，不能超过100"));
        }
        let size = |number| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(Self { page: size(page), page_size: size(page_size) })
    }

    fn page_of(&self, total: usize, records: Value) -> Value {
        json!({
            "total": total,
            "page": self.page,
            "pageSize": self.page_size,
            "records": records,
        })
    }
}
