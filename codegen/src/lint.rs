//! The contract → what is worth a look: one rule, one file, named like the rule. Waivers of `system.json` have the last word.

mod leaves;
mod style;
mod waivers;

mod example_wrong;
mod missing_description;
mod missing_example;
mod naming_event_type;
mod naming_member;
mod naming_service;
mod naming_topic;
mod number_without_range;
mod time_not_utc;

pub use crate::waivers::{Acceptance, Day, Terms, Waived};
pub use waivers::accept;

use crate::Loaded;
use crate::contract::System;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Rule};
use crate::source::{Document, Folder};

/// What the rules have found.
#[derive(Debug, Default)]
pub struct Linted {
    /// What no waiver covers, and what is wrong with waivers.
    pub found: Diagnostics,
    /// What is accepted.
    pub waived: Vec<Waived<Diagnostic>>,
}

/// Everything that the rules find, by today's light: expired waivers waive nothing.
#[must_use]
pub fn lint(loaded: &Loaded, today: Day) -> Linted {
    let mut linted = Linted::default();
    for subject in subjects(loaded) {
        let mut findings = Vec::new();
        for (_, check) in CHECKS {
            check(&subject, &mut findings);
        }
        waivers::apply(&subject, findings, today, &mut linted);
    }
    linted
}

/// The rules that the linter checks, in the order of their ids; waivers add two of their own.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    CHECKS.iter().map(|(rule, _)| *rule).chain([Rule::WAIVER_EXPIRED, Rule::WAIVER_UNUSED])
}

/// What a rule looks at: one system, and the documents that it was read from.
struct Subject<'a> {
    system: &'a System,
    /// `system.json`.
    manifest: &'a Document,
    folder: &'a Folder,
}

/// Every system, with its documents.
fn subjects(loaded: &Loaded) -> impl Iterator<Item = Subject<'_>> {
    loaded.contract.systems.iter().filter_map(|system| {
        let manifest = loaded.folder.documents.get(&format!("{}/system.json", system.name.wire))?;
        Some(Subject { system, manifest, folder: &loaded.folder })
    })
}

type Check = fn(&Subject<'_>, &mut Vec<Diagnostic>);

const CHECKS: &[(&Rule, Check)] = &[
    (Rule::NAMING_EVENT_TYPE, naming_event_type::check),
    (Rule::NAMING_MEMBER, naming_member::check),
    (Rule::NAMING_SERVICE, naming_service::check),
    (Rule::NAMING_TOPIC, naming_topic::check),
    (Rule::TIME_NOT_UTC, time_not_utc::check),
    (Rule::MISSING_DESCRIPTION, missing_description::check),
    (Rule::MISSING_EXAMPLE, missing_example::check),
    (Rule::EXAMPLE_WRONG, example_wrong::check),
    (Rule::NUMBER_WITHOUT_RANGE, number_without_range::check),
];

impl Subject<'_> {
    /// The place of a member's name in `system.json`, so that a frame shows the name and not what belongs to it.
    fn key(&self, pointer: &str, name: &str) -> Location {
        let members = self.manifest.value.pointer(pointer).map(crate::source::Value::members).unwrap_or_default();
        let pointer = crate::source::join(pointer, name);
        match members.iter().find(|member| member.name == name) {
            Some(member) => Location { span: member.name_span.clone(), ..self.manifest.at(&pointer, &member.value) },
            None => self.manifest.at("", &self.manifest.value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_file_of_its_name() {
        for (rule, _) in CHECKS {
            let path = format!("{}/src/lint/{}.rs", env!("CARGO_MANIFEST_DIR"), rule.name.replace('-', "_"));
            assert!(std::path::Path::new(&path).is_file(), "{} has no file {path}", rule.id);
        }
        assert!(CHECKS.is_sorted_by_key(|(rule, _)| rule.id), "rules stand in the order of their ids");
    }
}
