//! Random edits of whole contracts: no payload that anybody tries contradicts what is said about an edit.
//!
//! `CONTRACTS_EDITS` asks for more edits, `CONTRACTS_SEED` for others: each has a seed of its own, by which it can be repeated.

use std::collections::{BTreeMap, BTreeSet};

use event_contracts_codegen::Loaded;
use event_contracts_codegen::contract::manifest::{Scheme, Status};
use event_contracts_codegen::contract::{Event, System};
use event_contracts_codegen::diagnostic::Location;
use event_contracts_codegen::evolution::{Break, Compared, Direction, Finding, Order, Report, changes, versions};
use event_contracts_codegen::lint::Day;
use event_contracts_evolution_tests::contract::Contract;
use event_contracts_evolution_tests::dice::Dice;
use event_contracts_evolution_tests::edit::edit;
use event_contracts_evolution_tests::payload::{Along, mutated};
use jsonschema::Validator;
use serde_json::{Value, json};

const SYSTEMS: [&str; 7] = [
    "schemas/commerce",
    "schemas/first-viscount",
    "schemas/flowops",
    "schemas/order-service",
    "schemas/order-workflow",
    "tests/fixtures/schemas/shop",
    "tests/fixtures/schemas/shop",
];
/// How many payloads are tried on an event, in each direction.
const PAYLOADS: usize = 60;

fn asked(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|count| count.parse().ok()).unwrap_or(default)
}

fn today() -> Day {
    Day::parse("2026-06-01").expect("this is a day")
}

#[test]
#[allow(clippy::print_stderr, reason = "how much was tried is worth knowing")]
fn no_payload_contradicts_what_is_said() {
    let (first, count) = (asked("CONTRACTS_SEED", 1), asked("CONTRACTS_EDITS", 40));
    let bases: Vec<Contract> = SYSTEMS.iter().map(|system| Contract::read(system)).collect();
    let (mut wrong, mut tally) = (Vec::new(), Tally::default());
    for seed in first..first + count {
        let mut dice = Dice::new(seed);
        let mut base = dice.one(&bases).clone();
        // What is planned may change in every way: then nothing would be said.
        set_free(&mut base, dice.chance(80));
        let mut edited = base.clone();
        let edits = edit(&mut dice, &mut edited);
        let (Some(old), Some(new)) = (base.load(), edited.load()) else { continue };
        let mut case = Case { old: (&base, &old), new: (&edited, &new), dice, tally: &mut tally, wrong: Vec::new() };
        case.judge();
        case.judge_versions();
        wrong.extend(case.wrong.into_iter().map(|wrong| format!("seed {seed}, {edits:?}: {wrong}")));
    }
    eprintln!("{tally:?} of {count}");
    let is_much = tally.judged as u64 * 3 > count && tally.broken > 0 && tally.kept > 0;
    assert!(is_much || count < 20, "{tally:?} of {count} is too little");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A definition may refer to itself without going into the value: then little is known of it, and nobody waits for it.
#[test]
fn what_leads_back_with_the_same_value_comes_to_an_end() {
    let base = Contract::read("schemas/flowops");
    let mut edited = base.clone();
    let (common, envelope) = ("flowops/common.schema.json", "flowops/envelope.schema.json");
    let mut file = edited.file(common);
    file["$defs"]["EventId"]["allOf"] = json!([{ "$ref": "common.schema.json#/$defs/EventId" }]);
    edited.put(common, &file);
    let mut file = edited.file(envelope);
    file["properties"]["eventType"]["type"] = json!(["string", "null"]);
    file["required"] = json!(["eventId", "eventType", "payload"]);
    edited.put(envelope, &file);
    let [Some(old), Some(new)] = [base.load(), edited.load()] else { panic!("both can be read") };
    assert!(!changes(&old, &new, today()).findings.is_empty());
}

fn set_free(contract: &mut Contract, is_live: bool) {
    for path in contract.paths().into_iter().filter(|_| is_live) {
        let mut file = contract.file(&path);
        if file.pointer("/x-event/status") == Some(&json!("planned")) {
            file["x-event"]["status"] = json!("live");
            contract.put(&path, &file);
        }
    }
}

/// What a run has looked at.
#[derive(Debug, Default)]
struct Tally {
    judged: usize,
    findings: usize,
    witnesses: usize,
    unproven: usize,
    payloads: usize,
    broken: usize,
    kept: usize,
}

/// A contract before and after an edit.
struct Case<'a> {
    old: (&'a Contract, &'a Loaded),
    new: (&'a Contract, &'a Loaded),
    dice: Dice,
    tally: &'a mut Tally,
    wrong: Vec<String>,
}

