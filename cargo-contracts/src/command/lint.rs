//! `cargo contracts lint`: the schemas, their conventions, their examples.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use event_contracts_codegen::lint::{self, Day, Linted};

use super::{finish, finish_early, require_folder};
use crate::args::Format;
use crate::failure::Failure;
use crate::report::{Case, Found, Report};
use crate::status::{Status, count};

pub(crate) fn run(schemas: &Path, format: Format, status: &Status) -> Result<ExitCode, Failure> {
    require_folder(schemas)?;
    let loaded = match event_contracts_codegen::load(schemas) {
        Ok(loaded) => loaded,
        Err(found) => return finish_early("lint", found, format, status),
    };
    let systems = &loaded.contract.systems;
    let events = systems.iter().map(|system| system.events.len()).sum();
    status.say("Checking", format_args!("{} of {}", count(events, "event"), count(systems.len(), "system")));
    finish(&report(lint::lint(&loaded, Day::of(SystemTime::now()))), format, status)
}

/// A case for each rule of the linter, after that of the schemas as such, without which there would be none.
fn report(linted: Linted) -> Report {
    let mut findings: Vec<Found> = linted.found.sorted().into_iter().map(Found::from).collect();
    findings.extend(linted.waived.into_iter().map(Found::from));
    let mut cases = Vec::new();
    for rule in lint::rules() {
        let (of_rule, others) = findings.into_iter().partition(|found| found.diagnostic().rule == rule);
        findings = others;
        cases.push(Case { suite: "lint".to_owned(), name: format!("{} {}", rule.id, rule.name), findings: of_rule });
    }
    cases.insert(0, Case { findings, ..Case::well_formed(Vec::new()) });
    Report::new("lint", cases)
}
