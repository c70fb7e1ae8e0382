//! The progress bar on standard error.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

use crate::context::Context;
use crate::tr;

pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Draws only on a terminal.
    pub(super) fn new(context: &Context, total: Option<u64>) -> Self {
        if context.out.quiet || !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
        let template = match total {
            Some(_) => "{bar:30} {pos}/{len} {percent}% {msg} {eta}",
            None => "{spinner} {pos} {msg} {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.tick();
        Self(bar)
    }

    pub(super) fn advance(&self, read: u64, accepted: u64, failed: u64) {
        self.0.set_message(tr!("accepted {accepted}, refused {failed}", "接受 {accepted}，拒绝 {failed}"));
        self.0.set_position(read);
    }

    /// Prints something above the bar.
    pub(super) fn suspend(&self, print: impl FnOnce()) {
        self.0.suspend(print);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.abandon();
    }
}
