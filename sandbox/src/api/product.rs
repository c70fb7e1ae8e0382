//! The paid-until times of a user for a product.

use axum::extract::State;
use serde_json::{Value, json};

use super::envelope::Reply;
use super::params::Params;
use crate::shared;
use crate::world::Target;

pub(super) async fn pay_end_time(State(shared): State<shared::State>, params: Params) -> Result<Reply, Reply> {
    let uid = params.require("uid")?;
    let prod_id = params.require_parsed("prodId")?;
    let rows = shared.world().query_pay_end_times(uid, prod_id)?;
    let rows: Value = rows
        .into_iter()
        .map(|(target, pay_end_time)| {
            let (resource_type, id) = match target {
                Target::App(id) => (1, id),
                Target::Topic(id) => (2, id),
            };
            json!({"resourceType": resource_type, "resourceID": id, "payEndTime": pay_end_time})
        })
        .collect();
    Ok(Reply::ok(rows))
}
