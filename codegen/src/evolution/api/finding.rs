//! What no other finding has told of: a finding for each event, type or part of `system.json`.

use std::collections::BTreeMap;

use super::differences::{Difference, Subject};
use super::listed;
use crate::contract::{Event, System};
use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::{Finding, RustChange};

pub(super) fn for_each_subject(differences: Vec<&Difference>, systems: &Systems<'_>) -> Vec<Finding> {
    let mut subjects: BTreeMap<&Subject, Vec<&Difference>> = BTreeMap::new();
    for difference in differences {
        subjects.entry(&difference.subject).or_default().push(difference);
    }
    subjects.into_iter().map(|(subject, all)| of_subject(subject, &all, systems)).collect()
}

fn of_subject(subject: &Subject, differences: &[&Difference], systems: &Systems<'_>) -> Finding {
    let event = match subject {
        Subject::Event(name) => newest(systems.new.system, name).or_else(|| newest(systems.old.system, name)),
        Subject::Type(_) | Subject::Manifest(_) => None,
    };
    let topic = event.map_or("", |(_, topic)| topic);
    let what = match subject {
        Subject::Event(name) if newest(systems.old.system, name).is_none() => {
            format!("matches every event of `{topic}`")
        }
        Subject::Event(name) => format!("uses `{name}`"),
        Subject::Type(path) => format!("uses `{path}`"),
        Subject::Manifest(_) => format!("uses the contract of `{}`", systems.new.system.name.wire),
    };
    let message = match differences {
        [only] if only.change.compiles => format!("code that {what} compiles, but {}", only.change.says),
        [only] => format!("code that {what} may stop compiling: {}", only.change.says),
        all if all.iter().all(|one| one.change.compiles) => {
            format!("code that {what} compiles, but builders ask for more")
        }
        all => format!("code that {what} may stop compiling, in {} ways", all.len()),
    };
    // What stops code from compiling comes first.
    let first =
        differences.iter().find(|one| !one.change.compiles && one.new.is_some()).or_else(|| differences.first());
    let (at, label, before) = match first.and_then(|one| one.new.clone()) {
        Some(new) => (new, "generated from this", "and until now from this"),
        None => (nowhere(subject, topic, systems), "what is gone was part of this", "generated from this"),
    };
    let mut diagnostic = Diagnostic::new(Rule::RUST_API_CHANGED, &at, message).label(label);
    if let Some(old) = first.and_then(|one| one.old.as_ref()) {
        diagnostic = diagnostic.related(old, before);
    }
    let rust: Vec<RustChange> = differences.iter().map(|one| one.change.clone()).collect();
    if rust.len() > 1 {
        diagnostic.notes.extend(listed(&rust).into_iter().map(|says| format!("Rust API: {says}")));
    }
    if differences.iter().any(|one| one.is_name) {
        diagnostic = diagnostic.help("`title` gives a type the name that it had");
    }
    let diagnostic = diagnostic
        .help("no message breaks by this, and nobody has to wait: services meet it when they take the new contract");
    let name = match subject {
        Subject::Type(path) => path.as_str(),
        Subject::Event(_) | Subject::Manifest(_) => "",
    };
    Finding { rust, ..systems.finding_of(diagnostic, topic, event.map(|(event, _)| event), name) }
}

/// Where something stands that comes from `system.json`, or would.
fn nowhere(subject: &Subject, topic: &str, systems: &Systems<'_>) -> Location {
    match subject {
        Subject::Manifest(way) => systems.new.manifest(&way.iter().map(String::as_str).collect::<Vec<_>>()),
        Subject::Event(_) | Subject::Type(_) => systems.new.manifest(&["topics", topic]),
    }
}

/// The newest major version of an event, and its topic.
fn newest<'a>(system: &'a System, name: &str) -> Option<(&'a Event, &'a str)> {
    let event = system.events.iter().filter(|event| event.name.wire == name).max_by_key(|event| event.major)?;
    Some((event, system.topics[event.topic].name.wire.as_str()))
}
