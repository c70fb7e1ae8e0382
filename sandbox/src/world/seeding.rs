//! Adding to a world: all of a seed, or nothing of it.

use std::collections::{HashMap, HashSet};

use super::{App, Seed, Target, User, World};
use crate::Error;
use crate::callback;

impl World {
    /// Adds a seed; what exists already is replaced. A seed with a mistake changes nothing.
    pub(crate) fn seed(&mut self, seed: Seed) -> Result<(), Error> {
        self.check(&seed)?;
        for app in seed.apps {
            if let Some(old) = self.apps.get(&app.id) {
                self.app_by_token.remove(&old.token);
            }
            self.app_by_token.insert(app.token.clone(), app.id);
            self.apps.insert(app.id, app);
        }
        for topic in seed.topics {
            self.topics.insert(topic.id, topic);
        }
        for product in seed.products {
            self.products.insert(product.id, product);
        }
        let now = self.now();
        for user in seed.users {
            let person = self.people.add(&user.uid);
            for spt in user.spts {
                self.people.add_spt(person, spt);
            }
            for target in user.follows {
                self.follows.add(person, target, now);
            }
        }
        Ok(())
    }

    /// Adds many users who all follow one app, without building a seed of them first. Stops at the
    /// first wrong UID.
    pub(crate) fn seed_followers<I>(&mut self, app_id: i64, uids: I) -> Result<(), Error>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        self.app(app_id)?;
        let now = self.now();
        for uid in uids {
            let uid = uid.as_ref();
            prefixed("users.uid", "UID_", uid)?;
            let person = self.people.add(uid);
            self.follows.add(person, Target::App(app_id), now);
        }
        Ok(())
    }

    pub(crate) fn set_callback_url(&mut self, app_id: i64, url: Option<String>) -> Result<(), Error> {
        if let Some(url) = &url {
            callback::check_url(url, self.allow_remote_callbacks)?;
        }
        let app = self.apps.get_mut(&app_id).ok_or_else(|| Error::unknown("app", app_id))?;
        app.callback_url = url;
        Ok(())
    }

    /// All there is, in the form it can be seeded again. Blocks and payments are not part of it.
    pub(crate) fn snapshot(&self) -> Seed {
        let mut users: Vec<User> = self
            .people
            .iter()
            .map(|person| User { uid: person.uid.to_string(), spts: person.spts.clone(), follows: Vec::new() })
            .collect();
        for (_, follow) in self.follows.iter() {
            users[follow.person.index()].follows.push(follow.target);
        }
        Seed {
            apps: self.apps.values().cloned().collect(),
            topics: self.topics.values().cloned().collect(),
            products: self.products.values().cloned().collect(),
            users,
        }
    }

    fn check(&self, seed: &Seed) -> Result<(), Error> {
        let mut tokens = HashSet::new();
        for app in &seed.apps {
            self.check_app(app)?;
            if !tokens.insert(&app.token) {
                return Err(token_taken(app));
            }
        }
        // Where a topic will belong once this seed is in.
        let app_of = |target: Target| match target {
            Target::App(id) => (self.apps.contains_key(&id) || seed.apps.iter().any(|app| app.id == id))
                .then_some(id)
                .ok_or_else(|| Error::unknown("app", id)),
            Target::Topic(id) => seed
                .topics
                .iter()
                .find(|topic| topic.id == id)
                .or_else(|| self.topics.get(&id))
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
                            "product {} belongs to app {} and cannot cover another app's",
                            product.id, product.app_id
                        ),
                    ));
                }
            }
        }
        let mut holders: HashMap<&str, &str> = HashMap::new();
        for user in &seed.users {
            prefixed("users.uid", "UID_", &user.uid)?;
            for spt in &user.spts {
                prefixed("users.spts", "SPT_", spt)?;
                let known = self.people.by_spt(spt).map(|id| &*self.people.get(id).uid);
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

    fn check_app(&self, app: &App) -> Result<(), Error> {
        prefixed("apps.token", "AT_", &app.token)?;
        let owner = self.app_by_token.get(&app.token);
        if owner.is_some_and(|id| *id != app.id) {
            return Err(token_taken(app));
        }
        match &app.callback_url {
            Some(url) => callback::check_url(url, self.allow_remote_callbacks),
            None => Ok(()),
        }
    }
}

fn token_taken(app: &App) -> Error {
    Error::invalid("apps.token", format!("the token of app {} belongs to another app", app.id))
}

fn prefixed(field: &'static str, prefix: &str, value: &str) -> Result<(), Error> {
    if value.len() > prefix.len() && value.starts_with(prefix) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("must start with {prefix} and go on, as the real ones do")))
}
