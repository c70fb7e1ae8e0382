//! The exit statuses, and which error leads to which status.

use wxpusher::{Error, ErrorKind, Phase, SendOutcome, Sent, SignatureProblem};

pub(crate) use crate::failure::Failure;
use crate::tr;

pub(crate) const OK: u8 = 0;
/// Trouble on this machine: a file, a port, the configuration.
pub(crate) const LOCAL: u8 = 1;
/// Wrong usage. clap's own status for wrong arguments.
pub(crate) const USAGE: u8 = 2;
/// WxPusher refused the request, or all of its recipients.
pub(crate) const REFUSED: u8 = 3;
/// WxPusher refused some recipients.
pub(crate) const PARTLY: u8 = 4;
/// WxPusher was not reached, or a read got no usable response. Repeating is safe.
pub(crate) const UNREACHED: u8 = 5;
/// A delivering command may have been carried out. Repeating may deliver twice.
pub(crate) const MAYBE_SENT: u8 = 6;
/// `--wait` or `qrcode wait` reached its timeout.
pub(crate) const WAITED: u8 = 7;
/// Interrupted by a signal.
pub(crate) const INTERRUPTED: u8 = 130;

/// What a command does at the server, which decides whether repeating it is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Reads, or changes something in a way that may be repeated.
    Repeatable,
    /// Delivers messages.
    Delivering,
}

/// Returns the exit status for an error of the client. `help exit-codes` prints this function as a table.
pub(crate) fn status_of(kind: &ErrorKind, sent: Sent, class: Class) -> u8 {
    let without_response = |sent| match (class, sent) {
        (Class::Delivering, Sent::Maybe | Sent::Yes) => MAYBE_SENT,
        _ => UNREACHED,
    };
    match kind {
        ErrorKind::InvalidArgument { .. } => USAGE,
        ErrorKind::Connect { .. }
        | ErrorKind::Tls { .. }
        | ErrorKind::Timeout { .. }
        | ErrorKind::Transport { .. }
        | ErrorKind::InvalidResponse { .. } => without_response(sent),
        ErrorKind::HttpStatus { status, .. } if *status >= 500 => without_response(sent),
        ErrorKind::HttpStatus { .. } | ErrorKind::Api { .. } => REFUSED,
        ErrorKind::Rejected { outcome } => {
            if outcome.succeeded().next().is_some() {
                PARTLY
            } else {
                REFUSED
            }
        }
        ErrorKind::InvalidCallback { .. } | ErrorKind::InvalidSignature { .. } => REFUSED,
        ErrorKind::Cancelled => INTERRUPTED,
        ErrorKind::Internal { .. } if class == Class::Delivering && sent != Sent::No => MAYBE_SENT,
        ErrorKind::Internal { .. } | ErrorKind::RateLimiter { .. } => LOCAL,
    }
}

/// The text of `help exit-codes`.
pub(crate) fn help() -> String {
    let mut text = tr!(
        "Exit status:\n\
         \x20   0  done\n\
         \x20   1  trouble on this machine: a file, a port, the configuration\n\
         \x20   2  wrong usage: an argument, a variable or the message itself\n\
         \x20   3  refused: by WxPusher, or every recipient was refused\n\
         \x20   4  partly refused: some recipients were accepted, some were not\n\
         \x20   5  not reached: nothing was sent, repeating is safe (for reads: no usable response)\n\
         \x20   6  may have been carried out: do not repeat blindly (send, push, broadcast)\n\
         \x20   7  waited until the timeout of --wait\n\
         \x20 130  interrupted; the text says whether the message may have been sent\n\
         \n\
         `send --run` exits with the status of the command that it ran.\n\
         \n\
         Error kind, sent → exit status of send, push, broadcast / of every other command:\n",
        "退出状态：\n\
         \x20   0  完成\n\
         \x20   1  本机问题：文件、端口或配置\n\
         \x20   2  用法错误：参数、环境变量或消息本身\n\
         \x20   3  被拒绝：WxPusher 拒绝了请求，或所有接收者都被拒绝\n\
         \x20   4  部分被拒绝：有的接收者被接受，有的被拒绝\n\
         \x20   5  未到达：没有发送任何内容，可以安全重试（读取类命令：没有可用的响应）\n\
         \x20   6  可能已执行：不要盲目重试（send、push、broadcast）\n\
         \x20   7  等到 --wait 超时\n\
         \x20 130  被中断；提示会说明消息是否可能已发送\n\
         \n\
         `send --run` 以所运行命令的状态退出。\n\
         \n\
         错误种类、sent → send、push、broadcast 的退出状态 / 其他命令的退出状态：\n",
    );
    for (kind, sents) in samples() {
        for sent in sents {
            let delivering = status_of(&kind, *sent, Class::Delivering);
            let other = status_of(&kind, *sent, Class::Repeatable);
            let detail = match &kind {
                ErrorKind::HttpStatus { status: 500.., .. } => " 5xx",
                ErrorKind::HttpStatus { .. } => " 3xx 4xx",
                _ => "",
            };
            let name = format!("{}{detail}", kind.name());
            text += &format!("  {name:<22} {:<6} {delivering} / {other}\n", sent.as_str());
        }
    }
    text
}

