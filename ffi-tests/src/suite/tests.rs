use std::time::Duration;

use super::{Judged, LanguageOutcome, Outcome, Standing};
use crate::case::{Case, NamedCase};
use crate::report::{conformance, junit, table};
use crate::selftest::SelfTest;
use crate::verdict::Verdict;

fn case(id: &str) -> NamedCase {
    let case: Case = serde_json::from_str(
        r#"{"schema": 1, "why": "A case of a test.", "steps": [{"call": "send", "args": {}, "result": {"ok": {}}}]}"#,
    )
    .unwrap();
    NamedCase { id: id.to_owned(), case }
}

fn judged(id: &str, standing: Standing) -> Judged {
    let problems = match standing {
        Standing::Passed | Standing::UnexpectedPass(_) => Vec::new(),
        Standing::Failed | Standing::KnownFailure(_) => vec!["ok.a: expected 1, got 2".to_owned()],
    };
    Judged { verdict: Verdict { id: id.to_owned(), problems, testee_fault: false, took: Duration::ZERO }, standing }
}

/// One language and two cases, of which the second stands as given.
fn outcome(second: Option<Standing>) -> Outcome {
    let mut verdicts = vec![judged("send/a", Standing::Passed)];
    verdicts.extend(second.map(|standing| judged("send/b", standing)));
    Outcome {
        cases: vec![case("send/a"), case("send/b")],
        verbs: vec!["send".to_owned(), "users".to_owned()],
        languages: vec![LanguageOutcome {
            name: "rust".to_owned(),
            discovered: 2,
            verdicts,
            not_run: None,
            problems: Vec::new(),
        }],
        selftest: SelfTest { must_fail: 1, failed_as_they_must: 1, problems: Vec::new() },
        problems: Vec::new(),
    }
}

#[test]
fn all_passed_is_green() {
    let outcome = outcome(Some(Standing::Passed));
    assert!(outcome.red(true).is_empty());
    let numbers = conformance::render(&outcome);
    let rust = serde_json::json!({"discovered": 2, "ran": 2, "passed": 2, "not_run_reason": null});
    assert_eq!(numbers["languages"]["rust"], rust);
    assert_eq!(numbers["verbs"], serde_json::json!({"send": {"rust": true}, "users": {"rust": false}}));
}

#[test]
fn a_failure_is_red_in_every_report() {
    let outcome = outcome(Some(Standing::Failed));
    let red = outcome.red(false);
    assert_eq!(red, ["rust: 1 failed"]);
    let text = table::render(&outcome, &red);
    assert!(text.contains("cases/send/b.json") && text.contains("ok.a: expected 1, got 2"), "{text}");
    assert!(junit::render(&outcome, &red).contains("<failure message=\"ok.a: expected 1, got 2\">"));
    assert_eq!(conformance::render(&outcome)["verbs"]["send"]["rust"], false);
}

#[test]
fn a_case_that_did_not_run_is_red() {
    assert_eq!(outcome(None).red(false), ["rust: ran 1 of 2 cases"]);
}

#[test]
fn a_known_failure_is_neither_red_nor_passed() {
    let outcome = outcome(Some(Standing::KnownFailure("upstream".to_owned())));
    assert!(outcome.red(true).is_empty());
    assert_eq!(conformance::render(&outcome)["languages"]["rust"]["passed"], 1);
    assert!(table::render(&outcome, &[]).contains("known failure send/b: upstream"));
}

#[test]
fn an_unexpected_pass_is_red() {
    let red = outcome(Some(Standing::UnexpectedPass("upstream".to_owned()))).red(false);
    assert_eq!(red, ["rust: 1 passed that are listed in expected-failures/rust.json"]);
}

#[test]
fn a_missing_toolchain_is_red_only_where_it_has_to_be_there() {
    let mut outcome = outcome(Some(Standing::Passed));
    outcome.languages.push(LanguageOutcome {
        name: "swift".to_owned(),
        discovered: 2,
        verdicts: Vec::new(),
        not_run: Some("no swiftc".to_owned()),
        problems: Vec::new(),
    });
    assert!(outcome.red(false).is_empty());
    assert_eq!(outcome.red(true), ["swift: NOT RUN, and CI has to run it: no swiftc"]);
    assert!(table::render(&outcome, &[]).contains("NOT RUN"));
}

#[test]
fn nothing_at_all_is_red() {
    let mut outcome = outcome(None);
    outcome.cases.clear();
    outcome.languages.clear();
    assert_eq!(outcome.red(false), ["not a single case was found", "no language ran"]);
}

#[test]
fn a_runner_that_proved_nothing_is_red() {
    let mut outcome = outcome(Some(Standing::Passed));
    outcome.selftest = SelfTest::default();
    assert_eq!(outcome.red(false), ["selftest: nothing had to fail"]);
    outcome.selftest =
        SelfTest { must_fail: 1, failed_as_they_must: 0, problems: vec!["x: had to fail and did not".to_owned()] };
    assert_eq!(outcome.red(false), ["x: had to fail and did not"]);
}
