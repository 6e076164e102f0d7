//! What a change means to people: one file for each rule, named like it. None of them judges; a proof does.

mod constant_changed;
mod enum_value_added;
mod enum_value_removed;
mod format_changed;
mod length_changed;
mod member_added;
mod member_optional;
mod member_removed;
mod member_required;
mod number_bound_changed;
mod other_members_changed;
mod pattern_changed;
mod size_changed;
mod type_changed;
mod values_listed;
mod whole_value_changed;

use serde_json::Value;

use crate::diagnostic::Rule;
use crate::evolution::facts::Change;

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

const RULES: &[(&Rule, Speak)] = &[
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

/// The rule that a change falls under, and what it says; `event` is the event type.
pub(super) fn about(change: &Change, pointer: &str, event: &str) -> (&'static Rule, Words) {
    let name = pointer.rsplit('/').find(|segment| !matches!(*segment, "*" | "**" | ""));
    let place = match name {
        Some(name) => format!("`{}` of `{event}`", name.replace("~1", "/").replace("~0", "~")),
        None => format!("`{event}`"),
    };
    let speaking = RULES.iter().find_map(|(rule, speak)| speak(change, &place).map(|words| (*rule, words)));
    speaking.expect("every change falls under a rule, as a test holds")
}

/// Values of a schema, as they are listed in a sentence.
fn listed(values: &[Value]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

/// What a keyword says in all schemas of a place.
fn said(values: &[Value]) -> String {
    if values.is_empty() { "nothing".to_owned() } else { listed(values) }
}
