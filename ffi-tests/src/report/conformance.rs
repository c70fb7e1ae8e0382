//! The numbers of a run, as JSON.

use serde_json::{Map, Value, json};

use crate::suite::Outcome;

/// What `target/conformance.json` holds.
pub fn render(outcome: &Outcome) -> Value {
    let languages: Map<String, Value> = outcome
        .languages
        .iter()
        .map(|language| {
            let numbers = json!({
                "discovered": language.discovered,
                "ran": language.verdicts.len(),
                "passed": language.passed(),
                "not_run_reason": language.not_run,
            });
            (language.name.clone(), numbers)
        })
        .collect();
    let verbs: Map<String, Value> = outcome
        .verbs
        .iter()
        .map(|verb| {
            let holds: Map<String, Value> = outcome
                .languages
                .iter()
                .map(|language| (language.name.clone(), outcome.verb_holds(verb, language).into()))
                .collect();
            (verb.clone(), holds.into())
        })
        .collect();
    json!({
        "cases": outcome.cases.len(),
        "languages": languages,
        "selftest": {
            "must_fail": outcome.selftest.must_fail,
            "failed_as_they_must": outcome.selftest.failed_as_they_must,
        },
        "verbs": verbs,
    })
}
