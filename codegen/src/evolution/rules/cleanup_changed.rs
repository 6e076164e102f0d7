//! A topic treats its old events in another way.

use crate::contract::manifest::Cleanup;
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    for (topic, old, new) in systems.topics() {
        if old.cleanup == new.cleanup {
            continue;
        }
        let what = match new.cleanup {
            Cleanup::Compact => "keeps only the newest event of each key",
            Cleanup::Delete => "forgets the newest event of a key, too, after its retention",
        };
        let diagnostic = Diagnostic::new(
            Rule::CLEANUP_CHANGED,
            &systems.new.manifest(&["topics", topic]),
            format!("the topic `{topic}` {what} from now on"),
        )
        .label("now")
        .related(&systems.old.manifest(&["topics", topic]), "before")
        .help("make a new topic with the other policy, and move consumers to it");
        found.push(systems.finding(diagnostic, topic, None));
    }
}
