//! JUnit XML, one suite per language.

use std::fmt::Write;

use crate::suite::{LanguageOutcome, Outcome, Standing};

/// The whole document.
pub fn render(outcome: &Outcome, red: &[String]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ffi-tests\">\n");
    for language in &outcome.languages {
        render_language(&mut xml, outcome, language);
    }
    // What is red beyond single cases has to be red here too.
    let failures = usize::from(!red.is_empty());
    let _ = writeln!(xml, "  <testsuite name=\"runner\" tests=\"1\" failures=\"{failures}\" skipped=\"0\">");
    element(&mut xml, "runner", "honesty", 0.0, (!red.is_empty()).then(|| ("failure", red.join("\n"))));
    xml.push_str("  </testsuite>\n");
    xml.push_str("</testsuites>\n");
    xml
}

fn render_language(xml: &mut String, outcome: &Outcome, language: &LanguageOutcome) {
    let name = escape(&language.name);
    let failed = language
        .verdicts
        .iter()
        .filter(|judged| matches!(judged.standing, Standing::Failed | Standing::UnexpectedPass(_)))
        .count();
    let missing = language.discovered - language.verdicts.len();
    let _ = writeln!(
        xml,
        "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failed}\" skipped=\"{missing}\">",
        language.discovered
    );
    for judged in &language.verdicts {
        let verdict = &judged.verdict;
        let inner = match &judged.standing {
            Standing::Passed => None,
            Standing::Failed => Some(("failure", verdict.problems.join("\n"))),
            Standing::KnownFailure(reason) => Some(("skipped", format!("known failure: {reason}"))),
            Standing::UnexpectedPass(reason) => {
                Some(("failure", format!("passed, and is listed as failing: {reason}")))
            }
        };
        element(xml, &language.name, &verdict.id, verdict.took.as_secs_f64(), inner);
    }
    for case in outcome.cases.iter().skip(language.verdicts.len()) {
        let reason = language.not_run.clone().unwrap_or_else(|| "not run".to_owned());
        element(xml, &language.name, &case.id, 0.0, Some(("skipped", reason)));
    }
    xml.push_str("  </testsuite>\n");
}

fn element(xml: &mut String, class: &str, name: &str, seconds: f64, inner: Option<(&str, String)>) {
    let (class, name) = (escape(class), escape(name));
    let _ = write!(xml, "    <testcase classname=\"{class}\" name=\"{name}\" time=\"{seconds:.3}\"");
    let _ = match inner {
        None => writeln!(xml, "/>"),
        Some((kind, text)) => {
            let first = escape(text.lines().next().unwrap_or_default());
            writeln!(xml, "><{kind} message=\"{first}\">{}</{kind}></testcase>", escape(&text))
        }
    };
}

/// XML knows no way to write most control characters: they become the replacement character.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(character),
            _ if character.is_control() || character == '\u{fffe}' || character == '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_xml_cannot_hold_is_escaped_or_replaced() {
        assert_eq!(escape("a<b & \"c\"\u{0}\n好"), "a&lt;b &amp; &quot;c&quot;\u{fffd}\n好");
    }
}
