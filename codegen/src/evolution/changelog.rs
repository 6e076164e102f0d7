//! What has changed between two contracts, for people: Markdown, a section for each system.

use std::fmt::Write as _;

use crate::Loaded;
use crate::contract::manifest::Status;
use crate::diagnostic::Rule;
use crate::evolution::api::Answer;
use crate::evolution::contracts::{Systems, gone_systems, systems};
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
    for gone in gone_systems(old, new) {
        let _ = writeln!(text, "## {}\n\n- The system is gone.\n", gone.system.name.wire);
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
        let status = event.says.status.as_str();
        let _ = writeln!(lines, "- `{}` v{} is gone; it was {status}.", event.name.wire, event.major);
    }
    let mut found = Vec::new();
    rules::check_system(systems, &mut found);
    for finding in found.iter().filter(|finding| finding.diagnostic.rule != Rule::EVENT_REMOVED) {
        let _ = writeln!(lines, "- {}.", upper(&finding.diagnostic.message));
    }
    for pair in systems.events() {
        lines += &of_event(&pair);
    }
    let rust: String = Answer::of(systems).all().map(|one| format!("  - {}\n", upper(&one.says))).collect();
    if rust.is_empty() { lines } else { format!("{lines}- In Rust:\n{rust}") }
}

fn of_event(pair: &Pair<'_>) -> String {
    let (facts, findings) = pair.told();
    let mut lines = of_services(pair);
    for fact in &facts {
        let (_, words) = rules::about(&fact.change, &fact.pointer, &pair.new.event.name.wire);
        let broken = findings.iter().find(|finding| finding.diagnostic.message == words.message);
        let _ = writeln!(lines, "  - {}{}", upper(&words.message), broken.map(breaks).unwrap_or_default());
    }
    let is_told = |finding: &Finding| {
        // That a member was removed is a fact, too.
        finding.diagnostic.rule == Rule::MEMBER_REMOVED_EARLY
            || facts.iter().any(|fact| {
                rules::about(&fact.change, &fact.pointer, &pair.new.event.name.wire).1.message
                    == finding.diagnostic.message
            })
    };
    for finding in findings.iter().filter(|finding| !is_told(finding)) {
        let _ = writeln!(lines, "  - {}{}", upper(&finding.diagnostic.message), breaks(finding));
    }
    let (old, new) = (pair.old.version(), pair.new.version());
    let version = if old == new { old } else { format!("{old} → {new}") };
    let planned = if pair.new.event.says.status == Status::Planned { ", planned" } else { "" };
    match lines.as_str() {
        "" => lines,
        _ => format!("- `{}` ({version}{planned}):\n{lines}", pair.new.event.name.wire),
    }
}

/// Who publishes and who consumes an event, and where it stands in its life, as far as that is different.
fn of_services(pair: &Pair<'_>) -> String {
    let (old, new) = (&pair.old.event.says, &pair.new.event.says);
    let mut lines = String::new();
    if old.status != new.status {
        let _ = writeln!(lines, "  - It was {}, and is {} now", old.status.as_str(), new.status.as_str());
    }
    let both = [(&old.producers, &new.producers, "Published"), (&old.consumers, &new.consumers, "Consumed")];
    for (before, after, word) in both {
        for service in after.iter().filter(|service| !before.contains(service)) {
            let _ = writeln!(lines, "  - {word} by `{service}` from now on");
        }
        for service in before.iter().filter(|service| !after.contains(service)) {
            let _ = writeln!(lines, "  - {word} by `{service}` no more");
        }
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