/// An event as one contract has it, or one major version of it.
#[derive(Clone, Copy)]
struct Side<'a> {
    contract: &'a Contract,
    system: &'a System,
    event: &'a Event,
}

/// Findings, told or accepted.
fn all(report: &Report) -> impl Iterator<Item = &Finding> {
    let waived = report.waived.iter().map(|waived| &waived.finding);
    report.findings.iter().chain(waived).chain(&report.mitigated)
}

impl<'a> Case<'a> {
    fn judge(&mut self) {
        self.tally.judged += 1;
        let ((_, old), (_, new)) = (self.old, self.new);
        self.is_silent(&changes(new, new, today()));
        let report = changes(old, new, today());
        self.is_sound(&report);
        self.rolls_out(&report);
        self.weighs_only(&report);
        for compared in &report.compared {
            let sides = [self.old, self.new].map(|half| side(half, compared, compared.major));
            let [Some(old), Some(new)] = sides else { continue };
            self.event(&report, compared, old, new);
        }
    }

    fn is_silent(&mut self, report: &Report) {
        if let Some(finding) = all(report).find(|finding| finding.diagnostic.rule.is_of_evolution()) {
            self.wrong.push(format!("against itself: {}", finding.diagnostic.frame(false)));
        }
    }

    /// Every finding has a place and a name of its own.
    fn is_sound(&mut self, report: &Report) {
        let mut names: BTreeMap<&str, &Finding> = BTreeMap::new();
        for finding in all(report) {
            self.tally.findings += 1;
            if let Some(other) = names.insert(&finding.fingerprint, finding) {
                self.wrong.push(format!(
                    "two findings have one fingerprint:\n{}\n{}",
                    finding.diagnostic.frame(false),
                    other.diagnostic.frame(false)
                ));
            }
            let related = finding.diagnostic.related.iter().map(|(at, _)| at);
            for at in finding.diagnostic.at.iter().chain(related) {
                if ![self.old.1, self.new.1].iter().any(|loaded| is_place(loaded, at)) {
                    self.wrong
                        .push(format!("there is no {}:{}: {}", at.file.path, at.pointer, finding.diagnostic.message));
                }
            }
        }
    }

    /// The order of deployments follows from the breaks.
    fn rolls_out(&mut self, report: &Report) {
        for compared in &report.compared {
            let breaks = all(report).filter(|finding| compared.is_about(finding)).flat_map(|finding| &finding.breaks);
            let directions: BTreeSet<Direction> = breaks.map(|one| one.direction).collect();
            let is_of = |step: &&_| is_of(compared, step);
            let step = report.rollout.iter().find(is_of).map(|step| step.order.as_ref());
            let (back, forth) = (directions.contains(&Direction::Backward), directions.contains(&Direction::Forward));
            let fits = match step {
                None => !back && !forth,
                Some(None) => back && forth,
                Some(Some(Order { first, after: None, .. })) => !back && forth && *first == compared.consumers,
                Some(Some(Order { first, after: Some(_), .. })) => back && !forth && *first == compared.producers,
            };
            if !fits {
                self.wrong.push(format!("`{}` breaks {directions:?}, and is rolled out {step:?}", compared.event));
            }
        }
    }

    /// Policies and waivers change how much something weighs, and whether it is accepted; never what is found.
    fn weighs_only(&mut self, report: &Report) {
        let [path, ..] =
            &self.new.0.paths().into_iter().filter(|path| path.ends_with("/system.json")).collect::<Vec<_>>()[..]
        else {
            return;
        };
        let waivers: Vec<Value> = all(report)
            .filter(|_| self.dice.chance(50))
            .map(|finding| json!({ "rule": finding.diagnostic.rule.id, "at": "", "reason": "A test.", "owner": "somebody", "until": "2026-07-01" }))
            .collect();
        let compatibility = *self.dice.one(&["full", "backward", "forward", "none"]);
        let weighed = [self.old.0, self.new.0].map(|contract| {
            let (mut contract, mut file) = (contract.clone(), contract.file(path));
            file["policy"]["compatibility"] = json!(compatibility);
            file["waivers"] = waivers.clone().into();
            contract.put(path, &file);
            contract.load()
        });
        let [Some(old), Some(new)] = weighed else { return };
        let found = |report: &Report| -> BTreeSet<String> {
            // Two rules look at policies: whether they ask for less, and whether a version claims what they ask for.
            let of_edits = |finding: &&Finding| {
                let rule = finding.diagnostic.rule;
                rule.is_of_evolution() && !["policy-loosened", "version-raised-too-little"].contains(&rule.name)
            };
            all(report).filter(of_edits).map(|finding| finding.fingerprint.clone()).collect()
        };
        let weighed = changes(&old, &new, today());
        if found(report) != found(&weighed) {
            self.wrong.push(format!("with compatibility `{compatibility}` and waivers, something else is found"));
        }
    }

