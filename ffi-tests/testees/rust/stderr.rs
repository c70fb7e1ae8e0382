//! What the library logs goes to stderr, where the runner looks for secrets. Not at trace level: there ureq dumps the wire.

use log::{LevelFilter, Log, Metadata, Record};

struct ToStderr;

impl Log for ToStderr {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        eprintln!("{} {}: {}", record.level(), record.target(), record.args());
    }

    fn flush(&self) {}
}

pub(crate) fn log_everything() -> Result<(), String> {
    log::set_logger(&ToStderr).map_err(|error| error.to_string())?;
    log::set_max_level(LevelFilter::Debug);
    Ok(())
}
