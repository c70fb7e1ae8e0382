//! Waiting for messages, calls and callbacks: `?wait=5s&count=1`.

use std::time::Duration;

use crate::{Error, shared};

const MAX_WAIT: Duration = Duration::from_secs(300);

#[derive(Debug, Default)]
pub(super) struct WaitParameters {
    pub(super) wait: Option<String>,
    pub(super) count: Option<usize>,
}

impl WaitParameters {
    /// Waits until `found` returns at least `count` (1 by default) or the time is over. Does not wait
    /// without `wait`.
    pub(super) async fn until(
        &self,
        shared: &shared::State,
        mut found: impl FnMut() -> Result<usize, Error>,
    ) -> Result<(), Error> {
        let Some(wait) = &self.wait else {
            return match self.count {
                Some(_) => Err(Error::invalid("count", "needs `wait`, for example ?wait=5s&count=2")),
                None => Ok(()),
            };
        };
        let deadline = tokio::time::Instant::now() + parse_duration(wait)?;
        let count = self.count.unwrap_or(1);
        let mut changes = shared.changes.watch();
        loop {
            changes.mark_unchanged();
            if found()? >= count {
                return Ok(());
            }
            if tokio::time::timeout_at(deadline, changes.changed()).await.is_err() {
                return Ok(());
            }
        }
    }
}

/// `5s`, `500ms` or `5` (seconds).
fn parse_duration(text: &str) -> Result<Duration, Error> {
    let invalid = || {
        Error::invalid(
            "wait",
            format!("must be a time up to {} s, such as 5s or 500ms (got {text:?})", MAX_WAIT.as_secs()),
        )
    };
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, Duration::from_millis(1)),
        None => (text.strip_suffix('s').unwrap_or(text), Duration::from_secs(1)),
    };
    let number: u32 = number.parse().map_err(|_| invalid())?;
    let wait = unit.checked_mul(number).ok_or_else(invalid)?;
    if wait > MAX_WAIT { Err(invalid()) } else { Ok(wait) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit_or_are_seconds() {
        let parse = |text| parse_duration(text).unwrap();
        assert_eq!([parse("5s"), parse("5"), parse("500ms")].map(|time| time.as_millis()), [5_000, 5_000, 500]);
        for wrong in ["", "s", "-1s", "1.5s", "5m", "301s", "99999999999"] {
            assert!(parse_duration(wrong).is_err(), "{wrong}");
        }
    }
}
