//! What a comparison of two contracts has found.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::contract::manifest::Waiver;
use crate::diagnostic::Diagnostic;
use crate::evolution::policy::Demands;
use crate::waivers::{Waived, is_within};

/// Who reads what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
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
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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
    /// The keyword or Rust type, where a place may be spoken of once for each; empty elsewhere.
    pub(super) keyword: &'a str,
}

/// One thing that was found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What people read: rule, message, both places.
    pub diagnostic: Diagnostic,
    /// The system.
    pub system: String,
    /// The topic; `None` if a whole system is concerned.
    pub topic: Option<String>,
    /// The event type; `None` if a whole topic or system is concerned.
    pub event: Option<String>,
    /// The major version of the event.
    pub major: Option<u32>,
    /// The older one, where two of them are compared.
    pub from_major: Option<u32>,
    /// The place in a message, as JSON Pointer; `*` is any element, `**` any member. Where no event is concerned, the place
    /// in `system.json`.
    pub pointer: String,
    /// Whom it breaks, with a witness each.
    pub breaks: Vec<Break>,
    /// The directions for which there is neither a proof nor a witness.
    pub unproven: Vec<Direction>,
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
        let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        Self {
            diagnostic,
            system: subject.system.to_owned(),
            topic: named(subject.topic),
            event: named(subject.event),
            major: subject.major,
            from_major: subject.from,
            pointer: subject.pointer.to_owned(),
            breaks,
            unproven: Vec::new(),
            mitigated_by: Vec::new(),
            rust: Vec::new(),
            fingerprint,
        }
    }

    /// Whether a waiver of its system speaks of its rule, its event and its place or one around it, expired or not.
    #[must_use]
    pub fn is_covered_by(&self, waiver: &Waiver) -> bool {
        let place = self.diagnostic.at.as_ref().map_or("", |at| at.pointer.as_str());
        waiver.rule == self.diagnostic.rule.id
            && is_within(waiver, place)
            && waiver.event.as_ref().is_none_or(|event| Some(event) == self.event.as_ref())
    }
}

fn fingerprint(rule: &str, subject: &Subject<'_>, breaks: &[Break]) -> String {
    let directions: Vec<String> = breaks.iter().map(|one| one.direction.to_string()).collect();
    let from = subject.from.map(|major| format!("{major}-")).unwrap_or_default();
    let major = from + &subject.major.map(|major| major.to_string()).unwrap_or_default();
    let directions = directions.join(",");
    let mut parts = vec![rule, subject.system, subject.topic, subject.event, &major, subject.pointer, &directions];
    parts.extend((!subject.keyword.is_empty()).then_some(subject.keyword));
    let digest = Sha256::digest(parts.join("\n"));
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// An event that both contracts have, in one major version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Compared {
    /// The system.
    pub system: String,
    /// The topic.
    pub topic: String,
    /// The event type.
    pub event: String,
    /// The major version.
    pub major: u32,
    /// The older one, where two of them are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_major: Option<u32>,
    /// Its version as it was.
    pub old_version: String,
    /// Its version as it is.
    pub new_version: String,
    /// Whether its schema is another one.
    pub is_changed: bool,
    /// Who writes it.
    pub producers: Vec<String>,
    /// Who reads it.
    pub consumers: Vec<String>,
    /// What its policy asks of edits.
    #[serde(rename = "policy")]
    pub demands: Demands,
}

impl Compared {
    /// Whether a finding is about this event.
    #[must_use]
    pub fn is_about(&self, finding: &Finding) -> bool {
        self.system == finding.system
            && Some(&self.topic) == finding.topic.as_ref()
            && Some(&self.event) == finding.event.as_ref()
            && Some(self.major) == finding.major
            && self.from_major == finding.from_major
    }
}

/// What is to be deployed before what. Its text is a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rollout {
    /// The system.
    pub system: String,
    /// The topic.
    pub topic: String,
    /// The event type.
    pub event: String,
    /// The major version.
    pub major: u32,
    /// The order; `None` if there is none in which nobody breaks.
    pub order: Option<Order>,
}

/// An order of deployments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Order {
    /// The services that go first.
    pub first: Vec<String>,
    /// The services that follow.
    pub then: Vec<String>,
    /// How long they wait, so that retained events are gone: `7d`; not at all if left out.
    pub after: Option<String>,
}

impl fmt::Display for Rollout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.event)?;
        if self.major > 1 {
            write!(f, " v{}", self.major)?;
        }
        f.write_str(": ")?;
        let Some(Order { first, then, after }) = &self.order else {
            return f.write_str("no order helps; make a new major version with an upcaster");
        };
        write!(f, "first {}, then {}", list(first), list(then))?;
        after.iter().try_for_each(|after| write!(f, " once the old events are gone, after {after}"))
    }
}

/// Names in a sentence.
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => "nobody".to_owned(),
        names => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    }
}

/// What a comparison of two contracts has found.
#[derive(Debug, Default)]
pub struct Report {
    /// By system, topic, event and place.
    pub findings: Vec<Finding>,
    /// What was found and is accepted.
    pub waived: Vec<Waived<Finding>>,
    /// Differences between major versions for which upcasters make up, each with a note that names them.
    pub mitigated: Vec<Finding>,
    /// What is to be deployed before what, where that helps: one for each event that breaks somebody.
    pub rollout: Vec<Rollout>,
    /// The events that both contracts have, those included that nothing was found about.
    pub compared: Vec<Compared>,
}

impl Report {
    /// How many of the events that were compared have another schema.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.compared.iter().filter(|event| event.is_changed).count()
    }

    /// Whether a finding is among those that are told.
    pub(super) fn is_told(&self, finding: &Finding) -> bool {
        self.findings.iter().any(|told| told.fingerprint == finding.fingerprint)
    }
}
