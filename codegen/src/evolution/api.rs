//! The third answer: what an edit does to the code of services that use the generated types.
//!
//! `items` says what of a contract is public Rust, `places` where in messages each type stands, `differences` whose code can
//! stop compiling. [`Answer`] tells each finding what belongs to it; what belongs to none is a finding of its own (EV160).
//! Code is looked at from another module than the generated one, as that of every service is: what only private members could
//! tell is no difference.

mod differences;
mod finding;
mod items;
mod places;

use std::collections::BTreeSet;

use crate::diagnostic::Rule;
use crate::evolution::contracts::Systems;
use crate::evolution::report::{Finding, RustChange};
use differences::Difference;
use items::Api;
use places::Place;

/// Findings about a whole event: all of its Rust belongs to them.
const OF_WHOLE_EVENTS: [&Rule; 3] = [Rule::SCHEMA_CHANGED, Rule::UNPROVEN, Rule::EVENT_REMOVED];

/// Findings about a member with all that it holds.
const OF_SUBTREES: [&Rule; 4] =
    [Rule::MEMBER_REMOVED, Rule::MEMBER_REMOVED_EARLY, Rule::MEMBER_ADDED, Rule::TYPE_CHANGED];

/// What an edit of a system does to users of its generated types.
pub(super) struct Answer {
    differences: Vec<Difference>,
    /// Those that a finding has told of, by index.
    told: BTreeSet<usize>,
}

impl Answer {
    /// Of two states of a system.
    pub(super) fn of(systems: &Systems<'_>) -> Self {
        let (old, new) = (Api::of(systems.old.system), Api::of(systems.new.system));
        Self { differences: differences::between(&old, &new), told: BTreeSet::new() }
    }

    /// Everything that users can notice.
    pub(super) fn all(&self) -> impl Iterator<Item = &RustChange> {
        self.differences.iter().map(|difference| &difference.change)
    }

    /// Adds to every finding about a schema, and about what is gone, what it means in Rust.
    pub(super) fn tell(&mut self, findings: &mut [Finding]) {
        for finding in findings {
            let rule = finding.diagnostic.rule;
            let is_of_more = [&OF_WHOLE_EVENTS[..], &OF_SUBTREES, &[Rule::TOPIC_REMOVED]].concat().contains(&rule);
            if is_of_more || !finding.breaks.is_empty() {
                self.tell_one(finding);
            }
        }
    }

    fn tell_one(&mut self, finding: &mut Finding) {
        let indices: Vec<usize> =
            (0..self.differences.len()).filter(|index| belongs(&self.differences[*index], finding)).collect();
        let rust: Vec<RustChange> = indices.iter().map(|index| self.differences[*index].change.clone()).collect();
        // The types of an event may live on under another major version: that is told of them.
        if rust.is_empty() && finding.diagnostic.rule == Rule::EVENT_REMOVED {
            return;
        }
        let says = listed(&rust).join("; ");
        finding.diagnostic.notes.push(match &rust[..] {
            [] => "Rust API: code compiles as before".to_owned(),
            all if all.iter().all(|one| one.compiles) => format!("Rust API: code compiles, but {says}"),
            _ => format!("Rust API: code may stop compiling: {says}"),
        });
        finding.rust = rust;
        self.told.extend(indices);
    }

    /// What no finding has told of: one finding for each event, type or part of `system.json`.
    pub(super) fn untold(&self, systems: &Systems<'_>) -> Vec<Finding> {
        let untold = self.differences.iter().enumerate().filter(|(index, _)| !self.told.contains(index));
        finding::for_each_subject(untold.map(|(_, difference)| difference).collect(), systems)
    }
}

/// What people read of many changes: whoever wants all of them asks for a report in JSON.
fn listed(rust: &[RustChange]) -> Vec<String> {
    const MOST: usize = 6;
    let (first, rest) = rust.split_at(if rust.len() > MOST { MOST - 1 } else { rust.len() });
    let more = (!rest.is_empty()).then(|| format!("and {} more", rest.len()));
    first.iter().map(|one| one.says.clone()).chain(more).collect()
}

/// Whether a finding is about this difference, too.
fn belongs(difference: &Difference, finding: &Finding) -> bool {
    let rule = finding.diagnostic.rule;
    difference.places.iter().any(|place| {
        let Place::Message { event, major, pointer } = place else {
            return rule == Rule::TOPIC_REMOVED
                && *place == Place::of_topic(finding.topic.as_deref().unwrap_or_default());
        };
        let is_at = OF_WHOLE_EVENTS.contains(&rule)
            || *pointer == finding.pointer
            || OF_SUBTREES.contains(&rule) && pointer.starts_with(&format!("{}/", finding.pointer));
        finding.event.as_ref() == Some(event) && finding.major == Some(*major) && is_at
    })
}
