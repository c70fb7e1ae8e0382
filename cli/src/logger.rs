//! `-v`: the client's log on standard error. Log records contain no secrets.

use std::io::{self, Write};

use log::{LevelFilter, Log, Metadata, Record};
use wxpusher::printable;

struct Logger;

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("wxpusher")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let text = record.args().to_string();
            let _ = writeln!(io::stderr(), "{}: {}", record.level().as_str().to_lowercase(), printable(&text));
        }
    }

    fn flush(&self) {}
}

pub(crate) fn install(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => LevelFilter::Debug,
        _ => LevelFilter::Trace,
    };
    // An error means that the host program has a logger already.
    if log::set_logger(&Logger).is_ok() {
        log::set_max_level(level);
    }
}
