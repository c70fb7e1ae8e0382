//! The exit statuses, which tell scripts what went wrong.

use wxpusher::{Error, ErrorKind};

pub(crate) const OK: u8 = 0;
/// Something on this machine: no port, no standard input.
pub(crate) const LOCAL: u8 = 1;
/// The arguments, or the message, will not do. clap's own status for bad arguments.
pub(crate) const USAGE: u8 = 2;
/// WxPusher took the call and refused it, or all of its targets.
pub(crate) const REFUSED: u8 = 3;
/// Some targets were refused.
pub(crate) const PARTLY: u8 = 4;
/// WxPusher was not reached, or did not answer as it should.
pub(crate) const NETWORK: u8 = 5;

/// Why the command ends, and with which status.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: u8,
    pub(crate) text: String,
}

impl Failure {
    pub(crate) fn new(status: u8, text: impl Into<String>) -> Self {
        Self { status, text: text.into() }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let status = match error.kind() {
            ErrorKind::InvalidArgument { .. } => USAGE,
            ErrorKind::Api { .. } | ErrorKind::Rejected { .. } => REFUSED,
            ErrorKind::Connect { .. }
            | ErrorKind::Tls { .. }
            | ErrorKind::Timeout { .. }
            | ErrorKind::Transport { .. }
            | ErrorKind::HttpStatus { .. }
            | ErrorKind::InvalidResponse { .. } => NETWORK,
            ErrorKind::InvalidCallback { .. }
            | ErrorKind::InvalidSignature { .. }
            | ErrorKind::RateLimiter { .. }
            | ErrorKind::Cancelled
            | ErrorKind::Internal { .. } => LOCAL,
        };
        Self::new(status, error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(LOCAL, error.to_string())
    }
}

impl From<wxpusher_sandbox::Error> for Failure {
    fn from(error: wxpusher_sandbox::Error) -> Self {
        Self::new(LOCAL, error.to_string())
    }
}
