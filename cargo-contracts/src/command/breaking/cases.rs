//! What was compared, one by one: in each system what rules say about it as a whole, then each event, changed or not.

use std::collections::BTreeSet;

use event_contracts_codegen::diagnostic::Rule;
use event_contracts_codegen::evolution::{Compared, Report};

use crate::report::{Case, Found};

pub(super) fn of(changes: &Report, rules: &[&'static Rule]) -> Vec<Case> {
    let open = changes.findings.iter().cloned().map(Found::from);
    let accepted = changes.waived.iter().cloned().map(Found::from);
    let mitigated = changes.mitigated.iter().cloned().map(Found::from);
    let mut found: Vec<Found> = open.chain(accepted).chain(mitigated).collect();
    let of_events = changes.compared.iter().map(|event| event.system.clone());
    let of_findings = found.iter().filter_map(Found::change).map(|change| change.system.clone());
    let systems: BTreeSet<String> = of_events.chain(of_findings).collect();
    let mut cases = Vec::new();
    for system in &systems {
        let events: Vec<&Compared> = changes.compared.iter().filter(|event| event.system == *system).collect();
        let of_events: Vec<Case> = events.iter().map(|event| of_event(event, &mut found)).collect();
        cases.extend(of_system(system, rules, &mut found));
        cases.extend(of_events);
    }
    cases
}

fn of_event(event: &Compared, found: &mut Vec<Found>) -> Case {
    let findings = taken(found, |found| found.change().is_some_and(|change| event.is_about(change)));
    let suite = format!("{}/{}", event.system, event.topic);
    let from = event.from_major.map(|from| format!("v{from} → ")).unwrap_or_default();
    Case { suite, name: format!("{} {from}v{}", event.event, event.major), findings }
}

/// A case for each rule, and whatever else is not about an event that both contracts have.
fn of_system(system: &str, rules: &[&'static Rule], found: &mut Vec<Found>) -> Vec<Case> {
    let mut left = taken(found, |found| found.change().is_some_and(|change| change.system == system));
    let spoken: BTreeSet<&str> = left.iter().map(|found| found.diagnostic().rule.id).collect();
    let mut rules: Vec<&Rule> = rules.iter().copied().chain(spoken.into_iter().filter_map(Rule::find)).collect();
    rules.sort_by_key(|rule| rule.id);
    rules.dedup();
    let mut case = |rule: &Rule| {
        let findings = taken(&mut left, |found| found.diagnostic().rule == rule);
        Case { suite: system.to_owned(), name: format!("{} {}", rule.id, rule.name), findings }
    };
    rules.into_iter().map(&mut case).collect()
}

/// Takes out what is wanted; the order stays.
fn taken(found: &mut Vec<Found>, is_wanted: impl Fn(&Found) -> bool) -> Vec<Found> {
    let (wanted, left) = std::mem::take(found).into_iter().partition(is_wanted);
    *found = left;
    wanted
}
