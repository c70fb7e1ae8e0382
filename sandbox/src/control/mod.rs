//! `/sandbox/…`: everything a developer does to the world by hand, as JSON.

mod reply;

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use self::reply::{Answer, Wish, answer};
use crate::shared;
use crate::world::{Source, Target};
use crate::{Error, Fault, Route, Seed};

/// Seeds may hold a great many users.
const LARGEST_WISH: usize = 256 * 1024 * 1024;

pub(crate) fn router() -> Router<shared::State> {
    Router::new()
        .route("/", get(help))
        .route("/sandbox", get(help))
        .route("/sandbox/world", get(world))
        .route("/sandbox/seed", post(seed))
        .route("/sandbox/callback-url", post(callback_url))
        .route("/sandbox/qrcodes/{code}", get(qrcode))
        .route("/sandbox/scan", post(scan))
        .route("/sandbox/subscribe", post(subscribe))
        .route("/sandbox/command", post(command))
        .route("/sandbox/entry-link", post(entry_link))
        .route("/sandbox/pay", post(pay))
        .route("/sandbox/refund", post(refund))
        .route("/sandbox/inbox/{uid_or_spt}", get(inbox))
        .route("/sandbox/clock", get(clock).post(advance))
        .route("/sandbox/rate-limit", post(rate_limit))
        .route("/sandbox/faults", get(faults).post(inject).delete(clear_faults))
        .route("/sandbox/calls", get(calls))
        .route("/sandbox/callbacks", get(callbacks))
        .route("/sandbox/{*unknown}", any(lost))
        .method_not_allowed_fallback(lost)
        .layer(DefaultBodyLimit::max(LARGEST_WISH))
}

async fn help(State(shared): State<shared::State>) -> impl IntoResponse {
    let routes: String = Route::ALL
        .iter()
        .map(|route| format!("  {:<22}{:<7}{}\n", route.name(), route.method(), route.path()))
        .collect();
    include_str!("help.txt").replace("{url}", &shared.url).replace("{routes}", &routes)
}

async fn lost() -> Answer {
    Err(Error::invalid("path", "no such wish: GET /sandbox tells what there is"))
}

async fn world(State(shared): State<shared::State>) -> Answer {
    answer(shared.world().snapshot())
}

async fn seed(State(shared): State<shared::State>, Wish(seed): Wish<Seed>) -> Answer {
    let mut world = shared.world();
    world.seed(seed)?;
    answer(world.snapshot())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CallbackUrl {
    app_id: i64,
    url: Option<String>,
}

async fn callback_url(State(shared): State<shared::State>, Wish(wish): Wish<CallbackUrl>) -> Answer {
    shared.world().set_callback_url(wish.app_id, wish.url.clone())?;
    answer(json!({"appId": wish.app_id, "url": wish.url}))
}

async fn qrcode(State(shared): State<shared::State>, Path(code): Path<String>) -> Answer {
    let qrcode = shared.world().qrcode(&code)?;
    let how = format!("curl {}/sandbox/scan -d '{{\"code\": \"{code}\", \"uid\": \"UID_testbob\"}}'", shared.url);
    answer(json!({"qrcode": qrcode, "scanItLikeThis": how}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scan {
    code: String,
    uid: String,
}

async fn scan(State(shared): State<shared::State>, Wish(wish): Wish<Scan>) -> Answer {
    answer(shared.scan(&wish.code, &wish.uid).await?)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Subscribe {
    uid: String,
    app_id: Option<i64>,
    topic_id: Option<i64>,
    #[serde(default)]
    source: Source,
}

async fn subscribe(State(shared): State<shared::State>, Wish(wish): Wish<Subscribe>) -> Answer {
    let target = match (wish.app_id, wish.topic_id) {
        (Some(id), None) => Target::App(id),
        (None, Some(id)) => Target::Topic(id),
        _ => return Err(Error::invalid("appId, topicId", "give exactly one of them")),
    };
    let report = shared.subscribe(&wish.uid, target, wish.source).await?;
    answer(json!({"follows": target, "callback": report}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Command {
    uid: String,
    text: String,
}

async fn command(State(shared): State<shared::State>, Wish(wish): Wish<Command>) -> Answer {
    answer(shared.command(&wish.uid, &wish.text).await?)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EntryLink {
    uid: String,
    app_id: i64,
}

async fn entry_link(State(shared): State<shared::State>, Wish(wish): Wish<EntryLink>) -> Answer {
    answer(json!({"url": shared.world().entry_link(&wish.uid, wish.app_id)?}))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Pay {
    uid: String,
    prod_id: i64,
    /// In fen.
    amount: i64,
    days: u32,
}

async fn pay(State(shared): State<shared::State>, Wish(wish): Wish<Pay>) -> Answer {
    let add_time = days(wish.days);
    answer(shared.pay(&wish.uid, wish.prod_id, wish.amount, add_time).await?)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Refund {
    trade_no: String,
}

async fn refund(State(shared): State<shared::State>, Wish(wish): Wish<Refund>) -> Answer {
    answer(shared.refund(&wish.trade_no).await?)
}

async fn inbox(State(shared): State<shared::State>, Path(uid_or_spt): Path<String>) -> Answer {
    answer(shared.world().inbox(&uid_or_spt)?)
}

async fn clock(State(shared): State<shared::State>) -> Answer {
    answer(json!({"now": shared.world().now()}))
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Advance {
    days: u32,
    seconds: u64,
    ms: u64,
}

async fn advance(State(shared): State<shared::State>, Wish(wish): Wish<Advance>) -> Answer {
    let by = days(wish.days)
        .saturating_add(Duration::from_secs(wish.seconds))
        .saturating_add(Duration::from_millis(wish.ms));
    let mut world = shared.world();
    world.advance(by);
    answer(json!({"now": world.now()}))
}

fn days(days: u32) -> Duration {
    Duration::from_secs(u64::from(days) * 24 * 60 * 60)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateLimit {
    enabled: bool,
}

async fn rate_limit(State(shared): State<shared::State>, Wish(wish): Wish<RateLimit>) -> Answer {
    shared.world().set_rate_limit(wish.enabled);
    answer(json!({"enabled": wish.enabled}))
}

async fn faults(State(shared): State<shared::State>) -> Answer {
    answer(shared.faults().waiting())
}

async fn inject(State(shared): State<shared::State>, Wish(fault): Wish<Fault>) -> Answer {
    let mut faults = shared.faults();
    faults.inject(fault)?;
    answer(faults.waiting())
}

async fn clear_faults(State(shared): State<shared::State>) -> Answer {
    shared.faults().clear();
    answer(Value::Array(Vec::new()))
}

async fn calls(State(shared): State<shared::State>) -> Answer {
    answer(shared.calls.records())
}

async fn callbacks(State(shared): State<shared::State>) -> Answer {
    answer(shared.callbacks().all())
}
