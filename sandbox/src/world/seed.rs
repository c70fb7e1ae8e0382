//! The content of a sandbox: apps, topics, products, users.

use serde::{Deserialize, Serialize};

/// What a sandbox starts with, or what is added to it later.
///
/// An app, topic or product with a known id replaces the old one. A user with a known UID is
/// extended: subscriptions and SPTs are added, and a name or picture that is given replaces the old.
///
/// ```
/// use wxpusher_sandbox::{App, Sandbox, Seed, Target, User};
///
/// let seed = Seed {
///     apps: vec![App::new(7, "AT_testshop", "小店")],
///     users: vec![User::new("UID_testcarol").follows(Target::App(7))],
///     ..Seed::default()
/// };
/// let sandbox = Sandbox::builder().seed(seed).start()?;
/// assert!(sandbox.inbox("UID_testcarol")?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Seed {
    /// Apps, which own topics and products.
    pub apps: Vec<App>,
    /// Topics of these or earlier apps.
    pub topics: Vec<Topic>,
    /// Products of these or earlier apps.
    pub products: Vec<Product>,
    /// Users and their subscriptions.
    pub users: Vec<User>,
}

impl Seed {
    /// A small world for experiments.
    ///
    /// App 97 “演示应用” with token `AT_testdemo`, its topic 9701 and its product 12 that covers
    /// both; `UID_testalice`, who is subscribed to the app and the topic and has `SPT_testalice`;
    /// and `UID_testbob`, who has no subscriptions.
    #[must_use]
    pub fn demo() -> Self {
        Self {
            apps: vec![App::new(97, "AT_testdemo", "演示应用")],
            topics: vec![Topic::new(9701, 97, "演示主题")],
            products: vec![Product::new(12, 97, "演示产品").covers(Target::App(97)).covers(Target::Topic(9701))],
            users: vec![
                User::new("UID_testalice").spt("SPT_testalice").follows(Target::App(97)).follows(Target::Topic(9701)),
                User::new("UID_testbob"),
            ],
        }
    }
}

/// What users subscribe to and pay for: an app or one of its topics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Target {
    /// The app with this id.
    #[serde(rename = "appId")]
    App(i64),
    /// The topic with this id.
    #[serde(rename = "topicId")]
    Topic(i64),
}

/// An application, as its owner created it in the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct App {
    /// Its id: the number in `#97 …`.
    pub id: i64,
    /// The app token; starts with `AT_`.
    pub token: String,
    /// The name users see.
    pub name: String,
    /// Where its callbacks are posted; none are when absent.
    #[serde(default)]
    pub callback_url: Option<String>,
    /// The page that opens from the app's menu ("system integration"); none by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry_url: Option<String>,
    /// The key that signs entry links. Without it a link has only `uid` and proves nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_key: Option<String>,
}

impl App {
    /// An app without a callback URL.
    pub fn new(id: i64, token: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id, token: token.into(), name: name.into(), callback_url: None, entry_url: None, verify_key: None }
    }

    /// Sets the page that entry links open, and the key that signs them.
    #[must_use]
    pub fn entry(mut self, url: impl Into<String>, verify_key: Option<&str>) -> Self {
        self.entry_url = Some(url.into());
        self.verify_key = verify_key.map(str::to_owned);
        self
    }

    /// Sets where callbacks are posted.
    #[must_use]
    pub fn callback_url(mut self, url: impl Into<String>) -> Self {
        self.callback_url = Some(url.into());
        self
    }
}

/// A topic of an app. Its subscribers receive what is sent to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Topic {
    /// Its id, unique among all topics.
    pub id: i64,
    /// The app it belongs to.
    pub app_id: i64,
    /// The name users see.
    pub name: String,
}

impl Topic {
    /// A topic of an app.
    pub fn new(id: i64, app_id: i64, name: impl Into<String>) -> Self {
        Self { id, app_id, name: name.into() }
    }
}

/// A product that users pay for. It covers the app, some of its topics, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Product {
    /// Its id.
    pub id: i64,
    /// The app that sells it.
    pub app_id: i64,
    /// The name users see.
    pub name: String,
    /// The targets whose paid time a payment extends.
    pub covers: Vec<Target>,
}

impl Product {
    /// A product that covers no target.
    pub fn new(id: i64, app_id: i64, name: impl Into<String>) -> Self {
        Self { id, app_id, name: name.into(), covers: Vec::new() }
    }

    /// Adds a target whose paid time a payment extends.
    #[must_use]
    pub fn covers(mut self, target: Target) -> Self {
        self.covers.push(target);
        self
    }
}

/// A WxPusher user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// The UID; starts with `UID_`.
    pub uid: String,
    /// The name that the sandbox's page shows; the API never reports it. May be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The URL of the picture that the sandbox's page shows. May be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub head_img: String,
    /// The user's simple push tokens; each starts with `SPT_`.
    #[serde(default)]
    pub spts: Vec<String>,
    /// The user's subscriptions.
    #[serde(default)]
    pub follows: Vec<Target>,
}

impl User {
    /// A user without subscriptions.
    pub fn new(uid: impl Into<String>) -> Self {
        Self { uid: uid.into(), name: String::new(), head_img: String::new(), spts: Vec::new(), follows: Vec::new() }
    }

    /// Sets the name that the sandbox's page shows.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Adds a simple push token.
    #[must_use]
    pub fn spt(mut self, spt: impl Into<String>) -> Self {
        self.spts.push(spt.into());
        self
    }

    /// Adds a subscription.
    #[must_use]
    pub fn follows(mut self, target: Target) -> Self {
        self.follows.push(target);
        self
    }
}
