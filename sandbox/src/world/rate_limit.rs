//! The rate limit of sends: 20 calls in 10 seconds per app; more are refused.

use std::collections::{HashMap, VecDeque};

const CALLS: usize = 20;
const WINDOW_MS: i64 = 10_000;

#[derive(Debug)]
pub(crate) struct RateLimit {
    pub(crate) enabled: bool,
    recent: HashMap<i64, VecDeque<i64>>,
}

impl RateLimit {
    pub(crate) fn new(enabled: bool) -> Self {
        Self { enabled, recent: HashMap::new() }
    }

    /// Whether the app may send now. Only an admitted call counts.
    pub(crate) fn admits(&mut self, app_id: i64, now: i64) -> bool {
        if !self.enabled {
            return true;
        }
        let recent = self.recent.entry(app_id).or_default();
        while recent.front().is_some_and(|at| now - at >= WINDOW_MS) {
            recent.pop_front();
        }
        if recent.len() >= CALLS {
            return false;
        }
        recent.push_back(now);
        true
    }
}
