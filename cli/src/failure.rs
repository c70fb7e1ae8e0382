//! Why a command ended without success: as text and as the JSON document of `--json`.

use serde_json::{Value, json};
use wxpusher::{Error, ErrorKind, SendOutcome};

use crate::exit::{self, Class};
use crate::lang::errors::{error_text, flag_of};
use crate::outcome;

/// The end of a command that is not a plain success.
#[derive(Debug)]
pub(crate) struct Failure {
    cause: Cause,
    outcome: Option<Value>,
    after_delivery: bool,
}

#[derive(Debug)]
enum Cause {
    Client(Error),
    /// A condition that the command itself found.
    Own {
        exit: u8,
        kind: &'static str,
        number: i32,
        field: Option<String>,
        text: String,
    },
    /// The command that `send --run` ran ended with this status.
    Child(u8),
}

impl Failure {
    pub(crate) fn new(exit: u8, text: impl Into<String>) -> Self {
        let (kind, number) = match exit {
            exit::USAGE => ("invalid_argument", 1),
            exit::INTERRUPTED => ("cancelled", 12),
            exit::PARTLY => ("rejected", 8),
            exit::WAITED => ("timeout", 4),
            _ => ("local", 0),
        };
        Self {
            cause: Cause::Own { exit, kind, number, field: None, text: text.into() },
            outcome: None,
            after_delivery: false,
        }
    }

    /// A wrong argument or variable. The text names it.
    pub(crate) fn usage(flag: &str, text: impl Into<String>) -> Self {
        let mut failure = Self::new(exit::USAGE, text);
        if let Cause::Own { field, .. } = &mut failure.cause {
            *field = Some(flag.to_owned());
        }
        failure
    }

    pub(crate) fn local(text: impl Into<String>) -> Self {
        Self::new(exit::LOCAL, text)
    }

    /// The exit status of the command that `send --run` ran.
    pub(crate) fn child(status: u8) -> Self {
        Self { cause: Cause::Child(status), outcome: None, after_delivery: false }
    }

    /// Adds what was done before the failure.
    pub(crate) fn with_outcome(mut self, outcome: Value) -> Self {
        self.outcome = Some(outcome);
        self
    }

    pub(crate) fn set_outcome_if_none(&mut self, outcome: Value) {
        self.outcome.get_or_insert(outcome);
    }

    /// Marks a failure before which a part of the messages was sent: repeating the whole command would send it again.
    pub(crate) fn after_delivery(mut self, was_delivered: bool) -> Self {
        self.after_delivery = was_delivered;
        self
    }

    pub(crate) fn exit(&self, class: Class) -> u8 {
        let exit = match &self.cause {
            Cause::Client(error) => exit::status_of_error(error, class),
            Cause::Own { exit, .. } => *exit,
            Cause::Child(status) => return *status,
        };
        match exit {
            exit::LOCAL | exit::USAGE | exit::UNREACHED if self.after_delivery => exit::MAYBE_SENT,
            exit::REFUSED if self.after_delivery => exit::PARTLY,
            exit => exit,
        }
    }

    /// The text for people; `None` if there is nothing to say.
    pub(crate) fn text(&self) -> Option<String> {
        match &self.cause {
            Cause::Client(error) => Some(error_text(error)),
            Cause::Own { text, .. } => Some(text.clone()),
            Cause::Child(_) => None,
        }
    }

    pub(crate) fn error(&self) -> Option<&Error> {
        match &self.cause {
            Cause::Client(error) => Some(error),
            _ => None,
        }
    }

    /// The outcome of a send that was refused.
    pub(crate) fn rejected(&self) -> Option<&SendOutcome> {
        match self.error().map(Error::kind) {
            Some(ErrorKind::Rejected { outcome }) => Some(outcome),
            _ => None,
        }
    }

    /// The document of `--json`.
    pub(crate) fn to_json(&self, class: Class) -> Value {
        let error = match &self.cause {
            Cause::Client(error) => client_error(error),
            Cause::Own { kind, number, field, text, .. } => json!({
                "kind": kind, "number": number, "sent": "no", "retry_is_safe": false, "field": field, "phase": null,
                "http_status": null, "code": null, "msg": null, "message": text,
            }),
            Cause::Child(_) => Value::Null,
        };
        let outcome = match (&self.outcome, self.rejected()) {
            (Some(outcome), _) => outcome.clone(),
            (None, Some(rejected)) => outcome::to_json(rejected),
            (None, None) => Value::Null,
        };
        json!({"ok": false, "exit": self.exit(class), "error": error, "outcome": outcome})
    }
}

fn client_error(error: &Error) -> Value {
    let (mut field, mut phase, mut http_status, mut server_code, mut server_msg) = (None, None, None, None, None);
    match error.kind() {
        ErrorKind::InvalidArgument { field: name, .. } => field = Some(flag_of(name)),
        ErrorKind::Timeout { phase: at } => phase = Some(at.as_str()),
        ErrorKind::HttpStatus { status, code, msg } => {
            (http_status, server_code, server_msg) = (Some(*status), *code, Some(msg.shown()));
        }
        ErrorKind::Api { code, msg } => (server_code, server_msg) = (Some(*code), Some(msg.shown())),
        _ => {}
    }
    json!({
        "kind": error.name(), "number": error.number(), "sent": error.sent().as_str(),
        "retry_is_safe": error.retry_is_safe(), "field": field, "phase": phase, "http_status": http_status,
        "code": server_code, "msg": server_msg, "message": error_text(error),
    })
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { cause: Cause::Client(error), outcome: None, after_delivery: false }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::local(error.to_string())
    }
}

impl From<wxpusher_sandbox::Error> for Failure {
    fn from(error: wxpusher_sandbox::Error) -> Self {
        Self::local(error.to_string())
    }
}
