//! Simple push: to the owner of an SPT, without an app.

use axum::extract::State;
use serde::Deserialize;

use super::envelope::Reply;
use super::params::{JsonBody, PathValues};
use super::{lenient, limits, send};
use crate::shared;
use crate::world::{Draft, Refusal, as_java_set};

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct PushRequest {
    #[serde(deserialize_with = "lenient::optional")]
    content: Option<String>,
    #[serde(deserialize_with = "lenient::optional")]
    summary: Option<String>,
    #[serde(deserialize_with = "lenient::optional")]
    content_type: Option<i64>,
    #[serde(deserialize_with = "lenient::optional")]
    url: Option<String>,
    #[serde(deserialize_with = "lenient::optional")]
    spt: Option<String>,
    #[serde(deserialize_with = "lenient::list")]
    spt_list: Option<Vec<String>>,
}

pub(super) async fn push(
    State(shared): State<shared::State>,
    JsonBody(request): JsonBody<PushRequest>,
) -> Result<Reply, Reply> {
    let mut spts = request.spt_list.unwrap_or_default();
    spts.extend(request.spt.filter(|spt| !spt.is_empty()));
    let draft = Draft {
        content: request.content.unwrap_or_default(),
        summary: request.summary.filter(|summary| !summary.is_empty()),
        content_type: request.content_type.unwrap_or(1),
        url: request.url.filter(|url| !url.is_empty()),
    };
    Ok(submit(&shared, draft, spts)?)
}

pub(super) async fn push_by_get(
    State(shared): State<shared::State>,
    PathValues((spt, content)): PathValues<(String, String)>,
) -> Result<Reply, Reply> {
    let draft = Draft { content, summary: None, content_type: 1, url: None };
    Ok(submit(&shared, draft, vec![spt])?)
}

fn submit(shared: &shared::State, draft: Draft, spts: Vec<String>) -> Result<Reply, Refusal> {
    limits::check_draft(&draft)?;
    let spts = as_java_set(spts);
    if spts.is_empty() {
        return Err(Refusal::business("spt和sptList不能同时为空"));
    }
    limits::check_count("sptList", &spts, limits::SPTS)?;
    let (rows, content_id) = shared.world().push_to_spts(draft, &spts);
    Ok(send::respond(shared, &rows, content_id))
}
