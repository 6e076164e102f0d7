//! A policy asks less of edits than it did: this edit, or the next one, might need it.

use crate::contract::manifest::Policy;
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::policy::Demands;
use crate::evolution::report::{Direction, Finding};

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    let (old, new) = (&systems.old.system.manifest, &systems.new.system.manifest);
    for (member, before, after) in loosened(&Demands::of_system(old), &Demands::of_system(new)) {
        found.push(finding(systems, member, before, after, None));
    }
    for (name, before, after) in systems.topics() {
        for (member, was, is) in loosened(&Demands::of_topic(old, before), &Demands::of_topic(new, after)) {
            // What a topic only passes on is told once, of the system.
            if says(&before.policy, member) || says(&after.policy, member) {
                found.push(finding(systems, member, was, is, Some(name)));
            }
        }
    }
}

fn finding(systems: &Systems<'_>, member: &str, before: &str, after: &str, topic: Option<&str>) -> Finding {
    let way: Vec<&str> = topic.iter().flat_map(|name| ["topics", *name]).chain(["policy", member]).collect();
    let who = match topic {
        Some(name) => format!("of the topic `{name}`"),
        None => format!("of `{}`", systems.new.system.name.wire),
    };
    let message = format!("the policy {who} says `{after}` for `{member}`, no longer `{before}`");
    let diagnostic = Diagnostic::new(Rule::POLICY_LOOSENED, &systems.new.manifest(&way), message)
        .label("what edits are judged by from now on")
        .related(&systems.old.manifest(&way), "what they were judged by")
        .help("change a policy by an edit of its own, so that it is seen; accept a single finding by a waiver");
    systems.finding_in_manifest(diagnostic, topic.unwrap_or_default(), &way)
}

fn says(policy: &Policy, member: &str) -> bool {
    match member {
        "compatibility" => policy.compatibility.is_some(),
        "unproven" => policy.unproven.is_some(),
        _ => policy.reading.is_some(),
    }
}

/// The members that ask less than they did, each with what it said and says.
fn loosened(old: &Demands, new: &Demands) -> Vec<(&'static str, &'static str, &'static str)> {
    let given_up = [Direction::Backward, Direction::Forward].map(|way| old.asks_for(way) && !new.asks_for(way));
    let changes = [
        (given_up.contains(&true), "compatibility", old.compatibility.as_str(), new.compatibility.as_str()),
        (old.unproven > new.unproven, "unproven", old.unproven.as_str(), new.unproven.as_str()),
        (old.reading > new.reading, "reading", old.reading.as_str(), new.reading.as_str()),
    ];
    changes.into_iter().filter(|(is_looser, ..)| *is_looser).map(|(_, member, was, is)| (member, was, is)).collect()
}
