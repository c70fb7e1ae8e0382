//! Errors of clap, in both languages.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::is_chinese;
use crate::tr;

/// Returns the argument that is wrong, and the text.
pub(crate) fn text(error: &Error, command: &mut clap::Command) -> (String, String) {
    let argument = context(error, ContextKind::InvalidArg)
        .or_else(|| context(error, ContextKind::InvalidSubcommand))
        .unwrap_or_default();
    let flag = argument.split([' ', '=']).next().unwrap_or_default().trim_matches(['<', '>', '[', ']']).to_owned();
    if !is_chinese() {
        let text = error.to_string();
        let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end().to_owned();
        return (flag, text);
    }
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    let reason = std::error::Error::source(error).map(|reason| format!("：{reason}")).unwrap_or_default();
    let other = context(error, ContextKind::PriorArg).unwrap_or_default();
    let mut text = match error.kind() {
        ErrorKind::UnknownArgument => format!("未知参数 {argument}"),
        ErrorKind::InvalidSubcommand => format!("未知命令 {argument}"),
        ErrorKind::MissingRequiredArgument => format!("缺少必需的参数：{argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict if other.is_empty() => format!("{argument} 只能使用一次"),
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {other} 同时使用"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 缺少值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{argument} 的值 {value} 无效{reason}"),
        ErrorKind::NoEquals => format!("{argument} 的值必须用 = 给出"),
        ErrorKind::TooManyValues => format!("{argument} 的值过多：{value}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{argument} 的值的个数不对"),
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8".to_owned(),
        _ => error.to_string().trim_end().to_owned(),
    };
    if let Some(values) = context(error, ContextKind::ValidValue) {
        text += &format!("\n  可用的值：{values}");
    }
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(name) = suggested.into_iter().find_map(|kind| context(error, kind)) {
        text += &format!("\n  是否想用 {name}？");
    }
    let usage = command.render_usage().to_string();
    let usage = context(error, ContextKind::Usage).unwrap_or(usage).replace("Usage:", "用法：");
    text += &format!("\n\n{}\n\n{}", usage.trim_end(), tr!("For more information: --help", "更多信息请用 --help"));
    (flag, text)
}

fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join("、")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        _ => None,
    }
}
