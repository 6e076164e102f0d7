//! Two contracts: which system, topic and event of the one is which of the other.

use crate::Loaded;
use crate::contract::manifest::Topic;
use crate::contract::{Event, System};
use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::evolution::api::Answer;
use crate::evolution::events::{Pair, Side};
use crate::evolution::report::{Finding, Order, Report, Rollout, Subject};
use crate::evolution::{policy, rules};
use crate::source::join;
use crate::waivers::{Day, Waivers};

/// Compares two contracts, `old` being what is deployed and retained. Waivers of the new one have the last word, by today's
/// light: expired ones waive nothing, and they and unused ones are findings.
#[must_use]
pub fn changes(old: &Loaded, new: &Loaded, today: Day) -> Report {
    let mut report = Report::default();
    for systems in systems(old, new) {
        let mut found = Vec::new();
        rules::check_system(&systems, &mut found);
        for pair in systems.events() {
            let findings = pair.findings();
            report.compared.push(pair.compared());
            report.rollout.extend(pair.rollout(&findings));
            found.extend(findings);
        }
        report.rollout.extend(systems.new_majors().map(|event| rollout_of_major(systems.new.system, event)));
        let mut answer = Answer::of(&systems);
        answer.tell(&mut found);
        found.extend(answer.untold(&systems));
        policy::apply(&report.compared, &mut found);
        systems.waive(found, today, &mut report, |rule| !rule.is_of_versions());
    }
    for gone in gone_systems(old, new) {
        rules::check_gone(&gone, &mut report.findings);
    }
    report
}

/// In which order a new major version is deployed: who knows only older ones refuses it.
pub(super) fn rollout_of_major(system: &System, event: &Event) -> Rollout {
    let (first, then) = (event.says.consumers.clone(), event.says.producers.clone());
    Rollout {
        system: system.name.wire.clone(),
        topic: system.topics[event.topic].name.wire.clone(),
        event: event.name.wire.clone(),
        major: event.major,
        order: Some(Order { first, then, after: None }),
    }
}

/// The systems that both contracts have.
pub(super) fn systems<'a>(old: &'a Loaded, new: &'a Loaded) -> impl Iterator<Item = Systems<'a>> {
    new.contract.systems.iter().filter_map(move |system| {
        let before = old.contract.systems.iter().find(|before| before.name.wire == system.name.wire)?;
        Some(Systems { old: Half { loaded: old, system: before }, new: Half { loaded: new, system } })
    })
}

/// The systems that only the old contract has.
pub(super) fn gone_systems<'a>(old: &'a Loaded, new: &'a Loaded) -> impl Iterator<Item = Half<'a>> {
    let is_gone = |gone: &&System| !new.contract.systems.iter().any(|system| system.name.wire == gone.name.wire);
    old.contract.systems.iter().filter(is_gone).map(move |system| Half { loaded: old, system })
}

/// A system that both contracts have.
pub(super) struct Systems<'a> {
    pub(super) old: Half<'a>,
    pub(super) new: Half<'a>,
}

/// A system as one of the contracts has it.
pub(super) struct Half<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) system: &'a System,
}

impl<'a> Systems<'a> {
    /// Passes on what no waiver covers, and what is wrong with the waivers of rules that were checked.
    pub(super) fn waive(&self, found: Vec<Finding>, today: Day, report: &mut Report, is_checked: fn(&Rule) -> bool) {
        let Some(manifest) = self.new.loaded.folder.documents.get(&self.new.manifest_path()) else { return };
        let waivers = Waivers { manifest, all: &self.new.system.manifest.waivers, today };
        let sifted = waivers.sift(found, |waiver, finding| finding.is_covered_by(waiver));
        report.findings.extend(sifted.left);
        report.waived.extend(sifted.waived);
        for (index, used) in sifted.used.into_iter().enumerate() {
            let rule = Rule::find(&waivers.all[index].rule).filter(|rule| rule.is_of_evolution() && is_checked(rule));
            if let Some(wrong) = rule.and_then(|rule| waivers.judge(index, rule, used)) {
                report.findings.push(self.finding(wrong, "", None));
            }
        }
    }

