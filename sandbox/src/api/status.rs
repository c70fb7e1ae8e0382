//! Delivery status: by the id of the send record, or as in 2022 by the id of the message.

use axum::extract::State;

use super::envelope::Reply;
use super::params::{Params, PathValues};
use crate::shared;
use crate::world::{Refusal, Status};

pub(super) async fn of_record(State(shared): State<shared::State>, params: Params) -> Result<Reply, Reply> {
    let id = params.require_parsed("sendRecordId")?;
    Ok(reply(shared.world().status_of_record(id)?))
}

pub(super) async fn of_message(
    State(shared): State<shared::State>,
    PathValues(id): PathValues<String>,
) -> Result<Reply, Reply> {
    let id = id.parse().map_err(|_| {
        Refusal::server_error(
            "/api/send/query",
            "java.lang.NumberFormatException",
            &format!("For input string: \"{id}\""),
        )
    })?;
    Ok(reply(shared.world().status_of_message(id)?))
}

/// `data` is the number, `msg` its meaning.
fn reply(status: Status) -> Reply {
    Reply::ok_saying(status.text, status.number)
}
