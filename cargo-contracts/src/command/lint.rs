//! `cargo contracts lint`: the schemas, their conventions, their examples.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use event_contracts_codegen::diagnostic::{Diagnostic, Diagnostics};
use event_contracts_codegen::lint::{self, Day};

use super::{finish, is_unreadable, require_folder};
use crate::args::Format;
use crate::failure::Failure;
use crate::report::{Case, Report};
use crate::status::{Status, count};

pub(crate) fn run(schemas: &Path, format: Format, status: &Status) -> Result<ExitCode, Failure> {
    require_folder(schemas)?;
    let loaded = match event_contracts_codegen::load(schemas) {
        Ok(loaded) => loaded,
        Err(found) => {
            let is_unreadable = is_unreadable(&found);
            let report = Report { command: "lint", cases: vec![well_formed(found.sorted())], ..Report::default() };
            let code = finish(&report, format, status)?;
            return if is_unreadable { Err(Failure::reported()) } else { Ok(code) };
        }
    };
    let systems = &loaded.contract.systems;
    let events = systems.iter().map(|system| system.events.len()).sum();
    status.say("Checking", format_args!("{} of {}", count(events, "event"), count(systems.len(), "system")));
    finish(&report(lint::lint(&loaded, Day::of(SystemTime::now()))), format, status)
}

/// A case for each rule of the linter, after that of the schemas as such, without which there would be none.
fn report(found: Diagnostics) -> Report {
    let mut findings = found.sorted();
    let mut cases = Vec::new();
    for rule in lint::rules() {
        let (of_rule, others) = findings.into_iter().partition(|finding| finding.rule == rule);
        findings = others;
        cases.push(Case { suite: "lint".to_owned(), name: format!("{} {}", rule.id, rule.name), findings: of_rule });
    }
    cases.insert(0, well_formed(findings));
    Report { command: "lint", cases, ..Report::default() }
}

fn well_formed(findings: Vec<Diagnostic>) -> Case {
    Case { suite: "schemas".to_owned(), name: "well-formed".to_owned(), findings }
}
