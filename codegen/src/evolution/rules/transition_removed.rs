//! A step of a lifecycle that was legal is not any more.

use crate::contract::manifest::{Lifecycle, Status, Transition};
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    for (name, old) in &systems.old.system.manifest.lifecycles {
        let new = systems.new.system.manifest.lifecycles.get(name);
        for (index, step) in old.transitions.iter().enumerate() {
            let mut events = systems.old.system.events.iter().filter(|event| event.name.wire == step.on);
            // No step can be kept for an event that is gone; whether it may go is another rule's.
            let is_gone = !systems.new.system.events.iter().any(|event| event.name.wire == step.on);
            if is_gone || events.all(|event| event.says.status == Status::Planned) {
                continue;
            }
            let gone: Vec<&str> = starts(step).into_iter().filter(|from| !leads(new, step, from)).collect();
            if gone.is_empty() {
                continue;
            }
            let from = gone.iter().map(|from| if from.is_empty() { "nothing".to_owned() } else { format!("`{from}`") });
            let from = from.collect::<Vec<_>>().join(", ");
            let place =
                systems.old.place(&systems.old.manifest_path(), &format!("/lifecycles/{name}/transitions/{index}"));
            let diagnostic = Diagnostic::new(
                Rule::TRANSITION_REMOVED,
                &systems.new.manifest(&["lifecycles", name]),
                format!("`{}` no longer leads from {from} to `{}` in the lifecycle `{name}`", step.on, step.to),
            )
            .label("such an event is refused as illegal from now on")
            .related(&place, "it was legal")
            .help("keep the step until the last event of its kind is gone: retained ones take it again when they are replayed");
            found.push(systems.finding(diagnostic, "", None));
        }
    }
}

/// The states that a step starts from; an empty name if it creates.
fn starts(step: &Transition) -> Vec<&str> {
    if step.from.is_empty() { vec![""] } else { step.from.iter().map(String::as_str).collect() }
}

/// Whether a step from a state still leads where it led, under the same conditions or fewer.
fn leads(lifecycle: Option<&Lifecycle>, step: &Transition, from: &str) -> bool {
    let steps = lifecycle.into_iter().flat_map(|lifecycle| &lifecycle.transitions);
    steps.into_iter().any(|other| {
        let is_freer = other.when.iter().all(|(place, text)| step.when.get(place) == Some(text));
        other.on == step.on && other.to == step.to && starts(other).contains(&from) && is_freer
    })
}
