//! Two contracts: which event of the one is which of the other.

use crate::Loaded;
use crate::evolution::events::{Pair, Side};
use crate::evolution::report::Report;

/// Compares two contracts, `old` being what is deployed and retained.
#[must_use]
pub fn changes(old: &Loaded, new: &Loaded) -> Report {
    let mut report = Report::default();
    for pair in pairs(old, new) {
        report.compared += 1;
        report.changed += usize::from(pair.old.event.schema != pair.new.event.schema);
        let findings = pair.findings();
        report.rollout.extend(pair.rollout(&findings));
        report.findings.extend(findings);
    }
    report
}

/// Events that both contracts have: of the same system, topic, type and major version, wherever their files stand.
fn pairs<'a>(old: &'a Loaded, new: &'a Loaded) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for system in &new.contract.systems {
        let Some(before) = old.contract.systems.iter().find(|before| before.name.wire == system.name.wire) else { continue };
        for event in &system.events {
            let is_same = |other: &&crate::contract::Event| {
                other.name.wire == event.name.wire
                    && other.major == event.major
                    && before.topics[other.topic].name.wire == system.topics[event.topic].name.wire
            };
            if let Some(other) = before.events.iter().find(is_same) {
                pairs.push(Pair {
                    old: Side { loaded: old, system: before, event: other },
                    new: Side { loaded: new, system, event },
                });
            }
        }
    }
    pairs
}
