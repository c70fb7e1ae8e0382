//! All cases against all languages, and what has to be true before that may be called green.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use glob::Pattern;
use serde::Deserialize;

use crate::case::{self, Expected, NamedCase};
use crate::checks;
use crate::errors::ErrorList;
use crate::language::{Language, Places, Readiness};
use crate::schema::Schema;
use crate::selftest::{self, SelfTest};
use crate::testee::Testee;
use crate::verdict::{self, Verdict};

/// After so many failures of the testee itself in a row the rest is not asked: each may cost a whole timeout.
const FAULTS_IN_A_ROW: usize = 5;

/// A kind of error that fewer cases expect is not covered.
const CASES_PER_KIND: usize = 2;

/// What to run.
#[derive(Debug, Default)]
pub struct Selection {
    /// Names of languages; empty for all.
    pub languages: Vec<String>,
    /// Which cases; none for all.
    pub cases: Option<Pattern>,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The cases that were selected.
    pub cases: Vec<NamedCase>,
    /// Every verb of the schema.
    pub verbs: Vec<String>,
    /// One entry per selected language.
    pub languages: Vec<LanguageOutcome>,
    /// Whether the runner still sees what it has to see.
    pub selftest: SelfTest,
    /// What is wrong with the suite as a whole.
    pub problems: Vec<String>,
}

/// What came of one language.
#[derive(Debug)]
pub struct LanguageOutcome {
    /// Its name.
    pub name: String,
    /// How many cases it should have run.
    pub discovered: usize,
    /// What became of those it ran.
    pub verdicts: Vec<Judged>,
    /// Why nothing was run, where the toolchain is missing.
    pub not_run: Option<String>,
    /// What is wrong beyond single cases.
    pub problems: Vec<String>,
}

/// A verdict, and how it stands to the list of expected failures.
#[derive(Debug)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// How it counts.
    pub standing: Standing,
}

/// How a verdict counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// As it should be.
    Passed,
    /// Red.
    Failed,
    /// Listed with this reason; not red, and not passed.
    KnownFailure(String),
    /// Listed, and passing all the same: red until the entry goes.
    UnexpectedPass(String),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownFailure {
    reason: String,
}

/// Runs the selection. An error means that nothing could be run at all.
pub fn run(places: &Places, selection: &Selection) -> Result<Outcome, String> {
    let schema = Schema::load(&places.suite)?;
    let errors = ErrorList::load(&places.suite)?;
    let all_languages = Language::load_all(places)?;
    let known_failures = load_known_failures(places, &all_languages)?;
    let all = case::load_all(&places.suite, &schema)?;

    let mut problems = Vec::new();
    if selection.cases.is_none() {
        problems.extend(uncovered(&all, schema.verbs(), &errors));
        problems.extend(stale_known_failures(&all, &known_failures));
    }
    let cases: Vec<NamedCase> = match &selection.cases {
        Some(pattern) => all.into_iter().filter(|case| pattern.matches(&case.id)).collect(),
        None => all,
    };
    let mut selftest = selftest::invalid(places, &schema)?;
    let must_fail = selftest::load(places, &schema)?;

    let mut languages = Vec::new();
    let mut broken_was_tried = false;
    for language in select(all_languages, &selection.languages)? {
        let mut outcome = LanguageOutcome {
            name: language.name.clone(),
            discovered: cases.len(),
            verdicts: Vec::new(),
            not_run: None,
            problems: Vec::new(),
        };
        match language.prepare(places) {
            Readiness::Missing(reason) => outcome.not_run = Some(reason),
            Readiness::Broken(problem) => outcome.problems.push(problem),
            Readiness::Ready => {
                let start = language.start_command(places);
                run_cases(&mut outcome, &start, places, &cases, &errors, known_failures.get(&language.name));
                selftest.must_fail(&must_fail, &language.name, &start, places, &errors);
                if !broken_was_tried {
                    selftest.broken(&must_fail, &start, places, &errors);
                    broken_was_tried = true;
                }
            }
        }
        languages.push(outcome);
    }
    Ok(Outcome { cases, verbs: schema.verbs().to_vec(), languages, selftest, problems })
}

fn select(all: Vec<Language>, wanted: &[String]) -> Result<Vec<Language>, String> {
    for name in wanted {
        if all.iter().all(|language| language.name != *name) {
            let known: Vec<&str> = all.iter().map(|language| language.name.as_str()).collect();
            return Err(format!("no language {name:?}: languages.json has {}", known.join(", ")));
        }
    }
    Ok(all.into_iter().filter(|language| wanted.is_empty() || wanted.contains(&language.name)).collect())
}

fn run_cases(
    outcome: &mut LanguageOutcome,
    start: &[String],
    places: &Places,
    cases: &[NamedCase],
    errors: &ErrorList,
    known: Option<&BTreeMap<String, KnownFailure>>,
) {
    let mut testee = Testee::new(start, &places.repository);
    let mut faults = 0;
    for case in cases {
        let verdict = verdict::run(case, &mut testee, errors);
        faults = if verdict.testee_fault { faults + 1 } else { 0 };
        let standing = stand(&verdict, known.and_then(|known| known.get(&case.id)));
        outcome.verdicts.push(Judged { verdict, standing });
        if faults == FAULTS_IN_A_ROW {
            outcome.problems.push(format!("the testee failed {faults} times in a row and was asked no more"));
            break;
        }
    }
    let mut secrets = BTreeSet::new();
    for case in cases {
        for step in &case.case.steps {
            checks::secrets(&case.case.client, &step.args, &mut secrets);
        }
    }
    outcome.problems.extend(testee.finish(&secrets));
}

