//! The output of the demonstration, and its checks.

use std::io::{self, Write};

use crate::exit::{Failure, LOCAL};

pub(crate) struct Story;

impl Story {
    pub(crate) fn begin(&self, title: &str) {
        // A closed standard output (`wxpusher demo | head`) does not end the checks.
        let _ = writeln!(io::stdout(), "\n{title}\n{}", "─".repeat(title.chars().count()));
    }

    pub(crate) fn tell(&self, line: impl AsRef<str>) {
        let _ = writeln!(io::stdout(), "  {}", line.as_ref());
    }
}

/// Ends the demonstration if a check fails.
pub(crate) fn ensure(holds: bool, what: &str) -> Result<(), Failure> {
    if holds { Ok(()) } else { Err(broken(what)) }
}

pub(crate) fn broken(what: &str) -> Failure {
    Failure::new(LOCAL, format!("the demonstration failed, expected: {what}"))
}
