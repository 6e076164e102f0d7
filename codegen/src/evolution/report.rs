//! What a comparison of two contracts has found.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

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

/// What users of the generated types notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RustChange {
    /// In words of Rust: `` `OrderCreated::reason`: `Option<Reason>` is `Reason` now``.
    pub says: String,
    /// Whether all code compiles as before, and only what it does when it runs is different.
    pub compiles: bool,
}

/// What a finding is about.
#[derive(Debug, Clone)]
pub(super) struct Subject<'a> {
    pub(super) system: &'a str,
    pub(super) topic: &'a str,
    /// The event type; empty if a whole topic or system is concerned.
    pub(super) event: &'a str,
    pub(super) major: Option<u32>,
    /// The older major version, where two are compared.
    pub(super) from: Option<u32>,
    /// The place in a message, as JSON Pointer.
    pub(super) pointer: &'a str,
}

/// One thing that was found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What people read: rule, message, both places. Its details hold all the rest.
    pub diagnostic: Diagnostic,
    /// The system.
    pub system: String,
    /// The topic; `None` if a whole system is concerned.
    pub topic: Option<String>,
    /// The event type; `None` if a whole topic or system is concerned.
    pub event: Option<String>,
    /// The major version of the event.
    pub major: Option<u32>,
    /// The place in a message, as JSON Pointer; where no event is concerned, in a file.
    pub pointer: String,
    /// Whom it breaks, with a witness each.
    pub breaks: Vec<Break>,
    /// Between two major versions: the upcasters that make up for it, each as `file:line:column`.
    pub mitigated_by: Vec<String>,
    /// What users of the generated types notice.
    pub rust: Vec<RustChange>,
    /// A name that stays the same as long as the finding is the same, wherever it stands in a file and however its message
    /// is worded: twelve hexadecimal digits.
    pub fingerprint: String,
}

impl Finding {
    pub(super) fn new(diagnostic: Diagnostic, subject: &Subject<'_>, breaks: Vec<Break>) -> Self {
        let fingerprint = fingerprint(diagnostic.rule.id, subject, &breaks);
        let event = (!subject.event.is_empty()).then(|| subject.event.to_owned());
        let broken = breaks.iter().map(|one| json!({ "direction": one.direction.to_string(), "witness": one.witness }));
        let diagnostic = match subject.from {
            Some(from) => diagnostic.detail("from_major", from),
            None => diagnostic,
        };
        let diagnostic = diagnostic
            .detail("system", subject.system)
            .detail("topic", subject.topic)
            .detail("event", event.clone())
            .detail("major", subject.major)
            .detail("place", subject.pointer)
            .detail("breaks", broken.collect::<Vec<_>>())
            .detail("fingerprint", fingerprint.as_str());
        Self {
            diagnostic,
            system: subject.system.to_owned(),
            topic: (!subject.topic.is_empty()).then(|| subject.topic.to_owned()),
            event,
            major: subject.major,
            pointer: subject.pointer.to_owned(),
            breaks,
            mitigated_by: Vec::new(),
            rust: Vec::new(),
            fingerprint,
        }
    }

    /// Adds what users of the generated types notice, for tools, too.
    pub(super) fn tell_rust(&mut self, rust: Vec<RustChange>) {
        let told: Vec<Value> = rust.iter().map(|one| json!({ "says": one.says, "compiles": one.compiles })).collect();
        self.diagnostic.details.push(("rust", told.into()));
        self.rust = rust;
    }
}

fn fingerprint(rule: &str, subject: &Subject<'_>, breaks: &[Break]) -> String {
    let directions: Vec<String> = breaks.iter().map(|one| one.direction.to_string()).collect();
    let from = subject.from.map(|major| format!("{major}-")).unwrap_or_default();
    let major = from + &subject.major.map(|major| major.to_string()).unwrap_or_default();
    let parts = [rule, subject.system, subject.topic, subject.event, &major, subject.pointer, &directions.join(",")];
    let digest = Sha256::digest(parts.join("\n"));
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// What a comparison of two contracts has found.
#[derive(Debug, Default)]
pub struct Report {
    /// By system, topic, event and place.
    pub findings: Vec<Finding>,
    /// Differences between major versions for which upcasters make up, each with a note that names them.
    pub mitigated: Vec<Finding>,
    /// What is to be deployed before what, where that helps: a line for each event.
    pub rollout: Vec<String>,
    /// How many events both contracts have.
    pub compared: usize,
    /// How many of them changed.
    pub changed: usize,
}

impl Report {
    /// Whether a finding is among those that are told.
    pub(super) fn is_told(&self, finding: &Finding) -> bool {
        self.findings.iter().any(|told| told.fingerprint == finding.fingerprint)
    }
}
