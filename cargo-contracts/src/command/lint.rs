//! `cargo contracts lint`: the schemas, their conventions, their examples.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use event_contracts_codegen::lint::{self, Day, Linted};
use event_contracts_codegen::load;

use super::{finish, finish_early, require_folder, waivers};
use crate::args::{Format, NewWaivers};
use crate::failure::Failure;
use crate::report::{Case, Found, Report};
use crate::status::{Status, count};

pub(crate) fn run(
    schemas: &Path,
    new_waivers: &NewWaivers,
    format: Format,
    status: &Status,
) -> Result<ExitCode, Failure> {
    require_folder(schemas)?;
    let today = Day::of(SystemTime::now());
    let terms = waivers::terms(new_waivers, today)?;
    let loaded = match load(schemas) {
        Ok(loaded) => loaded,
        Err(found) => return finish_early("lint", found, format, status),
    };
    let systems = &loaded.contract.systems;
    let events = systems.iter().map(|system| system.events.len()).sum();
    status.say("Checking", format_args!("{} of {}", count(events, "event"), count(systems.len(), "system")));
    let linted = lint::lint(&loaded, today);
    if let Some(terms) = terms
        && waivers::write(&lint::accept(&loaded, linted.found.iter(), &terms), &terms, status)?
    {
        // What is left is what the next run would find.
        return match load(schemas) {
            Ok(loaded) => finish(&report(lint::lint(&loaded, today)), format, status),
            Err(found) => finish_early("lint", found, format, status),
        };
    }
    finish(&report(linted), format, status)
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
