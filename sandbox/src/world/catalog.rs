//! What exists in the console: apps with their tokens, topics and products.

use std::collections::{BTreeMap, HashMap};

use super::{App, Product, Refusal, Target, Topic};
use crate::Error;

#[derive(Debug, Default)]
pub(crate) struct Catalog {
    apps: BTreeMap<i64, App>,
    app_by_token: HashMap<String, i64>,
    topics: BTreeMap<i64, Topic>,
    products: BTreeMap<i64, Product>,
}

impl Catalog {
    /// The app that this token belongs to.
    pub(crate) fn authenticate(&self, token: &str) -> Result<i64, Refusal> {
        self.app_by_token.get(token).copied().ok_or_else(Refusal::unauthenticated)
    }

    pub(crate) fn app(&self, id: i64) -> Result<&App, Error> {
        self.apps.get(&id).ok_or_else(|| Error::unknown("app", id))
    }

    pub(crate) fn apps(&self) -> impl Iterator<Item = &App> {
        self.apps.values()
    }

    pub(crate) fn topics(&self) -> impl Iterator<Item = &Topic> {
        self.topics.values()
    }

    pub(crate) fn products(&self) -> impl Iterator<Item = &Product> {
        self.products.values()
    }

    pub(crate) fn topic(&self, id: i64) -> Option<&Topic> {
        self.topics.get(&id)
    }

    pub(crate) fn product(&self, id: i64) -> Option<&Product> {
        self.products.get(&id)
    }

    pub(crate) fn owner_of_token(&self, token: &str) -> Option<i64> {
        self.app_by_token.get(token).copied()
    }

    /// The app that owns a target, if the target exists.
    pub(crate) fn owner(&self, target: Target) -> Option<&App> {
        match target {
            Target::App(id) => self.apps.get(&id),
            Target::Topic(id) => self.apps.get(&self.topics.get(&id)?.app_id),
        }
    }

    pub(crate) fn require_owner(&self, target: Target) -> Result<&App, Error> {
        self.owner(target).ok_or_else(|| match target {
            Target::App(id) => Error::unknown("app", id),
            Target::Topic(id) => Error::unknown("topic", id),
        })
    }

    pub(crate) fn owns(&self, app_id: i64, target: Target) -> bool {
        self.owner(target).is_some_and(|app| app.id == app_id)
    }

    pub(crate) fn name_of(&self, target: Target) -> &str {
        match target {
            Target::App(id) => self.apps.get(&id).map_or("", |app| &app.name),
            Target::Topic(id) => self.topics.get(&id).map_or("", |topic| &topic.name),
        }
    }

    /// Whether any product covers this target. Only then does a send check who has paid.
    pub(crate) fn is_sold(&self, target: Target) -> bool {
        self.products.values().any(|product| product.covers.contains(&target))
    }

    /// Adds an app. An app with the same id is replaced, and its old token stops working.
    pub(crate) fn add_app(&mut self, app: App) {
        if let Some(old) = self.apps.get(&app.id) {
            self.app_by_token.remove(&old.token);
        }
        self.app_by_token.insert(app.token.clone(), app.id);
        self.apps.insert(app.id, app);
    }

    pub(crate) fn add_topic(&mut self, topic: Topic) {
        self.topics.insert(topic.id, topic);
    }

    pub(crate) fn add_product(&mut self, product: Product) {
        self.products.insert(product.id, product);
    }

    pub(crate) fn set_callback_url(&mut self, app_id: i64, url: Option<String>) -> Result<(), Error> {
        let app = self.apps.get_mut(&app_id).ok_or_else(|| Error::unknown("app", app_id))?;
        app.callback_url = url;
        Ok(())
    }
}
