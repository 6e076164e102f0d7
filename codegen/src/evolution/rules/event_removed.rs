//! An event that is published is not described any more.

use crate::contract::Event;
use crate::contract::manifest::{Status, Topic};
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    for event in systems.gone_events().filter(|event| event.says.status == Status::Live) {
        let name = &event.name.wire;
        let topic = &systems.old.system.topics[event.topic].name.wire;
        let mut diagnostic = Diagnostic::new(
            Rule::EVENT_REMOVED,
            &systems.new.manifest(&["topics", topic]),
            format!("`{name}` v{} of the topic `{topic}` was removed while it is live", event.major),
        )
        .label("no file describes it here any more")
        .related(&systems.old.place(&event.path, "/x-event/status"), "it was live");
        let later = |later: &&Event| systems.is_same_type(event, later) && event.major < later.major;
        diagnostic = match systems.new.system.events.iter().find(later) {
            Some(later) => without_older(diagnostic, event, later, &systems.old.system.topics[event.topic].settings),
            None => diagnostic
                .help("set its status to `deprecated` first, and remove it when no event of it is retained any more"),
        };
        for heir in systems.new_events().filter(|heir| systems.is_twin(event, heir)) {
            diagnostic = diagnostic.note(format!("`{}` looks like the same event under another name", heir.name.wire));
        }
        found.push(systems.finding(diagnostic, topic, Some(event)));
    }
}

/// An older major version that was removed beside a later one: its upcaster has nothing to start from.
fn without_older(diagnostic: Diagnostic, older: &Event, later: &Event, topic: &Topic) -> Diagnostic {
    let (name, major, later) = (&older.name.wire, older.major, later.major);
    diagnostic
        .note(format!(
            "nobody can read the v{major} events of the last {} any more: v{later} refuses them",
            topic.retention
        ))
        .help(format!(
            "keep `{name}.v{major}.schema.json` beside v{later} and write an upcaster; remove it when no event of \
             v{major} is retained any more"
        ))
}
