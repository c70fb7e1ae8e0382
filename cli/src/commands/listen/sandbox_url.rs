//! `--sandbox`: the callback URL of an app of the sandbox.

use serde_json::{Value, json};

use crate::commands::sandbox_actions::{Api, sandbox_url};
use crate::context::{Context, Result};
use crate::failure::Failure;
use crate::tr;

/// A callback URL that was set, and will be restored.
pub(super) struct CallbackUrl {
    api: Api,
    app: i64,
    before: Value,
}

impl CallbackUrl {
    pub(super) fn set(context: &Context, app: Option<i64>, url: &str) -> Result<Self> {
        let api = Api::new(context);
        let world = api.call("GET", "world", None)?;
        let apps = world["apps"].as_array().cloned().unwrap_or_default();
        let found = apps.iter().find(|candidate| app.is_none_or(|app| candidate["id"] == app));
        let Some((found, id)) = found.and_then(|found| Some((found, found["id"].as_i64()?))) else {
            let url = sandbox_url(context);
            return Err(Failure::usage(
                "--app",
                tr!("--app: the sandbox at {url} has no such app", "--app：{url} 的沙箱没有这个应用"),
            ));
        };
        let before = found["callbackUrl"].clone();
        api.post("callback-url", json!({"appId": id, "url": url}))?;
        Ok(Self { api, app: id, before })
    }

    pub(super) fn restore(self) -> Result<()> {
        self.api.post("callback-url", json!({"appId": self.app, "url": self.before})).map(drop)
    }
}
