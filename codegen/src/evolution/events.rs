//! One event, before and after, or in two major versions: what has changed, and whom a proof shows to break.

use std::cmp::Ordering;

use jsonschema::Validator;
use serde_json::Value;

use crate::contract::manifest::{self, Status};
use crate::contract::{Event, System};
use crate::diagnostic::{Diagnostic, Location};
use crate::evolution::facts::{self, Change, Fact};
use crate::evolution::place::Place;
use crate::evolution::policy::Demands;
use crate::evolution::report::{Break, Compared, Direction, Finding, Order, Rollout, Subject, list};
use crate::evolution::witness::Sides;
use crate::evolution::{Comparison, Options, Verdict, compare, proof, rules, stated};
use crate::examples;
use crate::judge;
use crate::{Loaded, diagnostic::Rule};

/// An event that both contracts have, in one major version; or two major versions of it in one contract.
pub(super) struct Pair<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
}

/// The event as one of the contracts has it.
pub(super) struct Side<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) system: &'a System,
    pub(super) event: &'a Event,
}

impl Pair<'_> {
    /// Every finding about the event's schema.
    pub(super) fn findings(&self) -> Vec<Finding> {
        self.told().1
    }

    /// Everything that has changed, and every finding about it.
    pub(super) fn told(&self) -> (Vec<Fact>, Vec<Finding>) {
        let facts = self.facts();
        if self.is_free() || self.old.event.schema == self.new.event.schema {
            return (facts, Vec::new());
        }
        let mut findings = self.broken(&facts);
        if !self.is_across() {
            rules::check_event(self, &facts, &mut findings);
        }
        (facts, findings)
    }

    /// Everything that has changed.
    pub(super) fn facts(&self) -> Vec<Fact> {
        if self.old.event.schema == self.new.event.schema {
            return Vec::new();
        }
        let mut facts = facts::between(&self.old.place(), &self.new.place());
        if self.is_across() {
            // That another version is stated is what makes it another one.
            let version = stated::place(self.new.system, self.new.event);
            facts.retain(|fact| Some(fact.pointer.as_str()) != version);
        }
        facts
    }

    /// Whether the event may change in every way: nobody is promised to understand what is planned, so nobody breaks by it.
    pub(super) fn is_free(&self) -> bool {
        self.old.event.says.status == Status::Planned
    }

    /// Whether these are two major versions, side by side.
    fn is_across(&self) -> bool {
        self.old.event.major != self.new.event.major
    }

    /// What people call it.
    pub(super) fn name(&self) -> String {
        let name = &self.new.event.name.wire;
        if self.is_across() {
            format!("{name} v{} → v{}", self.old.event.major, self.new.event.major)
        } else {
            name.clone()
        }
    }

    /// Both schemas as they are compared. Between major versions the new one is asked what it would say to the older one's
    /// messages, were it not for the version.
    fn schemas(&self) -> [String; 2] {
        let [old, new] = [&self.old, &self.new].map(|side| (side.system, side.event));
        let new = if self.is_across() { stated::any_version(new.0, new.1) } else { stated::own_major(new.0, new.1) };
        [stated::own_major(old.0, old.1), new]
    }

    /// Findings about who breaks.
    fn broken(&self, facts: &[Fact]) -> Vec<Finding> {
        let options = Options { reading: self.new.demands().reading(), assert_formats: true, ..Options::default() };
        let schemas = self.schemas();
        let mut comparison = match compare(&schemas[0], &schemas[1], &options) {
            Ok(comparison) => comparison,
            Err(error) => {
                let reason = error.to_string();
                let unproven = Verdict::Unproven { reason };
                Comparison { backward: unproven.clone(), forward: unproven }
            }
        };
        if self.is_across() {
            // A consumer of the older version refuses the newer one, whatever else it says.
            comparison.forward = Verdict::Safe;
        }
        let shown = self.shown(facts, &comparison, &schemas);
        let mut findings: Vec<Finding> = shown.iter().map(|(fact, breaks)| self.explained(fact, breaks)).collect();
        let mut unproven = Vec::new();
        for (direction, verdict) in
            [(Direction::Backward, &comparison.backward), (Direction::Forward, &comparison.forward)]
        {
            let is_told = shown.iter().any(|(_, breaks)| breaks.iter().any(|one| one.direction == direction));
            match verdict {
                _ if is_told => {}
                Verdict::Safe => {}
                Verdict::Breaking { witness } => findings.push(self.unexplained(direction, witness, facts)),
                Verdict::Unproven { reason } => unproven.push((direction, reason.as_str())),
            }
        }
        findings.extend((!unproven.is_empty()).then(|| self.unproven(&unproven)));
        findings
    }

    /// The facts that a witness shows to break somebody.
    fn shown<'f>(
        &self,
        facts: &'f [Fact],
        comparison: &Comparison,
        schemas: &[String; 2],
    ) -> Vec<(&'f Fact, Vec<Break>)> {
        let [Ok(old), Ok(new)] = schemas.each_ref().map(|schema| judge::compiled(schema)) else { return Vec::new() };
        // A proof has the last word: what it calls safe is safe.
        let sides: Vec<(Direction, Sides<'_>)> = [
            (Direction::Backward, &comparison.backward, &old, &new, &self.old, &schemas[0]),
            (Direction::Forward, &comparison.forward, &new, &old, &self.new, &schemas[1]),
        ]
        .into_iter()
        .filter(|(_, verdict, ..)| **verdict != Verdict::Safe)
        .map(|(direction, verdict, writer, reader, side, schema)| {
            let is_strict = self.is_strict();
            let samples = side.samples(writer, verdict);
            let samples = if is_strict { samples } else { proof::emitted(schema, samples) };
            (direction, Sides { writer, reader, is_strict, samples })
        })
        .collect();
        let breaks = |fact: &Fact| -> Vec<Break> {
            let shown = sides.iter().filter_map(|(direction, sides)| {
                sides.witness_of(fact).map(|witness| Break { direction: *direction, witness })
            });
            shown.collect()
        };
        facts.iter().map(|fact| (fact, breaks(fact))).filter(|(_, breaks)| !breaks.is_empty()).collect()
    }

    /// Whether producers are taken to write members that are not declared.
    fn is_strict(&self) -> bool {
        self.new.demands().reading == manifest::Reading::Strict
    }

    fn explained(&self, fact: &Fact, breaks: &[Break]) -> Finding {
        let (rule, words) = rules::about(&fact.change, &fact.pointer, &self.name());
        let is_open = self.is_strict() && matches!(fact.change, Change::MemberAdded { required: false, .. });
        let help = match () {
            () if self.is_across() => "let an upcaster make up for it",
            () if is_open => {
                "let the policy read `emitted` if producers write declared members only; else admit any value"
            }
            () => words.help,
        };
        let mut diagnostic =
            Diagnostic::new(rule, &fact.new, words.message).label(words.new).related(&fact.old, words.old).help(help);
        if is_open {
            let note = "the policy reads `strict`: under a name that was not declared, anything may have been written";
            diagnostic = diagnostic.note(note);
        }
        self.finding_of(diagnostic, &fact.pointer, fact.change.keyword(), breaks)
    }

    fn unexplained(&self, direction: Direction, witness: &Value, facts: &[Fact]) -> Finding {
        let message = format!("the schema of `{}` breaks somebody", self.name());
        let mut diagnostic = Diagnostic::new(Rule::SCHEMA_CHANGED, &self.new.event.at, message)
            .help("compare both files; the payload below shows what is refused");
        for fact in facts {
            let (_, words) = rules::about(&fact.change, &fact.pointer, &self.name());
            diagnostic = diagnostic.note(format!("changed: {}", words.message));
        }
        self.finding(diagnostic, "", &[Break { direction, witness: witness.clone() }])
    }

    /// What neither a proof nor a witness was found for: one finding, in whichever directions.
    fn unproven(&self, reasons: &[(Direction, &str)]) -> Finding {
        let directions: Vec<String> = reasons.iter().map(|(direction, _)| direction.to_string()).collect();
        let name = self.name();
        let message =
            format!("whether the change of `{name}` is {} compatible could not be proved", directions.join(" and "));
        let mut diagnostic = Diagnostic::new(Rule::UNPROVEN, &self.new.event.at, message)
            .help("say the same by simpler keywords, or accept it by a waiver");
        for (direction, reason) in reasons {
            diagnostic = diagnostic.note(format!("{direction}: {reason}"));
        }
        let unproven = reasons.iter().map(|(direction, _)| *direction).collect();
        Finding { unproven, ..self.finding(diagnostic, "", &[]) }
    }

    pub(super) fn finding(&self, diagnostic: Diagnostic, pointer: &str, breaks: &[Break]) -> Finding {
        self.finding_of(diagnostic, pointer, "", breaks)
    }

    /// A finding about a place, or about a keyword there.
    fn finding_of(&self, mut diagnostic: Diagnostic, pointer: &str, keyword: &str, breaks: &[Break]) -> Finding {
        for one in breaks {
            diagnostic = diagnostic.note(self.who(one.direction)).note(format!("witness: {}", one.witness));
        }
        let Side { system, event, .. } = &self.new;
        let subject = Subject {
            system: &system.name.wire,
            topic: &system.topics[event.topic].name.wire,
            event: &event.name.wire,
            major: Some(event.major),
            from: self.is_across().then_some(self.old.event.major),
            pointer,
            keyword,
        };
        Finding::new(diagnostic, &subject, breaks.to_vec())
    }

    /// What is to be deployed before what, if somebody breaks.
    pub(super) fn rollout(&self, findings: &[Finding]) -> Option<Rollout> {
        let breaks =
            |direction| findings.iter().flat_map(|finding| &finding.breaks).any(|one| one.direction == direction);
        let says = &self.new.event.says;
        let (producers, consumers) = (says.producers.clone(), says.consumers.clone());
        let order = match (breaks(Direction::Backward), breaks(Direction::Forward)) {
            (false, false) => return None,
            (false, true) => Some(Order { first: consumers, then: producers, after: None }),
            (true, false) => {
                let retention = self.old.system.topics[self.old.event.topic].settings.retention.clone();
                Some(Order { first: producers, then: consumers, after: Some(retention) })
            }
            (true, true) => None,
        };
        let Compared { system, topic, event, major, .. } = self.compared();
        Some(Rollout { system, topic, event, major, order })
    }

    /// What was compared, whatever is found about it.
    pub(super) fn compared(&self) -> Compared {
        let Side { system, event, .. } = &self.new;
        Compared {
            system: system.name.wire.clone(),
            topic: system.topics[event.topic].name.wire.clone(),
            event: event.name.wire.clone(),
            major: event.major,
            from_major: self.is_across().then_some(self.old.event.major),
            old_version: self.old.version(),
            new_version: self.new.version(),
            is_changed: self.old.event.schema != event.schema,
            producers: event.says.producers.clone(),
            consumers: event.says.consumers.clone(),
            demands: self.new.demands(),
        }
    }

    /// What `x-event` says otherwise about something, with both places.
    pub(super) fn says_otherwise(&self, rule: &'static Rule, member: &str, message: String) -> Diagnostic {
        Diagnostic::new(rule, &self.new.says(member), message).label("now").related(&self.old.says(member), "before")
    }

    /// Whether the version is higher than it was, or lower; versions of another scheme are neither.
    pub(super) fn raised(&self) -> Ordering {
        let [old, new] = [&self.old, &self.new].map(|side| side.system.manifest.versioning.scheme);
        if old == new { self.new.number().cmp(&self.old.number()) } else { Ordering::Equal }
    }

    /// Whether the version is higher than it was.
    pub(super) fn is_raised(&self) -> bool {
        self.raised().is_gt()
    }

    /// Who breaks, in a sentence.
    fn who(&self, direction: Direction) -> String {
        let (old, new) = (&self.old.event.says, &self.new.event.says);
        match direction {
            Direction::Backward if self.is_across() => format!(
                "breaks backward: {} cannot read the v{} events of the last {} as events of v{}",
                list(&new.consumers),
                self.old.event.major,
                self.old.system.topics[self.old.event.topic].settings.retention,
                self.new.event.major
            ),
            Direction::Backward => format!(
                "breaks backward: with the new schema, {} cannot read the events of the last {}",
                list(&new.consumers),
                self.old.system.topics[self.old.event.topic].settings.retention
            ),
            Direction::Forward => format!(
                "breaks forward: {}, as deployed today, cannot read what comes from {} with the new schema",
                list(&old.consumers),
                list(&new.producers)
            ),
        }
    }
}

