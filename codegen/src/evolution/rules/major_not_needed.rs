//! A new major version that says nothing which a minor one could not say.

use crate::contract::{Event, System};
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;
use crate::evolution::{Options, Reading, Verdict, compare, stated};

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    let system = systems.new.system;
    for event in systems.new_events() {
        let Some(before) = event.previous.map(|index| &system.events[index]) else { continue };
        let Some(at) = stated::place(system, event).filter(|_| are_one(system, before, event)) else { continue };
        let (name, major) = (&event.name.wire, event.major);
        let diagnostic = Diagnostic::new(
            Rule::MAJOR_NOT_NEEDED,
            &systems.new.place(&event.path, "/x-event/version"),
            format!("`{name}` v{major} is new, and nobody would break by it within v{}", before.major),
        )
        .label(format!("but for `{at}`, the one schema takes what the other does"))
        .related(&systems.new.place(&before.path, "/x-event/version"), "a higher minor version would do here")
        .help("a major version costs every consumer an upcaster: keep it for what breaks somebody");
        found.push(systems.finding(diagnostic, &system.topics[event.topic].name.wire, Some(event)));
    }
}

/// Whether two major versions are compatible both ways, if it were not for the version that they state.
fn are_one(system: &System, old: &Event, new: &Event) -> bool {
    let [old, new] = [old, new].map(|event| stated::any_version(system, event));
    let options = Options { reading: Reading::Emitted, assert_formats: true, ..Options::default() };
    compare(&old, &new, &options)
        .is_ok_and(|verdicts| verdicts.backward == Verdict::Safe && verdicts.forward == Verdict::Safe)
}
