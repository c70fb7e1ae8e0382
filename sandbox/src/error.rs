//! Errors of the sandbox's own operations (not of WxPusher's routes).

/// Why an operation of the sandbox failed.
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
    /// There is no such user, app, or other thing in this sandbox.
    #[error("there is no {what} {name} in this sandbox{}", hint(what))]
    Unknown {
        /// The kind: `user`, `app`, `topic`, `product`, `QR code`, `order`, `callback`, `message`.
        what: &'static str,
        /// The name or id in the request.
        name: String,
    },
    /// An invalid seed, fault or argument.
    #[error("{field}: {reason}")]
    Invalid {
        /// The field or argument.
        field: &'static str,
        /// What is wrong with it, and what is allowed.
        reason: String,
    },
    /// WxPusher would not allow this user to do this.
    #[error("refused: {0}")]
    Refused(String),
    /// The sandbox stopped during the operation.
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
