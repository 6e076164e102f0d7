//! An event that is published is not described any more.

use crate::contract::manifest::Status;
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
        .related(&systems.old.place(&event.path, "/x-event/status"), "it was live")
        .help("set its status to `deprecated` first, and remove it when no event of it is retained any more");
        for heir in systems.new_events().filter(|heir| systems.is_twin(event, heir)) {
            diagnostic = diagnostic.note(format!("`{}` looks like the same event under another name", heir.name.wire));
        }
        found.push(systems.finding(diagnostic, topic, Some(event)));
    }
}
