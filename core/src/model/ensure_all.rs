//! `SendOutcome::ensure_all`. Apart from `outcome`, because errors carry outcomes.

use super::error::{Error, ErrorKind, Result, Sent};
use super::outcome::SendOutcome;

impl SendOutcome {
    /// Returns an error if any recipient was not accepted.
    ///
    /// # Errors
    /// [`ErrorKind::Rejected`], carrying this outcome.
    ///
    /// ```no_run
    /// # let (client, message) = (wxpusher::Client::from_env()?, wxpusher::Message::text("x"));
    /// client.send(&message)?.ensure_all()?;
    /// # Ok::<(), wxpusher::Error>(())
    /// ```
    pub fn ensure_all(&self) -> Result<()> {
        if self.all_ok() { Ok(()) } else { Err(Error::new(ErrorKind::Rejected { outcome: self.clone() }, Sent::Yes)) }
    }
}