/// One error of each kind, with the values of `sent` that it can have.
fn samples() -> Vec<(ErrorKind, &'static [Sent])> {
    const LOCALLY: &[Sent] = &[Sent::No];
    const ANSWERED: &[Sent] = &[Sent::Yes];
    const BROKEN: &[Sent] = &[Sent::No, Sent::Maybe];
    let reason = String::new;
    let http = |status| ErrorKind::HttpStatus { status, code: None, msg: Default::default() };
    vec![
        (ErrorKind::InvalidArgument { field: "", reason: reason() }, LOCALLY),
        (ErrorKind::Connect { reason: reason() }, LOCALLY),
        (ErrorKind::Tls { reason: reason() }, LOCALLY),
        (ErrorKind::Timeout { phase: Phase::Receive }, BROKEN),
        (ErrorKind::Transport { reason: reason() }, BROKEN),
        (http(404), ANSWERED),
        (http(500), ANSWERED),
        (ErrorKind::Api { code: 1001, msg: Default::default() }, ANSWERED),
        (ErrorKind::Rejected { outcome: SendOutcome { message_content_id: None, targets: Vec::new() } }, ANSWERED),
        (ErrorKind::InvalidResponse { reason: reason() }, ANSWERED),
        (ErrorKind::InvalidCallback { reason: reason() }, LOCALLY),
        (ErrorKind::InvalidSignature { reason: SignatureProblem::Forged }, LOCALLY),
        (ErrorKind::Cancelled, BROKEN),
        (ErrorKind::Internal { reason: reason() }, BROKEN),
        (ErrorKind::RateLimiter { reason: reason() }, LOCALLY),
    ]
}

/// Returns the exit status for an error of the client.
pub(crate) fn status_of_error(error: &Error, class: Class) -> u8 {
    status_of(error.kind(), error.sent(), class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_in_the_table() {
        let names: Vec<_> = samples().iter().map(|(kind, _)| kind.name()).collect();
        for (_, name) in ErrorKind::ALL {
            assert!(names.contains(&name), "{name}");
        }
    }

    #[test]
    fn table_of_exit_statuses() {
        let table: Vec<_> = samples()
            .iter()
            .flat_map(|(kind, sents)| {
                sents.iter().map(|sent| {
                    let delivering = status_of(kind, *sent, Class::Delivering);
                    (kind.name(), sent.as_str(), delivering, status_of(kind, *sent, Class::Repeatable))
                })
            })
            .collect();
        let expected = [
            ("invalid_argument", "no", 2, 2),
            ("connect", "no", 5, 5),
            ("tls", "no", 5, 5),
            ("timeout", "no", 5, 5),
            ("timeout", "maybe", 6, 5),
            ("transport", "no", 5, 5),
            ("transport", "maybe", 6, 5),
            ("http_status", "yes", 3, 3),
            ("http_status", "yes", 6, 5),
            ("api", "yes", 3, 3),
            ("rejected", "yes", 3, 3),
            ("invalid_response", "yes", 6, 5),
            ("invalid_callback", "no", 3, 3),
            ("invalid_signature", "no", 3, 3),
            ("cancelled", "no", 130, 130),
            ("cancelled", "maybe", 130, 130),
            ("internal", "no", 1, 1),
            ("internal", "maybe", 6, 1),
            ("rate_limiter", "no", 1, 1),
        ];
        assert_eq!(table, expected);
    }
}