fn stand(verdict: &Verdict, known: Option<&KnownFailure>) -> Standing {
    match (verdict.passed(), known) {
        (true, None) => Standing::Passed,
        (false, None) => Standing::Failed,
        (false, Some(known)) => Standing::KnownFailure(known.reason.clone()),
        (true, Some(known)) => Standing::UnexpectedPass(known.reason.clone()),
    }
}

type KnownFailures = BTreeMap<String, BTreeMap<String, KnownFailure>>;

fn load_known_failures(places: &Places, languages: &[Language]) -> Result<KnownFailures, String> {
    let mut known = BTreeMap::new();
    for path in case::files_below(&places.suite.join("expected-failures"))? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let shown = path.strip_prefix(&places.suite).unwrap_or(&path).display();
        if languages.iter().all(|language| language.name != name) {
            return Err(format!("{shown}: no such language in languages.json"));
        }
        let text = fs::read(&path).map_err(|error| format!("{shown}: {error}"))?;
        let entries: BTreeMap<String, KnownFailure> =
            serde_json::from_slice(&text).map_err(|error| format!("{shown}: {error}"))?;
        if let Some((id, _)) = entries.iter().find(|(_, entry)| entry.reason.trim().is_empty()) {
            return Err(format!("{shown}: {id} gives no reason"));
        }
        known.insert(name, entries);
    }
    Ok(known)
}

fn stale_known_failures(cases: &[NamedCase], known: &KnownFailures) -> Vec<String> {
    let ids: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    known
        .iter()
        .flat_map(|(language, entries)| entries.keys().map(move |id| (language, id)))
        .filter(|(_, id)| !ids.contains(id.as_str()))
        .map(|(language, id)| format!("expected-failures/{language}.json: there is no case {id}"))
        .collect()
}

/// Verbs without a case, and errors that too few cases expect.
fn uncovered(cases: &[NamedCase], verbs: &[String], errors: &ErrorList) -> Vec<String> {
    let mut problems = Vec::new();
    for verb in verbs {
        if !cases.iter().any(|case| case.case.steps.iter().any(|step| step.call == *verb)) {
            problems.push(format!("no case calls {verb}"));
        }
    }
    let expecting = |field: &str, value: &str| {
        cases
            .iter()
            .filter(|case| {
                case.case.steps.iter().any(|step| match &step.result {
                    Expected::Err(expected) => expected[field] == value,
                    Expected::Ok(_) => false,
                })
            })
            .count()
    };
    for kind in errors.kinds.iter().filter(|kind| kind.no_case.is_none()) {
        let count = expecting("kind", &kind.kind);
        if count < CASES_PER_KIND {
            problems.push(format!("{count} cases expect the error {}; {CASES_PER_KIND} should", kind.kind));
        }
    }
    for sent in &errors.sent {
        if expecting("sent", sent) == 0 {
            problems.push(format!("no case expects an error with sent = {sent}"));
        }
    }
    problems
}

impl LanguageOutcome {
    /// How many cases are as they should be.
    pub fn passed(&self) -> usize {
        self.verdicts.iter().filter(|judged| judged.standing == Standing::Passed).count()
    }
}

impl Outcome {
    /// Everything that makes the run red; nothing means green.
    pub fn red(&self, ci: bool) -> Vec<String> {
        let mut reasons = self.problems.clone();
        if self.cases.is_empty() {
            reasons.push("not a single case was found".to_owned());
        }
        if self.languages.iter().all(|language| language.verdicts.is_empty()) {
            reasons.push("no language ran".to_owned());
        }
        for language in &self.languages {
            let name = &language.name;
            reasons.extend(language.problems.iter().map(|problem| format!("{name}: {problem}")));
            if let Some(reason) = &language.not_run {
                if ci {
                    reasons.push(format!("{name}: NOT RUN, and CI has to run it: {reason}"));
                }
                continue;
            }
            let ran = language.verdicts.len();
            if ran != language.discovered {
                reasons.push(format!("{name}: ran {ran} of {} cases", language.discovered));
            }
            let count = |wanted: fn(&Standing) -> bool| {
                language.verdicts.iter().filter(|judged| wanted(&judged.standing)).count()
            };
            let failed = count(|standing| matches!(standing, Standing::Failed));
            if failed > 0 {
                reasons.push(format!("{name}: {failed} failed"));
            }
            let unexpected = count(|standing| matches!(standing, Standing::UnexpectedPass(_)));
            if unexpected > 0 {
                reasons.push(format!("{name}: {unexpected} passed that are listed in expected-failures/{name}.json"));
            }
        }
        reasons.extend(self.selftest.problems.iter().cloned());
        if self.selftest.must_fail == 0 {
            reasons.push("selftest: nothing had to fail".to_owned());
        }
        reasons
    }

    /// Whether every case that calls `verb` passed in a language, and there was one.
    pub fn verb_holds(&self, verb: &str, language: &LanguageOutcome) -> bool {
        let calling: BTreeSet<&str> = self
            .cases
            .iter()
            .filter(|case| case.case.steps.iter().any(|step| step.call == verb))
            .map(|case| case.id.as_str())
            .collect();
        let passed = language
            .verdicts
            .iter()
            .filter(|judged| judged.standing == Standing::Passed && calling.contains(judged.verdict.id.as_str()))
            .count();
        !calling.is_empty() && passed == calling.len()
    }
}

#[cfg(test)]
mod tests;
