//! Texts of core errors for the users of the command: they name flags and variables, not fields of the API.

use std::borrow::Cow;

use wxpusher::{Error, ErrorKind, Phase, Sent, SignatureProblem, TargetResult};

use super::is_chinese;
use crate::tr;

/// Returns the flag, argument or variable that sets a field of the API.
pub(crate) fn flag_of(field: &'static str) -> &'static str {
    match field {
        "content" => "TEXT",
        "content_type" => "--format",
        "summary" => "--summary",
        "uids" => "--uid",
        "topic_ids" => "--topic",
        "url" => "--url",
        "verify_pay" | "verify_pay_type" => "--paid-only",
        "spts" => "WXPUSHER_SPT",
        "extra" => "EXTRA",
        "valid_time" => "--valid",
        "page_size" => "--limit",
        "app_token" => "WXPUSHER_APP_TOKEN",
        "base_url" => "--base-url",
        "timeout" => "--timeout",
        "connect_timeout" => "--connect-timeout",
        "proxy" => "--proxy",
        "ca_file" | "ca_pem" => "--ca-file",
        other => other,
    }
}

pub(crate) fn error_text(error: &Error) -> String {
    if let ErrorKind::InvalidArgument { field, reason } = error.kind() {
        let (flag, reason) = (flag_of(field), reason_text(reason));
        return tr!("invalid value for {flag}: {reason}", "{flag} 的值无效：{reason}");
    }
    if !is_chinese() {
        return error.to_string();
    }
    let text = chinese(error.kind());
    // The core adds the same note to the same kinds.
    let is_interrupted = matches!(
        error.kind(),
        ErrorKind::Connect { .. }
            | ErrorKind::Tls { .. }
            | ErrorKind::Timeout { .. }
            | ErrorKind::Transport { .. }
            | ErrorKind::Cancelled
    );
    let note = match error.sent() {
        _ if !is_interrupted => "",
        Sent::No => "（没有发送任何内容）",
        Sent::Maybe => "（请求可能已到达 WxPusher）",
        Sent::Yes => "（请求已到达 WxPusher）",
    };
    text + note
}

fn chinese(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::InvalidArgument { field, reason } => format!("{field} 的值无效：{}", reason_text(reason)),
        ErrorKind::Connect { reason } => format!("无法连接：{reason}"),
        ErrorKind::Tls { reason } => format!("TLS 错误：{reason}"),
        ErrorKind::Timeout { phase } => format!("{}超时", phase_text(*phase)),
        ErrorKind::Transport { reason } => format!("连接中断：{reason}"),
        ErrorKind::HttpStatus { status, code, msg } => {
            let code = code.map(|code| format!("（代码 {code}）")).unwrap_or_default();
            let msg = if msg.is_empty() { String::new() } else { format!("：{msg}") };
            format!("HTTP 状态码 {status}{code}{msg}")
        }
        ErrorKind::Api { code, msg } => format!("WxPusher 返回代码 {code}：{msg}"),
        ErrorKind::Rejected { outcome } => {
            let failed: Vec<_> = outcome.failed().take(3).map(target_text).collect();
            let more = outcome.failed().count().saturating_sub(3);
            let more = if more > 0 { format!("；还有 {more} 个") } else { String::new() };
            format!("没有任何接收者被接受：{}{more}", failed.join("；"))
        }
        ErrorKind::InvalidResponse { reason } => format!("响应无效：{reason}"),
        ErrorKind::InvalidCallback { reason } => format!("不是 WxPusher 回调：{reason}"),
        ErrorKind::InvalidSignature { reason } => format!("入口链接被拒绝：{}", signature_text(reason)),
        ErrorKind::Cancelled => "已取消".to_owned(),
        ErrorKind::Internal { reason } => format!("wxpusher 内部错误：{reason}"),
        ErrorKind::RateLimiter { reason } => format!("限流器错误：{reason}"),
    }
}

fn target_text(target: &TargetResult) -> String {
    format!("{} {}", crate::outcome::recipient(target), crate::outcome::status_text(target))
}

fn phase_text(phase: Phase) -> &'static str {
    match phase {
        Phase::Resolve => "解析主机名",
        Phase::Connect => "建立连接",
        Phase::Tls => "TLS 握手",
        Phase::Send => "发送请求",
        Phase::Receive => "等待响应",
    }
}

fn signature_text(problem: &SignatureProblem) -> String {
    match problem {
        SignatureProblem::Unsigned => "没有签名：链接中没有 sign 参数".to_owned(),
        SignatureProblem::Missing(name) => format!("缺少参数 {name}"),
        SignatureProblem::Malformed(name) => format!("参数 {name} 格式错误"),
        SignatureProblem::Forged => "签名不匹配".to_owned(),
        SignatureProblem::Stale(seconds) => format!("链接时间与本机时间相差 {seconds} 秒，最多允许 600 秒"),
        SignatureProblem::Replayed => "链接已被使用过".to_owned(),
    }
}

/// Translates the reasons that users meet; others stay as they are.
fn reason_text(reason: &str) -> Cow<'_, str> {
    let range = |text: &str| text.replace(" to ", " 到 ");
    let unit = |unit: &str| match unit {
        "characters" => "个字符",
        "UTF-8 bytes" => "个 UTF-8 字节",
        "UIDs" => "个 UID",
        "topic ids" => "个主题",
        _ => "项",
    };
    let translated = || {
        let rest = reason.strip_prefix("must ")?;
        let (rest, got) = rest.strip_suffix(')')?.split_once(" (got ")?;
        if let Some(rest) = rest.strip_prefix("be between ") {
            return Some(format!("必须在 {} 之间（实际为 {got}）", rest.replace(" and ", " 和 ")));
        }
        let rest = rest.strip_prefix("have ")?;
        let (allowed, is_max) = match rest.strip_prefix("at most ") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let last_number = allowed.rfind(|c: char| c.is_ascii_digit())?;
        let (numbers, name) = allowed.split_at(last_number + 1);
        let limit = if is_max { format!("最多 {numbers}") } else { format!("必须有 {}", range(numbers)) };
        Some(format!("{limit} {}（实际为 {got}）", unit(name.trim())))
    };
    if !is_chinese() {
        return Cow::Borrowed(reason);
    }
    match reason {
        "must not be empty" => Cow::Borrowed("不能为空"),
        "must be a list of numbers" => Cow::Borrowed("必须是数字列表"),
        _ => translated().map_or(Cow::Borrowed(reason), Cow::Owned),
    }
}
