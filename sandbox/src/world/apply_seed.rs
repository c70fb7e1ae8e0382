//! Adding a seed to the world: all of it, or nothing if it has a mistake.

use std::collections::{HashMap, HashSet};

use super::catalog::Catalog;
use super::people::People;
use super::{App, Seed, Target};
use crate::Error;
use crate::callback;

pub(super) fn check(
    seed: &Seed,
    catalog: &Catalog,
    people: &People,
    allow_remote_callbacks: bool,
) -> Result<(), Error> {
    let mut tokens = HashSet::new();
    for app in &seed.apps {
        check_app(catalog, app, allow_remote_callbacks)?;
        if !tokens.insert(&app.token) {
            return Err(token_taken(app));
        }
    }
    // The app of a target after this seed is applied.
    let app_of = |target: Target| match target {
        Target::App(id) => (catalog.app(id).is_ok() || seed.apps.iter().any(|app| app.id == id))
            .then_some(id)
            .ok_or_else(|| Error::unknown("app", id)),
        Target::Topic(id) => seed
            .topics
            .iter()
            .find(|topic| topic.id == id)
            .or_else(|| catalog.topic(id))
            .map(|topic| topic.app_id)
            .ok_or_else(|| Error::unknown("topic", id)),
    };
    for topic in &seed.topics {
        app_of(Target::App(topic.app_id))?;
    }
    for product in &seed.products {
        app_of(Target::App(product.app_id))?;
        for target in &product.covers {
            if app_of(*target)? != product.app_id {
                return Err(Error::invalid(
                    "products.covers",
                    format!(
                        "product {} belongs to app {} and can only cover that app and its topics",
                        product.id, product.app_id
                    ),
                ));
            }
        }
    }
    let mut holders: HashMap<&str, &str> = HashMap::new();
    for user in &seed.users {
        check_prefix("users.uid", "UID_", &user.uid)?;
        for spt in &user.spts {
            check_prefix("users.spts", "SPT_", spt)?;
            let known = people.by_spt(spt).map(|id| people.uid(id));
            let holder = holders.entry(spt).or_insert(known.unwrap_or(&user.uid));
            if *holder != user.uid {
                return Err(Error::invalid("users.spts", format!("an SPT of {} belongs to {holder}", user.uid)));
            }
        }
        for target in &user.follows {
            app_of(*target)?;
        }
    }
    Ok(())
}

fn check_app(catalog: &Catalog, app: &App, allow_remote_callbacks: bool) -> Result<(), Error> {
    check_prefix("apps.token", "AT_", &app.token)?;
    let owner = catalog.owner_of_token(&app.token);
    if owner.is_some_and(|id| id != app.id) {
        return Err(token_taken(app));
    }
    match &app.callback_url {
        Some(url) => callback::check_url(url, allow_remote_callbacks),
        None => Ok(()),
    }
}

fn token_taken(app: &App) -> Error {
    Error::invalid("apps.token", format!("the token of app {} belongs to another app", app.id))
}

pub(super) fn check_prefix(field: &'static str, prefix: &str, value: &str) -> Result<(), Error> {
    if value.len() > prefix.len() && value.starts_with(prefix) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("must start with {prefix}, followed by at least one character")))
}
