//! Deletes the content of a message.

use axum::extract::State;

use super::envelope::Reply;
use super::params::Params;
use crate::shared;

pub(super) async fn delete_message(State(shared): State<shared::State>, params: Params) -> Result<Reply, Reply> {
    let mut world = shared.world();
    let app_id = world.authenticate(params.text("appToken").unwrap_or_default())?;
    let content_id = params.require_parsed("messageContentId")?;
    world.delete_content(app_id, content_id)?;
    Ok(Reply::ok(true))
}
