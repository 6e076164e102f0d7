//! A version was left out: a number that nothing stands for.

use crate::contract::Event;
use crate::contract::manifest::VersionLiteral;
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::events::Pair;
use crate::evolution::report::Finding;

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    found.extend(systems.events().filter(|pair| !pair.is_free()).filter_map(|pair| raised_too_far(&pair)));
    found.extend(systems.new_events().filter_map(|event| not_the_first(systems, event)));
}

/// More versions than changes: at most one version stands for each.
fn raised_too_far(pair: &Pair<'_>) -> Option<Finding> {
    let (old, new) = (pair.old.number(), pair.new.number());
    let steps = new.last()?.saturating_sub(*old.last()?);
    if steps < 2 || old.split_last()?.1 != new.split_last()?.1 {
        return None;
    }
    let changes = pair.facts().len();
    if changes == 0 || u64::try_from(changes).is_ok_and(|changes| changes >= steps) {
        return None;
    }
    let message = format!(
        "the version of `{}` goes from {} to {}, and {} changed",
        pair.new.event.name.wire,
        pair.old.version(),
        pair.new.version(),
        if changes == 1 { "one thing has".to_owned() } else { format!("{changes} things have") }
    );
    let diagnostic = pair
        .says_otherwise(Rule::VERSION_SKIPPED, "version", message)
        .help("raise it by one for what is published together: nobody ever meets the versions between");
    Some(pair.finding(diagnostic, "", &[]))
}

/// An event that begins in the middle.
fn not_the_first(systems: &Systems<'_>, event: &Event) -> Option<Finding> {
    let (name, major) = (&event.name.wire, event.major);
    let is_same = |other: &&Event| other.name.wire == *name;
    // What moves to another topic goes on with the version that it had.
    if systems.gone_events().filter(is_same).any(|gone| gone.major == major) {
        return None;
    }
    let first = match &event.says.version {
        VersionLiteral::Integer(_) => major.to_string(),
        VersionLiteral::Text(_) => format!("{major}.0"),
    };
    let mut known = systems.old.system.events.iter().chain(&systems.new.system.events).filter(is_same);
    let has_lower = known.any(|other| other.major + 1 == major);
    let version = event.says.version.to_string();
    let (message, label, help) = if major > 1 && !has_lower {
        (
            format!("`{name}` v{major} is new, and there is no v{}", major - 1),
            format!("v{} would come first", major - 1),
            "major versions follow each other: an upcaster leads from each to the next",
        )
    } else if version != first {
        (
            format!("`{name}` v{major} is new, and begins with version {version}"),
            format!("{first} is the first"),
            "begin with the first version: nobody ever meets those before",
        )
    } else {
        return None;
    };
    let at = systems.new.place(&event.path, "/x-event/version");
    let diagnostic = Diagnostic::new(Rule::VERSION_SKIPPED, &at, message).label(label).help(help);
    Some(systems.finding(diagnostic, &systems.new.system.topics[event.topic].name.wire, Some(event)))
}
