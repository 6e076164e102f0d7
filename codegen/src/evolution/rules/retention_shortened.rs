//! A topic forgets its events sooner.

use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    for (topic, old, new) in systems.topics() {
        if minutes(&new.retention) >= minutes(&old.retention) {
            continue;
        }
        let diagnostic = Diagnostic::new(
            Rule::RETENTION_SHORTENED,
            &systems.new.manifest(&["topics", topic, "retention"]),
            format!("the topic `{topic}` keeps its events for {}, no longer {}", new.retention, old.retention),
        )
        .label("a consumer that is down for longer loses events")
        .related(&systems.old.manifest(&["topics", topic, "retention"]), "before")
        .help("ask the consumers how long they may be down, and who reads the topic from its beginning");
        found.push(systems.finding(diagnostic, topic, None));
    }
}

/// The length of `7d`, `12h` or `30m`.
fn minutes(retention: &str) -> u64 {
    let (number, unit) = retention.split_at(retention.len().saturating_sub(1));
    let factor = match unit {
        "d" => 24 * 60,
        "h" => 60,
        _ => 1,
    };
    number.parse::<u64>().unwrap_or(0) * factor
}
