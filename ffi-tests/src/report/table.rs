//! The table area × language, and the failures below it.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::suite::{LanguageOutcome, Outcome, Standing};

/// Differences shown per case; a list of 2 000 rows that is wrong is wrong 2 000 times.
const LINES_PER_CASE: usize = 12;

/// Everything a person reads after a run.
pub fn render(outcome: &Outcome, red: &[String]) -> String {
    let mut out = String::new();
    for language in &outcome.languages {
        failures(&mut out, outcome, language);
    }
    table(&mut out, outcome);
    for language in &outcome.languages {
        if let Some(reason) = &language.not_run {
            let _ = writeln!(out, "{} NOT RUN: {reason}", language.name);
        }
        for judged in &language.verdicts {
            if let Standing::KnownFailure(reason) = &judged.standing {
                let _ = writeln!(out, "{} known failure {}: {reason}", language.name, judged.verdict.id);
            }
        }
    }
    let selftest = &outcome.selftest;
    let _ = writeln!(out, "selftest: {} of {} failed as they must", selftest.failed_as_they_must, selftest.must_fail);
    for reason in red {
        let _ = writeln!(out, "RED  {reason}");
    }
    if red.is_empty() {
        out.push_str("green\n");
    }
    out
}

fn failures(out: &mut String, outcome: &Outcome, language: &LanguageOutcome) {
    for judged in &language.verdicts {
        let verdict = &judged.verdict;
        match &judged.standing {
            Standing::Passed | Standing::KnownFailure(_) => continue,
            Standing::UnexpectedPass(reason) => {
                let _ = writeln!(
                    out,
                    "✗ {}  {}\n    passes; take it off expected-failures/{}.json ({reason})\n",
                    language.name, verdict.id, language.name
                );
                continue;
            }
            Standing::Failed => {}
        }
        let _ = writeln!(out, "✗ {}  cases/{}.json", language.name, verdict.id);
        if let Some(case) = outcome.cases.iter().find(|case| case.id == verdict.id) {
            let _ = writeln!(out, "    {}", case.case.why);
        }
        for problem in verdict.problems.iter().take(LINES_PER_CASE) {
            let _ = writeln!(out, "    - {problem}");
        }
        if verdict.problems.len() > LINES_PER_CASE {
            let _ = writeln!(out, "    … and {} more", verdict.problems.len() - LINES_PER_CASE);
        }
        out.push('\n');
    }
}

fn table(out: &mut String, outcome: &Outcome) {
    let mut areas: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &outcome.cases {
        *areas.entry(case.area()).or_default() += 1;
    }
    let _ = write!(out, "{:<14}{:>6}", "area", "cases");
    for language in &outcome.languages {
        let _ = write!(out, "{:>10}", language.name);
    }
    out.push('\n');
    for (area, cases) in &areas {
        row(out, area, *cases, outcome, |id| id.split('/').next() == Some(area));
    }
    row(out, "all", outcome.cases.len(), outcome, |_| true);
}

fn row(out: &mut String, name: &str, cases: usize, outcome: &Outcome, belongs: impl Fn(&str) -> bool) {
    let _ = write!(out, "{name:<14}{cases:>6}");
    for language in &outcome.languages {
        let cell = if language.not_run.is_some() {
            "NOT RUN".to_owned()
        } else {
            let passed = language
                .verdicts
                .iter()
                .filter(|judged| judged.standing == Standing::Passed && belongs(&judged.verdict.id))
                .count();
            if passed == cases { format!("{passed} ✓") } else { format!("{passed} ✗") }
        };
        let _ = write!(out, "{cell:>10}");
    }
    out.push('\n');
}
