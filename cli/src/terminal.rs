//! The settings of the terminal, which a prompt for a secret changes.

#[cfg(unix)]
use std::sync::{Mutex, PoisonError};

#[cfg(unix)]
static SAVED: Mutex<Option<rustix::termios::Termios>> = Mutex::new(None);

/// Stores the settings before a prompt changes them.
pub(crate) fn save() {
    #[cfg(unix)]
    {
        *SAVED.lock().unwrap_or_else(PoisonError::into_inner) = rustix::termios::tcgetattr(rustix::stdio::stdin()).ok();
    }
}

/// Switches the echo on again when a signal ends the process during a prompt.
pub(crate) fn restore() {
    #[cfg(unix)]
    if let Some(termios) = SAVED.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
        let action = rustix::termios::OptionalActions::Now;
        let _ = rustix::termios::tcsetattr(rustix::stdio::stdin(), action, termios);
    }
}
