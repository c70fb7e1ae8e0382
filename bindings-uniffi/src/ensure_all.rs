//! `SendOutcome.ensureAll`. A file of its own, because errors contain outcomes.

use wxpusher::{ErrorKind, Sent};

use crate::boundary::guarded;
use crate::error::Result;
use crate::outcome::SendOutcome;

#[uniffi::export]
impl SendOutcome {
    /// Returns this outcome if every recipient was accepted.
    ///
    /// # Errors
    /// `rejected`, with the outcome, if any recipient was not accepted.
    pub fn ensure_all(&self) -> Result<SendOutcome> {
        guarded(|| {
            if self.targets.iter().all(|target| target.is_ok) {
                return Ok(self.clone());
            }
            Err(wxpusher::Error::new(ErrorKind::Rejected { outcome: self.clone().into() }, Sent::Yes).into())
        })
    }
}
