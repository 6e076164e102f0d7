//! The rules: one file for each, named like it.
//!
//! Rules that `speak` say what a change of a schema means to people; whether somebody breaks by it is not theirs to say, a
//! proof does. Rules that `check` compare what the contracts say beside their schemas.

mod additions_changed;
mod cleanup_changed;
mod constant_changed;
mod enum_value_added;
mod enum_value_removed;
mod envelope_moved;
mod event_removed;
mod event_withdrawn;
mod format_changed;
mod header_changed;
mod idempotency_key_changed;
mod length_changed;
mod major_not_needed;
mod member_added;
mod member_optional;
mod member_removed;
mod member_removed_early;
mod member_required;
mod number_bound_changed;
mod other_members_changed;
mod partition_key_changed;
mod partitions_changed;
mod pattern_changed;
mod policy_loosened;
mod retention_shortened;
mod scheme_changed;
mod size_changed;
mod system_removed;
mod topic_removed;
mod transition_removed;
mod type_changed;
mod upcaster_missing;
mod values_listed;
mod version_lowered;
mod version_moved;
mod version_not_raised;
mod version_raised_early;
mod version_raised_too_little;
mod version_skipped;
mod whole_value_changed;

use serde_json::Value;

use crate::diagnostic::Rule;
use crate::evolution::contracts::{Half, Systems};
use crate::evolution::events::Pair;
use crate::evolution::facts::{Change, Fact};
use crate::evolution::report::Finding;
use crate::evolution::versions::Step;

/// What a rule says about a change.
pub(super) struct Words {
    /// What has changed, in one line.
    pub(super) message: String,
    /// What stands at the old place.
    pub(super) old: String,
    /// What stands at the new place.
    pub(super) new: String,
    /// The way out.
    pub(super) help: &'static str,
}

/// Speaks of a change at a place, which is called by name; `None` if the change is another rule's.
type Speak = fn(&Change, &str) -> Option<Words>;

const OF_SCHEMAS: &[(&Rule, Speak)] = &[
    (Rule::MEMBER_REMOVED, member_removed::speak),
    (Rule::MEMBER_REQUIRED, member_required::speak),
    (Rule::MEMBER_OPTIONAL, member_optional::speak),
    (Rule::MEMBER_ADDED, member_added::speak),
    (Rule::TYPE_CHANGED, type_changed::speak),
    (Rule::CONSTANT_CHANGED, constant_changed::speak),
    (Rule::ENUM_VALUE_REMOVED, enum_value_removed::speak),
    (Rule::ENUM_VALUE_ADDED, enum_value_added::speak),
    (Rule::VALUES_LISTED, values_listed::speak),
    (Rule::NUMBER_BOUND_CHANGED, number_bound_changed::speak),
    (Rule::LENGTH_CHANGED, length_changed::speak),
    (Rule::PATTERN_CHANGED, pattern_changed::speak),
    (Rule::FORMAT_CHANGED, format_changed::speak),
    (Rule::SIZE_CHANGED, size_changed::speak),
    (Rule::OTHER_MEMBERS_CHANGED, other_members_changed::speak),
    (Rule::WHOLE_VALUE_CHANGED, whole_value_changed::speak),
];

