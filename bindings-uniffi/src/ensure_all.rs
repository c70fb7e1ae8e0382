//! `SendOutcome.ensureAll`. Apart from `outcome`, because errors carry outcomes.

use wxpusher::{ErrorKind, Sent};

use crate::boundary::guarded;
use crate::error::Result;
use crate::outcome::SendOutcome;

#[uniffi::export]
impl SendOutcome {
    /// This outcome, if every target was accepted.
    ///
    /// # Errors
    /// `rejected`, carrying the outcome, when any target failed.
    pub fn ensure_all(&self) -> Result<SendOutcome> {
        guarded(|| {
            if self.targets.iter().all(|target| target.is_ok) {
                return Ok(self.clone());
            }
            Err(wxpusher::Error::new(ErrorKind::Rejected { outcome: self.clone().into() }, Sent::Yes).into())
        })
    }
}
