//! Persons, found by UID or by simple push token.

use std::collections::HashMap;
use std::sync::Arc;

use super::mail::Arrival;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PersonId(usize);

impl PersonId {
    /// Persons are never removed, so this is also their place in the order of arrival.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) uid: Arc<str>,
    pub(crate) spts: Vec<String>,
    pub(crate) inbox: Vec<Arrival>,
}

#[derive(Debug, Default)]
pub(crate) struct People {
    all: Vec<Person>,
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

    pub(crate) fn get(&self, id: PersonId) -> &Person {
        &self.all[id.0]
    }

    pub(crate) fn get_mut(&mut self, id: PersonId) -> &mut Person {
        &mut self.all[id.0]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Person> {
        self.all.iter()
    }

    pub(crate) fn add(&mut self, uid: &str) -> PersonId {
        if let Some(known) = self.by_uid(uid) {
            return known;
        }
        let id = PersonId(self.all.len());
        let uid: Arc<str> = uid.into();
        self.by_uid.insert(Arc::clone(&uid), id);
        self.all.push(Person { uid, spts: Vec::new(), inbox: Vec::new() });
        id
    }

    pub(crate) fn add_spt(&mut self, id: PersonId, spt: String) {
        if self.by_spt.insert(spt.clone(), id).is_none() {
            self.get_mut(id).spts.push(spt);
        }
    }
}