    /// Holds what is said of one event to payloads of both sides.
    fn event(&mut self, report: &Report, compared: &Compared, old: Side<'a>, new: Side<'a>) {
        let about: Vec<&Finding> = all(report).filter(|finding| compared.is_about(finding)).collect();
        let is_same = old.event.schema == new.event.schema;
        if is_same {
            if let Some(finding) =
                about.iter().find(|finding| !finding.breaks.is_empty() || !finding.unproven.is_empty())
            {
                self.wrong.push(format!("nothing has changed, but: {}", finding.diagnostic.message));
            }
            return;
        }
        let is_free = old.event.says.status == Status::Planned;
        if is_free {
            return;
        }
        let validators = [old, new].map(|side| side.contract.validator(side.event));
        let is_strict = serde_json::to_value(compared.demands).is_ok_and(|demands| demands["reading"] == "strict");
        for (direction, writer, reader, [accepts, reads]) in [
            (Direction::Backward, old, new, [&validators[0], &validators[1]]),
            (Direction::Forward, new, old, [&validators[1], &validators[0]]),
        ] {
            self.shows(&about, direction, writer, is_strict, [accepts, reads]);
            self.misses(&about, compared, direction, [writer, reader], [accepts, reads], is_strict);
        }
    }

    /// Each witness is one.
    fn shows(
        &mut self,
        about: &[&Finding],
        direction: Direction,
        writer: Side<'a>,
        is_strict: bool,
        [accepts, reads]: [&Validator; 2],
    ) {
        let along = Along::new(&writer.event.schema);
        for finding in about {
            self.tally.unproven += usize::from(finding.unproven.contains(&direction));
            let breaks = finding.breaks.iter().filter(|one| one.direction == direction);
            for Break { witness, .. } in breaks {
                self.tally.witnesses += 1;
                let said = &finding.diagnostic.message;
                if !accepts.is_valid(witness) || reads.is_valid(witness) {
                    self.wrong.push(format!("{direction} {witness} does not show that {said}"));
                }
                if !writer.is_own(witness) {
                    self.wrong.push(format!("{direction} {witness} states another major version: {said}"));
                }
                if !is_strict && !along.is_emitted(witness, true) {
                    self.wrong.push(format!("{direction} {witness} is never written: {said}"));
                }
            }
        }
    }

