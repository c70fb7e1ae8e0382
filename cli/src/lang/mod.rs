//! The language of the command's texts. Every text is written in both languages at the place where it is used, by
//! [`tr!`](crate::tr), so that none lacks a translation. Help texts are in `help`, texts of core errors in `errors`.

pub(crate) mod clap_errors;
pub(crate) mod errors;
pub(crate) mod help;
mod help_zh;

use std::sync::atomic::{AtomicBool, Ordering};

use clap::ValueEnum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    En,
    Zh,
}

static IS_CHINESE: AtomicBool = AtomicBool::new(false);

pub(crate) fn set(lang: Lang) {
    IS_CHINESE.store(lang == Lang::Zh, Ordering::Relaxed);
}

pub(crate) fn is_chinese() -> bool {
    IS_CHINESE.load(Ordering::Relaxed)
}

/// A text in the chosen language: `tr!("{count} sent", "已发送 {count} 条")`.
#[macro_export]
#[doc(hidden)]
macro_rules! tr {
    ($en:literal, $zh:literal $(,)?) => {
        if $crate::lang::is_chinese() { format!($zh) } else { format!($en) }
    };
}

/// Returns the language of these arguments and this environment, without the help of clap, whose own texts depend on it.
///
/// Order: `--lang`, `WXPUSHER_LANG`, then the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set.
pub(crate) fn detect(args: &[String], var: impl Fn(&str) -> Option<String>) -> Lang {
    let value = |name: &str| var(name).filter(|value| !value.is_empty());
    let from_flag = crate::raw_args::find_option(args, "--lang");
    let chosen = from_flag.or_else(|| value("WXPUSHER_LANG")).or_else(|| {
        value("LC_ALL").or_else(|| value("LC_MESSAGES")).or_else(|| value("LANG")).or_else(system_language)
    });
    match chosen {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

#[cfg(not(windows))]
fn system_language() -> Option<String> {
    None
}

/// The user's display language: Windows has no variable for it.
#[cfg(windows)]
fn system_language() -> Option<String> {
    let key = r"HKCU\Control Panel\International";
    let output = std::process::Command::new("reg").args(["query", key, "/v", "LocaleName"]).output().ok()?;
    String::from_utf8_lossy(&output.stdout).split_whitespace().last().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(args: &[&str], vars: &[(&str, &str)]) -> Lang {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        detect(&args, |name| vars.iter().find(|(var, _)| *var == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn flag_before_variable_before_locale() {
        assert_eq!(detected(&[], &[]), Lang::En);
        assert_eq!(detected(&[], &[("LANG", "zh_CN.UTF-8")]), Lang::Zh);
        assert_eq!(detected(&[], &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")]), Lang::En);
        assert_eq!(detected(&[], &[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "")]), Lang::Zh);
        assert_eq!(detected(&[], &[("LC_ALL", "C"), ("WXPUSHER_LANG", "zh")]), Lang::Zh);
        assert_eq!(detected(&["send", "--lang", "en"], &[("WXPUSHER_LANG", "zh")]), Lang::En);
        assert_eq!(detected(&["--lang=zh"], &[]), Lang::Zh);
        assert_eq!(detected(&["send", "--", "--lang=zh"], &[]), Lang::En);
    }
}
