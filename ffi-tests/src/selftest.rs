//! Proof, on every run, that the runner turns red when it should: cases it has to refuse, cases that have to fail, and
//! a testee that is wrong on purpose.

use std::fs;

use serde::Deserialize;
use serde_json::Value;

use crate::case::{self, Case, NamedCase};
use crate::errors::ErrorList;
use crate::language::{Language, Places, Readiness};
use crate::schema::Schema;
use crate::testee::Testee;
use crate::verdict;

/// What the self-tests came to.
#[derive(Debug, Default)]
pub struct SelfTest {
    /// How many things had to turn red.
    pub must_fail: usize,
    /// How many did, for the reason they name.
    pub failed_as_they_must: usize,
    /// The others.
    pub problems: Vec<String>,
}

/// A case that has to fail: by itself, or because the testee is broken.
#[derive(Debug)]
pub struct MustFail {
    case: NamedCase,
    because: String,
    mode: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Invalid {
    /// What the refusal has to say.
    because: String,
    /// A document.
    case: Option<Value>,
    /// A text that is no document, or one that a parser would tidy up.
    text: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Failing {
    because: String,
    case: Value,
    /// How the broken testee is broken; none for a case that fails with every testee.
    broken: Option<String>,
}

/// Checks that each file of `selftest/invalid` is refused.
pub fn invalid(places: &Places, schema: &Schema) -> Result<SelfTest, String> {
    let mut selftest = SelfTest::default();
    for (name, file) in read::<Invalid>(places, "invalid")? {
        let refusal = match (&file.case, &file.text) {
            (Some(value), None) => case::from_value(value, schema),
            (None, Some(text)) => case::parse(text.as_bytes(), schema),
            _ => return Err(format!("{name}: needs either case or text")),
        };
        let problems = match refusal {
            Ok(_) => Vec::new(),
            Err(problem) => vec![problem],
        };
        selftest.judge(&name, &file.because, &problems);
    }
    Ok(selftest)
}

/// Reads `selftest/must-fail` and `selftest/broken`.
pub fn load(places: &Places, schema: &Schema) -> Result<Vec<MustFail>, String> {
    let mut all = Vec::new();
    for folder in ["must-fail", "broken"] {
        for (name, file) in read::<Failing>(places, folder)? {
            if file.broken.is_some() != (folder == "broken") {
                return Err(format!("{name}: a mode of the broken testee is named in selftest/broken, and only there"));
            }
            let case: Case = case::from_value(&file.case, schema).map_err(|problem| format!("{name}: {problem}"))?;
            all.push(MustFail { case: NamedCase { id: name, case }, because: file.because, mode: file.broken });
        }
    }
    Ok(all)
}

fn read<T: for<'de> Deserialize<'de>>(places: &Places, folder: &str) -> Result<Vec<(String, T)>, String> {
    let base = places.suite.join("selftest");
    let files = case::files_below(&base.join(folder))?;
    if files.is_empty() {
        return Err(format!("selftest/{folder} is empty: the runner would go unproved"));
    }
    files
        .into_iter()
        .map(|path| {
            let relative = path.strip_prefix(&base).unwrap_or(&path).with_extension("");
            let name = format!("selftest/{}", relative.display());
            let text = fs::read(&path).map_err(|error| format!("{name}: {error}"))?;
            let file = serde_json::from_slice(&text).map_err(|error| format!("{name}: {error}"))?;
            Ok((name, file))
        })
        .collect()
}

impl SelfTest {
    fn judge(&mut self, name: &str, because: &str, problems: &[String]) {
        self.must_fail += 1;
        if problems.iter().any(|problem| problem.contains(because)) {
            self.failed_as_they_must += 1;
        } else if problems.is_empty() {
            self.problems.push(format!("{name}: had to fail and did not (because: {because})"));
        } else {
            self.problems.push(format!("{name}: failed for another reason than {because:?}: {}", problems.join("; ")));
        }
    }

    /// Checks that each case of `selftest/must-fail` fails with this testee.
    pub fn must_fail(
        &mut self,
        all: &[MustFail],
        language: &str,
        start: &[String],
        places: &Places,
        errors: &ErrorList,
    ) {
        let mut testee = Testee::new(start, &places.repository);
        for entry in all.iter().filter(|entry| entry.mode.is_none()) {
            let verdict = verdict::run(&entry.case, &mut testee, errors);
            self.judge(&format!("{language}: {}", entry.case.id), &entry.because, &verdict.problems);
        }
    }

    /// Checks that each case of `selftest/broken` passes with an honest testee and fails with one that garbles its reports.
    pub fn broken(&mut self, all: &[MustFail], honest: &[String], places: &Places, errors: &ErrorList) {
        let broken = broken_testee();
        if let Readiness::Missing(problem) | Readiness::Broken(problem) = broken.prepare(places) {
            self.problems.push(format!("testees/broken: {problem}"));
            return;
        }
        for entry in all {
            let Some(mode) = &entry.mode else { continue };
            let name = &entry.case.id;
            let honest_verdict = verdict::run(&entry.case, &mut Testee::new(honest, &places.repository), errors);
            if !honest_verdict.passed() {
                self.problems
                    .push(format!("{name}: should pass with an honest testee: {}", honest_verdict.problems.join("; ")));
            }
            let mut start = broken.start_command(places);
            start.push(mode.clone());
            start.extend_from_slice(honest);
            let verdict = verdict::run(&entry.case, &mut Testee::new(&start, &places.repository), errors);
            self.judge(name, &entry.because, &verdict.problems);
        }
    }
}

fn broken_testee() -> Language {
    let words = |command: &str| command.split(' ').map(str::to_owned).collect();
    Language {
        name: "broken".to_owned(),
        needs: words("cargo --version"),
        missing: "no Rust toolchain".to_owned(),
        build: words("cargo build --quiet -p ffi-tests --bin testee-broken"),
        start: words("{target}/debug/testee-broken"),
    }
}
