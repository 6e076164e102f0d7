//! A topic has another number of partitions.

use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    for (topic, old, new) in systems.topics() {
        if old.partitions == new.partitions {
            continue;
        }
        let diagnostic = Diagnostic::new(
            Rule::PARTITIONS_CHANGED,
            &systems.new.manifest(&["topics", topic, "partitions"]),
            format!("the topic `{topic}` has {} partitions, no longer {}", new.partitions, old.partitions),
        )
        .label("keys are spread over these")
        .related(&systems.old.manifest(&["topics", topic, "partitions"]), "keys were spread over these")
        .note("events of one key are in two partitions for a while: their order is not kept between old and new ones")
        .help("let consumers catch up before the change, or make a new topic and move consumers to it");
        found.push(systems.finding(diagnostic, topic, None));
    }
}