    /// No payload breaks anybody of whom nothing is said.
    fn misses(
        &mut self,
        about: &[&Finding],
        compared: &Compared,
        direction: Direction,
        [writer, reader]: [Side<'a>; 2],
        [accepts, reads]: [&Validator; 2],
        is_strict: bool,
    ) {
        let is_said = about.iter().any(|finding| {
            finding.breaks.iter().any(|one| one.direction == direction) || finding.unproven.contains(&direction)
        });
        if is_said {
            self.tally.broken += 1;
            return;
        }
        self.tally.kept += 1;
        let along = [writer, reader].map(|side| Along::new(&side.event.schema));
        for payload in self.payloads(writer, &along) {
            if !accepts.is_valid(&payload) || !writer.is_own(&payload) {
                continue;
            }
            let is_written = is_strict || along[0].is_emitted(&payload, false);
            self.tally.payloads += usize::from(is_written);
            if is_written && !reads.is_valid(&payload) {
                let errors: Vec<String> = reads.iter_errors(&payload).map(|error| error.to_string()).collect();
                let event = &compared.event;
                self.wrong.push(format!("{direction} `{event}` breaks by {payload}, and nothing is said: {errors:?}"));
                return;
            }
        }
    }

    fn payloads(&mut self, writer: Side<'a>, along: &[Along; 2]) -> Vec<Value> {
        let examples = writer.contract.examples(writer.event);
        let dice = &mut self.dice;
        let mut payloads = examples.clone();
        for _ in 0..PAYLOADS {
            let mut payload = match dice.below(3) {
                0 if !examples.is_empty() => dice.one(&examples).clone(),
                1 => along[1].value(dice),
                _ => along[0].value(dice),
            };
            for _ in 0..dice.below(3) {
                payload = mutated(dice, &payload);
            }
            payloads.push(payload);
        }
        payloads
    }

    /// The same between major versions of the edited contract.
    fn judge_versions(&mut self) {
        let half = self.new;
        let report = versions(half.1, None, today());
        self.is_sound(&report);
        for compared in &report.compared {
            let from = compared.from_major.expect("these are two versions");
            let [Some(old), Some(new)] = [from, compared.major].map(|major| side(half, compared, major)) else {
                continue;
            };
            let about: Vec<&Finding> = all(&report).filter(|finding| compared.is_about(finding)).collect();
            self.across(&about, compared, old, new);
        }
    }

    /// Whoever reads the newer version reads older messages as if they stated it.
    fn across(&mut self, about: &[&Finding], compared: &Compared, old: Side<'a>, new: Side<'a>) {
        let [accepts, reads] = [old, new].map(|side| side.contract.validator(side.event));
        let (Some(at), is_free) = (new.version(), old.event.says.status == Status::Planned) else { return };
        let restated = |payload: &Value| {
            let mut payload = payload.clone();
            if let Some(version) = payload.pointer_mut(at) {
                *version = json!(new.event.says.version.to_string());
            }
            payload
        };
        let breaks: Vec<&Break> = about.iter().flat_map(|finding| &finding.breaks).collect();
        for Break { witness, direction } in &breaks {
            self.tally.witnesses += 1;
            if *direction == Direction::Forward || !accepts.is_valid(witness) || reads.is_valid(&restated(witness)) {
                self.wrong.push(format!("{direction} {witness} does not show what v{} lacks", compared.major));
            }
        }
        if !breaks.is_empty() || is_free || about.iter().any(|finding| !finding.unproven.is_empty()) {
            return;
        }
        let along = [old, new].map(|side| Along::new(&side.event.schema));
        for payload in self.payloads(old, &along) {
            let is_written = accepts.is_valid(&payload) && old.is_own(&payload) && along[0].is_emitted(&payload, false);
            self.tally.payloads += usize::from(is_written);
            let restated = restated(&payload);
            let mut errors = reads.iter_errors(&restated);
            // What a schema says of the version itself is not asked.
            if is_written && errors.any(|error| error.instance_path().as_str() != at) {
                self.wrong.push(format!("v{} refuses {payload}, and nothing is said", compared.major));
                return;
            }
        }
    }
}

fn is_of(compared: &Compared, step: &event_contracts_codegen::evolution::Rollout) -> bool {
    (&step.system, &step.topic, &step.event, step.major)
        == (&compared.system, &compared.topic, &compared.event, compared.major)
}

fn side<'a>((contract, loaded): (&'a Contract, &'a Loaded), compared: &Compared, major: u32) -> Option<Side<'a>> {
    let system = loaded.contract.systems.iter().find(|system| system.name.wire == compared.system)?;
    let is_it = |event: &&Event| event.name.wire == compared.event && event.major == major;
    Some(Side { contract, system, event: system.events.iter().find(is_it)? })
}

impl<'a> Side<'a> {
    /// Where an event states its version.
    fn version(&self) -> Option<&'a str> {
        let says = &self.event.says;
        let at = says.version_at.as_ref().or(self.system.manifest.envelope.version.as_ref());
        at.map(|pointer| pointer.0.as_str())
    }

    /// Whether a message states no other major version.
    fn is_own(&self, message: &Value) -> bool {
        let is_split = self.system.manifest.versioning.scheme == Scheme::MajorMinor;
        let Some(at) = self.version().filter(|_| is_split) else { return true };
        let stated = message.pointer(at).and_then(Value::as_str).and_then(|stated| stated.split_once('.'));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match stated {
            Some((major, minor)) if is_number(major) && is_number(minor) => major.parse() == Ok(self.event.major),
            _ => true,
        }
    }
}

/// Whether a place is one of a contract: a value or its name, or a file as a whole.
fn is_place(loaded: &Loaded, at: &Location) -> bool {
    let Some(document) = loaded.folder.documents.get(&at.file.path) else { return false };
    if document.file.text != at.file.text || at.span == (0..0) {
        return document.file.text == at.file.text;
    }
    let name = at.pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let is_name = at.file.text.get(at.span.clone()) == Some(&*json!(name).to_string());
    document.value.pointer(&at.pointer).is_some_and(|value| is_name || value.span == at.span)
}
