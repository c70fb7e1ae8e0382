//! People, found by UID or by simple push token.

use std::collections::HashMap;
use std::sync::Arc;

use super::User;
use crate::Error;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PersonId(u32);

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) uid: Arc<str>,
    pub(crate) name: String,
    pub(crate) head_img: String,
    pub(crate) spts: Vec<String>,
}

#[derive(Debug, Default)]
pub(crate) struct People {
    /// Ids are positions here, so the entry of a removed person stays, as `None`.
    all: Vec<Option<Person>>,
    by_uid: HashMap<Arc<str>, PersonId>,
    by_spt: HashMap<String, PersonId>,
}

impl People {
    pub(crate) fn by_uid(&self, uid: &str) -> Option<PersonId> {
        self.by_uid.get(uid).copied()
    }

    pub(crate) fn by_spt(&self, spt: &str) -> Option<PersonId> {
        self.by_spt.get(spt).copied()
    }

    pub(crate) fn require(&self, uid: &str) -> Result<PersonId, Error> {
        self.by_uid(uid).ok_or_else(|| Error::unknown("user", uid))
    }

    pub(crate) fn get(&self, id: PersonId) -> Option<&Person> {
        self.all.get(id.0 as usize)?.as_ref()
    }

    /// The UID of a person; empty once the person is removed.
    pub(crate) fn uid(&self, id: PersonId) -> &str {
        self.get(id).map_or("", |person| &person.uid)
    }

    /// Everybody, in the order in which they were added.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        (0..).map(PersonId).zip(&self.all).filter_map(|(id, person)| Some((id, person.as_ref()?)))
    }

    pub(crate) fn add(&mut self, uid: &str) -> PersonId {
        if let Some(known) = self.by_uid(uid) {
            return known;
        }
        let id = PersonId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        let uid: Arc<str> = uid.into();
        self.by_uid.insert(Arc::clone(&uid), id);
        self.all.push(Some(Person { uid, name: String::new(), head_img: String::new(), spts: Vec::new() }));
        id
    }

    /// Adds a person, or adds what is new to a known one.
    pub(crate) fn add_user(&mut self, user: &User) -> PersonId {
        let id = self.add(&user.uid);
        let Some(person) = self.all.get_mut(id.0 as usize).and_then(Option::as_mut) else { return id };
        if !user.name.is_empty() {
            person.name.clone_from(&user.name);
        }
        if !user.head_img.is_empty() {
            person.head_img.clone_from(&user.head_img);
        }
        for spt in &user.spts {
            if self.by_spt.insert(spt.clone(), id).is_none() {
                person.spts.push(spt.clone());
            }
        }
        id
    }

    pub(crate) fn remove(&mut self, uid: &str) -> Result<PersonId, Error> {
        let id = self.by_uid.remove(uid).ok_or_else(|| Error::unknown("user", uid))?;
        if let Some(person) = self.all.get_mut(id.0 as usize).and_then(Option::take) {
            for spt in &person.spts {
                self.by_spt.remove(spt);
            }
        }
        Ok(id)
    }
}
