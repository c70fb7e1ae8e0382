//! The tools of the MCP server. Their texts are English: they are for a model.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock, Implementation, ServerCapabilities, ServerConfig};
use rmcp::transport::stdio;
use rmcp::{ErrorData, ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use wxpusher::{Client, ContentType, Message, SimplePush, Spt, UserQuery};

use super::args::McpArgs;
use crate::commands::users::user_to_json;
// The macros of rmcp need the plain name `Result`.
use crate::context::{self, Context, Done, Token};
use crate::exit::Class;
use crate::failure::Failure;
use crate::outcome;
use crate::tr;

pub(super) fn serve(context: &Context, args: &McpArgs) -> context::Result {
    let needs_token = !args.allow_uids.is_empty() || !args.allow_topics.is_empty() || args.with_users;
    let config = context.config(if needs_token { Token::Required } else { Token::NotUsed })?;
    let spts = if args.allow_spt { config.get_default_spts().to_vec() } else { Vec::new() };
    if args.allow_spt && spts.is_empty() {
        let text = tr!(
            "--allow-spt: no SPT, set WXPUSHER_SPT or WXPUSHER_SPT_LIST",
            "--allow-spt：没有 SPT，请设置 WXPUSHER_SPT 或 WXPUSHER_SPT_LIST",
        );
        return Err(Failure::usage("WXPUSHER_SPT", text));
    }
    // A message must never go to the default recipients of the environment.
    let config = config.default_uids(Vec::<String>::new()).default_topic_ids([]).default_spts(Vec::<Spt>::new());
    let client = Client::with_config(config)?;
    let server = Server::new(client, args, spts);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result: Result<(), String> = runtime.block_on(async {
        let running = server.serve(stdio()).await.map_err(|error| error.to_string())?;
        running.waiting().await.map(drop).map_err(|error| error.to_string())
    });
    runtime.shutdown_background();
    match result {
        Ok(()) => Ok(Done { is_printed: true, ..Done::default() }),
        Err(error) => Err(Failure::local(tr!("the MCP session ended: {error}", "MCP 会话结束：{error}"))),
    }
}

#[derive(Clone)]
struct Server {
    state: Arc<State>,
    tool_router: ToolRouter<Self>,
}

struct State {
    client: Client,
    uids: Vec<String>,
    topic_ids: Vec<i64>,
    spts: Vec<Spt>,
    sends_left: AtomicU32,
    max_sends: u32,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Text,
    Html,
    Markdown,
}

impl From<Format> for ContentType {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => ContentType::Text,
            Format::Html => ContentType::Html,
            Format::Markdown => ContentType::Markdown,
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SendParams {
    /// Text of the message, 1 to 40000 characters.
    content: String,
    /// Format of the text: text (default), html or markdown.
    #[serde(default)]
    format: Format,
    /// Text shown in the chat list, at most 100 characters.
    #[serde(default)]
    summary: Option<String>,
    /// URL that the message's page links to.
    #[serde(default)]
    url: Option<String>,
    /// UIDs of the recipients; only allowed ones. All allowed recipients if uids and topic_ids are absent.
    #[serde(default)]
    uids: Vec<String>,
    /// Ids of topics; only allowed ones.
    #[serde(default)]
    topic_ids: Vec<i64>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PushParams {
    /// Text of the message, 1 to 40000 characters.
    content: String,
    /// Format of the text: text (default), html or markdown.
    #[serde(default)]
    format: Format,
    /// Text shown in the chat list, at most 100 characters.
    #[serde(default)]
    summary: Option<String>,
    /// URL that the message's page links to.
    #[serde(default)]
    url: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct StatusParams {
    /// sendRecordId of a recipient, from the result of send.
    send_record_id: i64,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct UsersParams {
    /// Page number, from 1.
    #[serde(default = "first_page")]
    page: u32,
    /// true: blocked users only; false: users that are not blocked only; absent: all.
    #[serde(default)]
    blocked: Option<bool>,
}

fn first_page() -> u32 {
    1
}

type ToolResult = Result<CallToolResult, ErrorData>;

impl Server {
    fn new(client: Client, args: &McpArgs, spts: Vec<Spt>) -> Self {
        let mut tool_router = Self::tool_router();
        if args.allow_uids.is_empty() && args.allow_topics.is_empty() {
            tool_router.remove_route("send");
        }
        if spts.is_empty() {
            tool_router.remove_route("push");
        }
        if !args.with_users {
            tool_router.remove_route("users");
        }
        let state = State {
            client,
            uids: args.allow_uids.clone(),
            topic_ids: args.allow_topics.clone(),
            spts,
            sends_left: AtomicU32::new(args.max_sends),
            max_sends: args.max_sends,
        };
        Self { state: Arc::new(state), tool_router }
    }

    /// Runs a blocking call beside the session.
    async fn call(
        &self,
        class: Class,
        call: impl FnOnce(&State) -> context::Result<Value> + Send + 'static,
    ) -> ToolResult {
        let state = Arc::clone(&self.state);
        let result = tokio::task::spawn_blocking(move || call(&state)).await;
        let document = match result {
            Ok(Ok(outcome)) => return Ok(CallToolResult::success(vec![ContentBlock::text(outcome.to_string())])),
            Ok(Err(failure)) => failure.to_json(class),
            Err(error) => return Err(ErrorData::internal_error(error.to_string(), None)),
        };
        Ok(CallToolResult::error(vec![ContentBlock::text(document.to_string())]))
    }
}

impl State {
    fn count_send(&self) -> context::Result<()> {
        let left = |left: u32| left.checked_sub(1);
        match self.sends_left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, left) {
            Ok(_) => Ok(()),
            Err(_) => {
                let max = self.max_sends;
                Err(Failure::usage(
                    "--max-sends",
                    format!("the limit of {max} sends of this session is reached (--max-sends)"),
                ))
            }
        }
    }

    fn check_recipients(&self, params: &mut SendParams) -> context::Result<()> {
        if params.uids.is_empty() && params.topic_ids.is_empty() {
            params.uids.clone_from(&self.uids);
            params.topic_ids.clone_from(&self.topic_ids);
            return Ok(());
        }
        let uid = params.uids.iter().find(|uid| !self.uids.contains(uid)).cloned();
        let topic = params.topic_ids.iter().find(|id| !self.topic_ids.contains(id)).map(|id| format!("topic {id}"));
        match uid.or(topic) {
            None => Ok(()),
            Some(recipient) => {
                let (uids, topics) = (&self.uids, &self.topic_ids);
                let text =
                    format!("{recipient} is not an allowed recipient; allowed are {uids:?} and topics {topics:?}");
                Err(Failure::usage("uids", text))
            }
        }
    }
}

#[tool_router]
impl Server {
    #[tool(
        name = "send",
        description = "Send a message to people on WeChat and phones by WxPusher. A result lists every recipient. \
                       If an error says sent = maybe or yes, do not send again: the message may have been delivered."
    )]
    async fn send(&self, Parameters(mut params): Parameters<SendParams>) -> ToolResult {
        self.call(Class::Delivering, move |state| {
            state.check_recipients(&mut params)?;
            state.count_send()?;
            let SendParams { content, format, summary, url, uids, topic_ids } = params;
            let message =
                Message { content, content_type: format.into(), summary, uids, topic_ids, url, verify_pay_type: None };
            Ok(outcome::to_json(&state.client.send(&message)?))
        })
        .await
    }

    #[tool(name = "push", description = "Send a message to the configured simple push recipients.")]
    async fn push(&self, Parameters(params): Parameters<PushParams>) -> ToolResult {
        self.call(Class::Delivering, move |state| {
            state.count_send()?;
            let PushParams { content, format, summary, url } = params;
            let spts = state.spts.clone();
            let push = SimplePush { content, content_type: format.into(), summary, url, spts };
            Ok(outcome::to_json(&state.client.simple_push(&push)?))
        })
        .await
    }

    #[tool(
        name = "status",
        description = "Show the delivery status of a recipient. Code 1 means waiting to be sent; the text says what others mean.",
        annotations(read_only_hint = true)
    )]
    async fn status(&self, Parameters(StatusParams { send_record_id }): Parameters<StatusParams>) -> ToolResult {
        self.call(Class::Repeatable, move |state| {
            let status = state.client.query_status(send_record_id)?;
            Ok(json!({"id": send_record_id, "code": status.code, "text": status.text}))
        })
        .await
    }

    #[tool(
        name = "users",
        description = "List the app's subscribers, 100 per page.",
        annotations(read_only_hint = true)
    )]
    async fn users(&self, Parameters(UsersParams { page, blocked }): Parameters<UsersParams>) -> ToolResult {
        self.call(Class::Repeatable, move |state| {
            let page = state.client.list_users(&UserQuery { page, is_blocked: blocked, ..UserQuery::default() })?;
            let users: Value = page.users.iter().map(user_to_json).collect();
            Ok(json!({"total": page.total, "page": page.page, "users": users}))
        })
        .await
    }
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("wxpusher", env!("CARGO_PKG_VERSION")))
            .with_instructions("Sends WxPusher messages to the recipients that the user allowed.")
    }
}
