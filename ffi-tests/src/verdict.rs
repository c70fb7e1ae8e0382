//! One case against one testee.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::case::{Expected, NamedCase, Step};
use crate::checks::{self, Report};
use crate::compare;
use crate::errors::ErrorList;
use crate::server::ScriptedServer;
use crate::testee::Testee;

/// What became of a case.
#[derive(Debug)]
pub struct Verdict {
    /// The case.
    pub id: String,
    /// Nothing, or all that was wrong, a line each.
    pub problems: Vec<String>,
    /// Whether the testee itself died, hung or talked nonsense.
    pub testee_fault: bool,
    /// How long it took.
    pub took: Duration,
}

impl Verdict {
    /// Whether the case is as it should be.
    pub fn passed(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Runs a case.
pub fn run(case: &NamedCase, testee: &mut Testee, errors: &ErrorList) -> Verdict {
    let start = Instant::now();
    let mut run = Run { case, errors, secrets: BTreeSet::new(), problems: Vec::new(), testee_fault: false };
    match ScriptedServer::start(case.case.server) {
        Ok(server) => run.steps(&server, testee),
        Err(error) => run.problems.push(format!("the scripted server could not start: {error}")),
    }
    Verdict { id: case.id.clone(), problems: run.problems, testee_fault: run.testee_fault, took: start.elapsed() }
}

struct Run<'a> {
    case: &'a NamedCase,
    errors: &'a ErrorList,
    secrets: BTreeSet<String>,
    problems: Vec<String>,
    testee_fault: bool,
}

impl Run<'_> {
    fn steps(&mut self, server: &ScriptedServer, testee: &mut Testee) {
        let deadline = Instant::now() + self.case.case.timeout();
        for (index, step) in self.case.case.steps.iter().enumerate() {
            let mut problems = Vec::new();
            self.step(index, step, server, testee, deadline, &mut problems);
            let place = format!("step {} ({})", index + 1, step.call);
            self.problems.extend(problems.into_iter().map(|problem| format!("{place}: {problem}")));
            if self.testee_fault {
                return;
            }
        }
        let late = server.end_step();
        self.problems.extend(late.into_iter().map(|problem| format!("after the last step: {problem}")));
        if let Some(expected) = self.case.case.connections {
            let got = server.connections();
            if got != expected {
                self.problems.push(format!("connections: expected {expected}, got {got}"));
            }
        }
    }

    fn step(
        &mut self,
        index: usize,
        step: &Step,
        server: &ScriptedServer,
        testee: &mut Testee,
        deadline: Instant,
        problems: &mut Vec<String>,
    ) {
        let id = format!("{}#{}", self.case.id, index + 1);
        checks::secrets(&self.case.case.client, &step.args, &mut self.secrets);
        server.begin_step(&step.http);
        let began = Instant::now();
        let report = testee.ask(&self.call(&id, index, step, server.port()), deadline);
        let took = began.elapsed();
        match report {
            Ok(report) => self.report(step, &report, problems),
            Err(problem) => {
                self.testee_fault = true;
                problems.push(problem);
            }
        }
        problems.extend(server.end_step());
        let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        if let Some(bound) = step.took_ms.at_least.filter(|bound| took_ms < *bound) {
            problems.push(format!("took {took_ms} ms, at least {bound} expected"));
        }
        if let Some(bound) = step.took_ms.at_most.filter(|bound| took_ms > *bound) {
            problems.push(format!("took {took_ms} ms, at most {bound} expected"));
        }
    }

    /// The line a testee reads. The first of a case says how to make the client; the others go on with it.
    fn call(&self, id: &str, index: usize, step: &Step, port: u16) -> Value {
        let mut call = json!({"id": id, "call": step.call, "args": step.args});
        if index == 0 {
            call["client"] = Value::Object(client(&self.case.case.client, port));
        }
        if let Some(ms) = step.cancel_after_ms {
            call["cancel_after_ms"] = ms.into();
        }
        call
    }

    fn report(&self, step: &Step, report: &Value, problems: &mut Vec<String>) {
        checks::no_secret(report, &self.secrets, problems);
        let Some(report) = checks::read(report, self.errors, problems) else {
            return;
        };
        match (&step.result, report) {
            (Expected::Ok(expected), Report::Ok(got)) => compare::differences("ok", expected, got, problems),
            (Expected::Err(expected), Report::Err(got)) => compare::error_differences("err", expected, got, problems),
            (Expected::Ok(_), Report::Err(got)) => {
                problems.push(format!("expected a result, got the error {}: {}", got["kind"], got["text"]))
            }
            (Expected::Err(expected), Report::Ok(got)) => problems.push(format!(
                "expected the error {}, got a result: {}",
                expected["kind"],
                compare::shorten(&got.to_string())
            )),
        }
    }
}

/// The options for the testee: the case's, with the address of the scripted server.
fn client(options: &Map<String, Value>, port: u16) -> Map<String, Value> {
    let mut options = options.clone();
    let path = options.remove("base_path");
    let base_url = match options.get("base_url").and_then(Value::as_str) {
        Some(given) => given.replace("$PORT", &port.to_string()),
        None => format!("http://127.0.0.1:{port}{}", path.as_ref().and_then(Value::as_str).unwrap_or_default()),
    };
    options.insert("base_url".to_owned(), base_url.into());
    options
}