    /// Events that both have: of the same topic, type and major version, wherever their files stand.
    pub(super) fn events(&self) -> impl Iterator<Item = Pair<'a>> {
        self.new.system.events.iter().filter_map(|event| {
            let other = self.old.system.events.iter().find(|other| self.is_same(other, event))?;
            let old = Side { loaded: self.old.loaded, system: self.old.system, event: other };
            Some(Pair { old, new: Side { loaded: self.new.loaded, system: self.new.system, event } })
        })
    }

    fn is_same(&self, old: &Event, new: &Event) -> bool {
        old.major == new.major && self.is_same_type(old, new)
    }

    /// Whether these are the same event, in whichever major versions.
    pub(super) fn is_same_type(&self, old: &Event, new: &Event) -> bool {
        old.name.wire == new.name.wire && self.old.topic(old) == self.new.topic(new)
    }

    /// Events that only the old contract has.
    pub(super) fn gone_events(&self) -> impl Iterator<Item = &'a Event> {
        let is_gone = |old: &&Event| !self.new.system.events.iter().any(|new| self.is_same(old, new));
        self.old.system.events.iter().filter(is_gone)
    }

    /// Events that only the new contract has.
    pub(super) fn new_events(&self) -> impl Iterator<Item = &'a Event> {
        let is_new = |new: &&Event| !self.old.system.events.iter().any(|old| self.is_same(old, new));
        self.new.system.events.iter().filter(is_new)
    }

    /// Major versions that only the new contract has, of events of which the old one has an earlier one.
    fn new_majors(&self) -> impl Iterator<Item = &'a Event> {
        let is_later = |old: &Event, new: &Event| self.is_same_type(old, new) && old.major < new.major;
        self.new_events().filter(move |new| self.old.system.events.iter().any(|old| is_later(old, new)))
    }

    /// Whether an event that has gone and one that has come differ in nothing but the type.
    pub(super) fn is_twin(&self, gone: &Event, come: &Event) -> bool {
        let without_name = |event: &Event| event.schema.replace(&format!("\"{}\"", event.name.wire), "");
        self.old.topic(gone) == self.new.topic(come) && without_name(gone) == without_name(come)
    }

    /// Topics that both have.
    pub(super) fn topics(&self) -> impl Iterator<Item = (&'a str, &'a Topic, &'a Topic)> {
        let news = &self.new.system.manifest.topics;
        self.old.system.manifest.topics.iter().filter_map(|(name, old)| Some((name.as_str(), old, news.get(name)?)))
    }

    pub(super) fn finding(&self, diagnostic: Diagnostic, topic: &str, event: Option<&Event>) -> Finding {
        self.finding_of(diagnostic, topic, event, "")
    }

    /// A finding about something of a name, of which a place may have several.
    pub(super) fn finding_of(&self, diagnostic: Diagnostic, topic: &str, event: Option<&Event>, name: &str) -> Finding {
        let subject = Subject {
            system: &self.new.system.name.wire,
            topic,
            event: event.map_or("", |event| &event.name.wire),
            major: event.map(|event| event.major),
            from: None,
            pointer: &diagnostic.at.as_ref().map(|at| at.pointer.clone()).unwrap_or_default(),
            keyword: name,
        };
        Finding::new(diagnostic, &subject, Vec::new())
    }

    /// A finding about a member of `system.json` that may have gone.
    pub(super) fn finding_in_manifest(&self, diagnostic: Diagnostic, topic: &str, way: &[&str]) -> Finding {
        let system = &self.new.system.name.wire;
        let pointer = way.iter().fold(String::new(), |at, name| join(&at, name));
        let subject = Subject { system, topic, event: "", major: None, from: None, pointer: &pointer, keyword: "" };
        Finding::new(diagnostic, &subject, Vec::new())
    }
}

impl Half<'_> {
    fn topic(&self, event: &Event) -> &str {
        &self.system.topics[event.topic].name.wire
    }

    /// `system.json`, relative to the schema folder.
    pub(super) fn manifest_path(&self) -> String {
        format!("{}/system.json", self.system.name.wire)
    }

    /// A place in `system.json`, or the nearest above it that is there.
    pub(super) fn manifest(&self, way: &[&str]) -> Location {
        let path = self.manifest_path();
        let pointers =
            (0..=way.len()).rev().map(|count| way[..count].iter().fold(String::new(), |at, name| join(&at, name)));
        let place = pointers.into_iter().find_map(|pointer| self.loaded.folder.place(&path, &pointer));
        place.unwrap_or_else(|| Location::start_of(&self.system.file))
    }

    /// A place in a file of the contract.
    pub(super) fn place(&self, path: &str, pointer: &str) -> Location {
        let place = self.loaded.folder.place(path, pointer);
        place.unwrap_or_else(|| Location::start_of(&self.system.file))
    }
}
