//! What a system or topic asks of edits: how much of what was found weighs how much. Nothing is left out by it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::contract::manifest::{Compatibility, Manifest, Policy, Reading, Topic, Unproven};
use crate::diagnostic::{Level, Rule};
use crate::evolution::proof;
use crate::evolution::report::{Compared, Direction, Finding};

/// A policy in which nothing is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Demands {
    /// The directions in which nobody may break.
    pub compatibility: Compatibility,
    /// What an unproven edit means.
    pub unproven: Unproven,
    /// What producers are taken to write.
    pub reading: Reading,
}

impl Demands {
    /// What holds where a topic says nothing itself.
    pub(super) fn of_system(manifest: &Manifest) -> Self {
        let Policy { compatibility, unproven, reading } = manifest.policy;
        Self {
            compatibility: compatibility.unwrap_or_default(),
            unproven: unproven.unwrap_or_default(),
            reading: reading.unwrap_or_default(),
        }
    }

    /// What holds for a topic: its own word, or else that of its system.
    pub(super) fn of_topic(manifest: &Manifest, topic: &Topic) -> Self {
        let Policy { compatibility, unproven, reading } = topic.policy;
        let shared = Self::of_system(manifest);
        Self {
            compatibility: compatibility.unwrap_or(shared.compatibility),
            unproven: unproven.unwrap_or(shared.unproven),
            reading: reading.unwrap_or(shared.reading),
        }
    }

    /// Whether nobody may break in a direction.
    #[must_use]
    pub fn asks_for(&self, direction: Direction) -> bool {
        match self.compatibility {
            Compatibility::Full => true,
            Compatibility::Backward => direction == Direction::Backward,
            Compatibility::Forward => direction == Direction::Forward,
            Compatibility::None => false,
        }
    }

    /// What a proof looks at.
    pub(super) fn reading(&self) -> proof::Reading {
        match self.reading {
            Reading::Emitted => proof::Reading::Emitted,
            Reading::Strict => proof::Reading::EveryInstance,
        }
    }
}

/// Weighs findings about events by what is asked of their edits. A break in a direction that nobody asks about becomes a note.
pub(super) fn apply(compared: &[Compared], found: &mut [Finding]) {
    for finding in found {
        let directions: Vec<Direction> =
            finding.breaks.iter().map(|one| one.direction).chain(finding.unproven.iter().copied()).collect();
        let Some(event) = compared.iter().find(|event| event.is_about(finding)) else { continue };
        if directions.is_empty() {
            continue;
        }
        if !directions.iter().any(|direction| event.demands.asks_for(*direction)) {
            finding.diagnostic.level = Level::Note;
            let asked = event.demands.compatibility.as_str();
            finding.diagnostic.notes.push(format!("the policy of `{}` asks for compatibility `{asked}`", event.topic));
        } else if finding.diagnostic.rule == Rule::UNPROVEN && event.demands.unproven == Unproven::Deny {
            finding.diagnostic.level = Level::Error;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_those_that_are_asked_for() {
        let asked = |compatibility| {
            let demands = Demands { compatibility, unproven: Unproven::Warn, reading: Reading::Emitted };
            [Direction::Backward, Direction::Forward].map(|direction| demands.asks_for(direction))
        };
        assert_eq!(asked(Compatibility::Full), [true, true]);
        assert_eq!(asked(Compatibility::Backward), [true, false]);
        assert_eq!(asked(Compatibility::Forward), [false, true]);
        assert_eq!(asked(Compatibility::None), [false, false]);
    }
}
