//! A topic is not described any more.

use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    for topic in systems.old.system.manifest.topics.keys() {
        if systems.new.system.manifest.topics.contains_key(topic) {
            continue;
        }
        let diagnostic = Diagnostic::new(
            Rule::TOPIC_REMOVED,
            &systems.new.manifest(&["topics"]),
            format!("the topic `{topic}` was removed"),
        )
        .label("it is not among these any more")
        .related(&systems.old.manifest(&["topics", topic]), "consumers read it")
        .help("keep the topic until its last event has left it; a topic of another name is another topic");
        found.push(systems.finding(diagnostic, topic, None));
    }
}
