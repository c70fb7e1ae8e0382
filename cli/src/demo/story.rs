//! How the demonstration speaks, and how it makes sure of what it says.

use std::io::{self, Write};

use crate::exit::{Failure, LOCAL};

pub(crate) struct Story;

impl Story {
    pub(crate) fn begin(&self, title: &str) {
        // A reader who left (`wxpusher demo | head`) is no reason to stop checking.
        let _ = writeln!(io::stdout(), "\n{title}\n{}", "─".repeat(title.chars().count()));
    }

    pub(crate) fn tell(&self, line: impl AsRef<str>) {
        let _ = writeln!(io::stdout(), "  {}", line.as_ref());
    }
}

/// Ends the demonstration when something is not as it should be.
pub(crate) fn ensure(holds: bool, what: &str) -> Result<(), Failure> {
    if holds { Ok(()) } else { Err(broken(what)) }
}

pub(crate) fn broken(what: &str) -> Failure {
    Failure::new(LOCAL, format!("the demonstration failed: it should be that {what}"))
}
