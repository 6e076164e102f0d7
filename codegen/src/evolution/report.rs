//! What a comparison of two contracts has found.

use std::fmt;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::contract::{Event, System};
use crate::diagnostic::Diagnostic;

/// Who reads what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Consumers with the new schema read events that were written with the old one.
    Backward,
    /// Consumers with the old schema read events that are written with the new one.
    Forward,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Backward => "backward",
            Self::Forward => "forward",
        })
    }
}

/// A direction in which a change breaks somebody, and the proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Break {
    /// The direction.
    pub direction: Direction,
    /// A message that the writer admits and the reader refuses.
    pub witness: Value,
}

/// One thing that was found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What people read: rule, message, both places.
    pub diagnostic: Diagnostic,
    /// The system.
    pub system: String,
    /// The topic.
    pub topic: String,
    /// The event type; `None` if a whole topic or system is concerned.
    pub event: Option<String>,
    /// The major version of the event.
    pub major: Option<u32>,
    /// The place in a message, as JSON Pointer.
    pub pointer: String,
    /// Whom it breaks, with a witness each.
    pub breaks: Vec<Break>,
}

impl Finding {
    pub(super) fn new(
        diagnostic: Diagnostic,
        system: &System,
        event: &Event,
        pointer: &str,
        breaks: Vec<Break>,
    ) -> Self {
        Self {
            diagnostic,
            system: system.name.wire.clone(),
            topic: system.topics[event.topic].name.wire.clone(),
            event: Some(event.name.wire.clone()),
            major: Some(event.major),
            pointer: pointer.to_owned(),
            breaks,
        }
    }

    /// A name that stays the same as long as the finding is the same, wherever it stands in a file and however its message
    /// is worded: twelve hexadecimal digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let Self { diagnostic, system, topic, event, major, pointer, breaks } = self;
        let directions: Vec<String> = breaks.iter().map(|one| one.direction.to_string()).collect();
        let parts = [
            diagnostic.rule.id,
            system,
            topic,
            event.as_deref().unwrap_or_default(),
            &major.unwrap_or_default().to_string(),
            pointer,
            &directions.join(","),
        ];
        let digest = Sha256::digest(parts.join("\n"));
        digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What a comparison of two contracts has found.
#[derive(Debug, Default)]
pub struct Report {
    /// By system, topic, event and place.
    pub findings: Vec<Finding>,
    /// How many events both contracts have.
    pub compared: usize,
    /// How many of them changed.
    pub changed: usize,
}
