//! Who follows what, and who is blocked.

use std::collections::{BTreeMap, HashMap};

use super::people::PersonId;
use super::{App, Refusal, Target, World};
use crate::Error;

/// Above 2^31, so that a client with 32-bit ids fails here and not in production.
const FIRST_ID: i64 = 2_500_000_001;

#[derive(Debug)]
pub(crate) struct Follow {
    pub(crate) person: PersonId,
    pub(crate) target: Target,
    pub(crate) since: i64,
    pub(crate) rejected: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Follows {
    /// In order of following, as ids only grow.
    by_id: BTreeMap<i64, Follow>,
    index: HashMap<(PersonId, Target), i64>,
    count: i64,
}

impl Follows {
    pub(crate) fn find(&self, person: PersonId, target: Target) -> Option<&Follow> {
        self.by_id.get(self.index.get(&(person, target))?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, &Follow)> {
        self.by_id.iter().map(|(id, follow)| (*id, follow))
    }

    pub(crate) fn add(&mut self, person: PersonId, target: Target, since: i64) {
        if self.index.contains_key(&(person, target)) {
            return;
        }
        let id = FIRST_ID + self.count;
        self.count += 1;
        self.index.insert((person, target), id);
        self.by_id.insert(id, Follow { person, target, since, rejected: false });
    }

    fn remove(&mut self, id: i64) {
        if let Some(follow) = self.by_id.remove(&id) {
            self.index.remove(&(follow.person, follow.target));
        }
    }
}

/// What to leave out of a user list; `None` means everybody.
#[derive(Debug, Default)]
pub(crate) struct FollowFilter<'a> {
    pub(crate) uid: Option<&'a str>,
    pub(crate) rejected: Option<bool>,
    pub(crate) topics: Option<bool>,
}

pub(crate) struct FollowRow<'a> {
    pub(crate) id: i64,
    pub(crate) uid: &'a str,
    pub(crate) target: Target,
    pub(crate) target_name: &'a str,
    pub(crate) since: i64,
    pub(crate) rejected: bool,
    pub(crate) pay_end_time: i64,
}

pub(crate) struct FollowPage<'a> {
    pub(crate) total: usize,
    pub(crate) rows: Vec<FollowRow<'a>>,
}

impl World {
    pub(crate) fn list_follows(
        &self,
        app_id: i64,
        filter: &FollowFilter<'_>,
        page: usize,
        page_size: usize,
    ) -> FollowPage<'_> {
        let wanted = |follow: &Follow| {
            self.owns(app_id, follow.target)
                && filter.uid.is_none_or(|uid| &*self.people.get(follow.person).uid == uid)
                && filter.rejected.is_none_or(|is| follow.rejected == is)
                && filter.topics.is_none_or(|is| matches!(follow.target, Target::Topic(_)) == is)
        };
        let mut total = 0;
        let mut rows = Vec::new();
        let first = page.saturating_sub(1).saturating_mul(page_size);
        for (id, follow) in self.follows.iter().filter(|(_, follow)| wanted(follow)) {
            if total >= first && rows.len() < page_size {
                rows.push(FollowRow {
                    id,
                    uid: &self.people.get(follow.person).uid,
                    target: follow.target,
                    target_name: self.target_name(follow.target),
                    since: follow.since,
                    rejected: follow.rejected,
                    pay_end_time: self.pay_end_time(follow.person, follow.target),
                });
            }
            total += 1;
        }
        FollowPage { total, rows }
    }

    pub(crate) fn delete_follow(&mut self, app_id: i64, id: i64) -> Result<(), Refusal> {
        self.owned_follow(app_id, id)?;
        self.follows.remove(id);
        Ok(())
    }

    pub(crate) fn reject_follow(&mut self, app_id: i64, id: i64, rejected: bool) -> Result<(), Refusal> {
        self.owned_follow(app_id, id)?.rejected = rejected;
        Ok(())
    }

    fn owned_follow(&mut self, app_id: i64, id: i64) -> Result<&mut Follow, Refusal> {
        let target = self.follows.by_id.get(&id).map(|follow| follow.target);
        if target.is_some_and(|target| self.owns(app_id, target)) {
            if let Some(follow) = self.follows.by_id.get_mut(&id) {
                return Ok(follow);
            }
        }
        Err(Refusal::business("用户不存在"))
    }

    pub(crate) fn owns(&self, app_id: i64, target: Target) -> bool {
        self.owner(target).is_some_and(|app: &App| app.id == app_id)
    }

    /// Follows, unless this person is blocked there. Following twice keeps the first.
    pub(crate) fn follow(&mut self, person: PersonId, target: Target) -> Result<(), Error> {
        self.refuse_blocked(person, target)?;
        let now = self.now();
        self.follows.add(person, target, now);
        Ok(())
    }

    pub(crate) fn refuse_blocked(&self, person: PersonId, target: Target) -> Result<(), Error> {
        match self.follows.find(person, target) {
            Some(follow) if follow.rejected => Err(Error::Refused(format!(
                "{} is blocked by “{}”",
                self.people.get(person).uid,
                self.target_name(target),
            ))),
            _ => Ok(()),
        }
    }
}