/// Looks at an event, and at what has changed in its schema.
type OfEvent = fn(&Pair<'_>, &[Fact], &mut Vec<Finding>);

const OF_EVENTS: &[(&Rule, OfEvent)] = &[
    (Rule::PARTITION_KEY_CHANGED, partition_key_changed::check),
    (Rule::IDEMPOTENCY_KEY_CHANGED, idempotency_key_changed::check),
    (Rule::VERSION_NOT_RAISED, version_not_raised::check),
    (Rule::VERSION_LOWERED, version_lowered::check),
    (Rule::VERSION_RAISED_EARLY, version_raised_early::check),
    (Rule::MEMBER_REMOVED_EARLY, member_removed_early::check),
    (Rule::VERSION_RAISED_TOO_LITTLE, version_raised_too_little::check),
    (Rule::VERSION_MOVED, version_moved::check),
    (Rule::EVENT_WITHDRAWN, event_withdrawn::check),
];

/// Looks at a system as a whole.
type OfSystem = fn(&Systems<'_>, &mut Vec<Finding>);

const OF_SYSTEMS: &[(&Rule, OfSystem)] = &[
    (Rule::EVENT_REMOVED, event_removed::check),
    (Rule::TOPIC_REMOVED, topic_removed::check),
    (Rule::PARTITIONS_CHANGED, partitions_changed::check),
    (Rule::RETENTION_SHORTENED, retention_shortened::check),
    (Rule::CLEANUP_CHANGED, cleanup_changed::check),
    (Rule::ENVELOPE_MOVED, envelope_moved::check),
    (Rule::POLICY_LOOSENED, policy_loosened::check),
    (Rule::HEADER_CHANGED, header_changed::check),
    (Rule::TRANSITION_REMOVED, transition_removed::check),
    (Rule::VERSION_SKIPPED, version_skipped::check),
    (Rule::MAJOR_NOT_NEEDED, major_not_needed::check),
    (Rule::SCHEME_CHANGED, scheme_changed::check),
    (Rule::ADDITIONS_CHANGED, additions_changed::check),
];

/// Looks at a step from one major version of an event to the next.
type OfStep = fn(&Step<'_>, &mut Vec<Finding>);

const OF_STEPS: &[(&Rule, OfStep)] = &[(Rule::UPCASTER_MISSING, upcaster_missing::check)];

/// Looks at a system that only the old contract has.
type OfGone = fn(&Half<'_>, &mut Vec<Finding>);

const OF_GONE: &[(&Rule, OfGone)] = &[(Rule::SYSTEM_REMOVED, system_removed::check)];

/// The rules that look at a system as a whole, waivers included: a report has a case for each.
pub fn of_systems() -> impl Iterator<Item = &'static Rule> {
    OF_SYSTEMS.iter().map(|(rule, _)| *rule).chain(OF_WAIVERS)
}

/// The rules that look at a system's major versions side by side, waivers included.
pub fn of_versions() -> impl Iterator<Item = &'static Rule> {
    OF_STEPS.iter().map(|(rule, _)| *rule).chain(OF_WAIVERS)
}

const OF_WAIVERS: [&Rule; 2] = [Rule::WAIVER_EXPIRED, Rule::WAIVER_UNUSED];

/// What the rules find about an event, given what has changed in its schema.
pub(super) fn check_event(pair: &Pair<'_>, facts: &[Fact], found: &mut Vec<Finding>) {
    OF_EVENTS.iter().for_each(|(_, check)| check(pair, facts, found));
}

/// What the rules find about a system as a whole.
pub(super) fn check_system(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    OF_SYSTEMS.iter().for_each(|(_, check)| check(systems, found));
}

/// What the rules find about a step from one major version to the next.
pub(super) fn check_step(step: &Step<'_>, found: &mut Vec<Finding>) {
    OF_STEPS.iter().for_each(|(_, check)| check(step, found));
}

/// What the rules find about a system that only the old contract has.
pub(super) fn check_gone(gone: &Half<'_>, found: &mut Vec<Finding>) {
    OF_GONE.iter().for_each(|(_, check)| check(gone, found));
}

/// The rule that a change falls under, and what it says; `event` is the event type.
pub(super) fn about(change: &Change, pointer: &str, event: &str) -> (&'static Rule, Words) {
    let name = pointer.rsplit('/').find(|segment| !matches!(*segment, "*" | "**" | ""));
    let part = match pointer.rsplit('/').next() {
        Some("*") => "an element of ",
        Some("**") => "another member of ",
        _ => "",
    };
    let place = match name {
        Some(name) => format!("{part}`{}` of `{event}`", name.replace("~1", "/").replace("~0", "~")),
        None => format!("{part}`{event}`"),
    };
    let speaking = OF_SCHEMAS.iter().find_map(|(rule, speak)| speak(change, &place).map(|words| (*rule, words)));
    speaking.expect("every change falls under a rule, as a test holds")
}

/// Values of a schema, as they are listed in a sentence.
fn listed(values: &[Value]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

/// What is said of a change, if it is that of one of these keywords; `what` is what they bound.
fn of_keyword(change: &Change, keywords: &[&str], what: &str, place: &str) -> Option<Words> {
    let Change::Rule { keyword, old, new } = change else { return None };
    keywords.contains(keyword).then(|| Words {
        message: format!("the {what} of {place} changed: `{keyword}` said {} and says {}", said(old), said(new)),
        old: "before".to_owned(),
        new: "now".to_owned(),
        help: "",
    })
}

/// What a keyword says in all schemas of a place.
fn said(values: &[Value]) -> String {
    // Numbers are kept as texts, so that no digit is lost.
    let texts =
        values.iter().map(|value| format!("`{}`", value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    if values.is_empty() { "nothing".to_owned() } else { texts.collect::<Vec<_>>().join(" and ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_file_of_its_name() {
        let all = OF_SCHEMAS.iter().map(|(rule, _)| rule);
        let all = all.chain(OF_EVENTS.iter().map(|(rule, _)| rule)).chain(OF_SYSTEMS.iter().map(|(rule, _)| rule));
        let all = all.chain(OF_STEPS.iter().map(|(rule, _)| rule));
        let all = all.chain(OF_GONE.iter().map(|(rule, _)| rule));
        let mut count = 0;
        for rule in all {
            let path = format!("{}/src/evolution/rules/{}.rs", env!("CARGO_MANIFEST_DIR"), rule.name.replace('-', "_"));
            assert!(std::path::Path::new(&path).is_file(), "{} has no file {path}", rule.id);
            count += 1;
        }
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/evolution/rules")).unwrap().count();
        assert_eq!(files, count, "every file belongs to a rule");
    }
}
