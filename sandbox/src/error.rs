//! What can be wrong with a wish made of the sandbox itself (not of WxPusher's routes).

/// Why the sandbox did not do what it was asked to do.
///
/// ```
/// use wxpusher_sandbox::{Error, Sandbox};
///
/// let sandbox = Sandbox::start()?;
/// let error = sandbox.inbox("UID_testnobody").unwrap_err();
/// assert!(matches!(error, Error::Unknown { what: "user", .. }));
/// assert_eq!(error.to_string(), "there is no user UID_testnobody in this sandbox: seed it first");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Something was named that does not exist here.
    #[error("there is no {what} {name} in this sandbox{}", hint(what))]
    Unknown {
        /// The kind of thing: `user`, `app`, `topic`, `product`, `QR code`, `order`.
        what: &'static str,
        /// The name or id that was asked for.
        name: String,
    },
    /// A seed, a fault or another wish that makes no sense.
    #[error("{field}: {reason}")]
    Invalid {
        /// Which part of the wish.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// WxPusher itself would not let this user do that.
    #[error("refused: {0}")]
    Refused(String),
    /// The sandbox stopped while it was asked.
    #[error("the sandbox has stopped")]
    Stopped,
}

fn hint(what: &str) -> &'static str {
    match what {
        "user" | "app" | "topic" | "product" => ": seed it first",
        _ => "",
    }
}

impl Error {
    pub(crate) fn unknown(what: &'static str, name: impl ToString) -> Self {
        Self::Unknown { what, name: name.to_string() }
    }

    pub(crate) fn invalid(field: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid { field, reason: reason.into() }
    }
}
