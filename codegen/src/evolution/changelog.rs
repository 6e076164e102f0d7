//! What has changed between two contracts, for people: Markdown, a section for each system.

use std::fmt::Write as _;

use crate::Loaded;
use crate::evolution::contracts::{Systems, systems};
use crate::evolution::events::Pair;
use crate::evolution::report::Finding;
use crate::evolution::rules;

/// A changelog from one contract to another; empty if nothing has changed.
#[must_use]
pub fn changelog(old: &Loaded, new: &Loaded) -> String {
    let mut text = String::new();
    for system in &new.contract.systems {
        if !old.contract.systems.iter().any(|before| before.name.wire == system.name.wire) {
            let _ = writeln!(text, "## {}\n\n- The system is new.\n", system.name.wire);
        }
    }
    for systems in systems(old, new) {
        let lines = of_system(&systems);
        if !lines.is_empty() {
            let _ = writeln!(text, "## {}\n\n{lines}", systems.new.system.name.wire);
        }
    }
    text
}

fn of_system(systems: &Systems<'_>) -> String {
    let mut lines = String::new();
    for event in systems.new_events() {
        let _ = writeln!(lines, "- `{}` v{} is new.", event.name.wire, event.major);
    }
    for event in systems.gone_events() {
        let _ = writeln!(lines, "- `{}` v{} is gone.", event.name.wire, event.major);
    }
    let mut found = Vec::new();
    rules::check_system(systems, &mut found);
    for finding in found {
        let _ = writeln!(lines, "- {}.", upper(&finding.diagnostic.message));
    }
    for pair in systems.events() {
        lines += &of_event(&pair);
    }
    lines
}

fn of_event(pair: &Pair<'_>) -> String {
    let (facts, findings) = pair.told();
    if facts.is_empty() && findings.is_empty() {
        return String::new();
    }
    let (old, new) = (pair.old.version(), pair.new.version());
    let version = if old == new { old } else { format!("{old} → {new}") };
    let mut lines = format!("- `{}` ({version}):\n", pair.new.event.name.wire);
    for fact in &facts {
        let (_, words) = rules::about(&fact.change, &fact.pointer, &pair.new.event.name.wire);
        let broken = findings.iter().find(|finding| finding.diagnostic.message == words.message);
        let _ = writeln!(lines, "  - {}{}", upper(&words.message), broken.map(breaks).unwrap_or_default());
    }
    let told = |finding: &&Finding| {
        !facts.iter().any(|fact| {
            rules::about(&fact.change, &fact.pointer, &pair.new.event.name.wire).1.message == finding.diagnostic.message
        })
    };
    for finding in findings.iter().filter(told) {
        let _ = writeln!(lines, "  - {}{}", upper(&finding.diagnostic.message), breaks(finding));
    }
    lines
}

/// In which directions somebody breaks.
fn breaks(finding: &Finding) -> String {
    let directions: Vec<String> = finding.breaks.iter().map(|one| one.direction.to_string()).collect();
    if directions.is_empty() { String::new() } else { format!(" (**breaks {}**)", directions.join(" and ")) }
}

fn upper(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