impl Side<'_> {
    /// The whole message.
    pub(super) fn place(&self) -> Place<'_> {
        let root = self.loaded.schemas.find(&self.event.path, "").expect("an event has a schema");
        Place::of(&self.loaded.folder, &self.loaded.schemas, root)
    }

    /// What `x-event` says about something.
    pub(super) fn says(&self, member: &str) -> Location {
        let place = self.loaded.folder.place(&self.event.path, &format!("/x-event/{member}"));
        place.unwrap_or_else(|| self.event.at.clone())
    }

    /// What the policy of its topic asks of edits.
    pub(super) fn demands(&self) -> Demands {
        Demands::of_topic(&self.system.manifest, &self.system.topics[self.event.topic].settings)
    }

    /// The version, as it is written.
    pub(super) fn version(&self) -> String {
        self.event.says.version.to_string()
    }

    /// The version, to be compared.
    pub(super) fn number(&self) -> Vec<u64> {
        self.version().split('.').filter_map(|part| part.parse().ok()).collect()
    }

    /// Messages of this side: its examples, and what a proof has found.
    fn samples(&self, writer: &Validator, verdict: &Verdict) -> Vec<Value> {
        let found = match verdict {
            Verdict::Breaking { witness } => Some(witness.clone()),
            Verdict::Safe | Verdict::Unproven { .. } => None,
        };
        let examples = examples::valid(&self.loaded.folder, self.event);
        found.into_iter().chain(examples).filter(|sample| writer.is_valid(sample)).collect()
    }
}
