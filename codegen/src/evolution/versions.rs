//! Major versions of an event that live side by side: what an upcaster has to make up for, and whether there is one.

use crate::Loaded;
use crate::contract::{Event, System};
use crate::diagnostic::{Diagnostic, Location};
use crate::evolution::contracts::{rollout_of_major, systems};
use crate::evolution::events::{Pair, Side};
use crate::evolution::report::{Finding, Report, Subject};
use crate::evolution::upcasters::Upcasters;
use crate::evolution::{policy, rules};
use crate::source::RustFiles;
use crate::waivers::Day;

/// Compares, inside one contract, every major version of an event with every later one.
///
/// Who reads the later one meets events of the older one, and reads them through upcasters, which are looked for in `rust`.
/// A step without an upcaster is a finding, and so is whatever lies beyond it; differences for which upcasters make up, or for
/// whose lack a waiver accounts, are told apart, in [`Report::mitigated`]. Consumers of an older version refuse a later one
/// whatever it says: that is no finding, but an order of deployment.
///
/// ```no_run
/// use std::time::SystemTime;
///
/// use event_contracts_codegen::source::RustFiles;
/// use event_contracts_codegen::{evolution, lint};
///
/// let schemas = "schemas".as_ref();
/// let loaded = event_contracts_codegen::load(schemas)?;
/// let rust = RustFiles::around(schemas, evolution::UPCAST)?;
/// let report = evolution::versions(&loaded, rust.as_ref(), lint::Day::of(SystemTime::now()));
/// for finding in &report.mitigated {
///     println!("{}: {}", finding.diagnostic.message, finding.diagnostic.notes.join("; "));
/// }
/// # Ok::<(), event_contracts_codegen::diagnostic::Diagnostics>(())
/// ```
#[must_use]
pub fn versions(loaded: &Loaded, rust: Option<&RustFiles>, today: Day) -> Report {
    let upcasters = rust.map(Upcasters::in_files);
    let mut report = Report::default();
    for both in systems(loaded, loaded) {
        let system = both.new.system;
        let newest = system.events.iter().filter(|event| event.newest && event.previous.is_some());
        let chains: Vec<Chain<'_>> = newest.map(|event| Chain::to(event, loaded, system, upcasters.as_ref())).collect();
        let missing = chains.iter().flat_map(|chain| &chain.0).flat_map(Step::findings).collect();
        both.waive(missing, today, &mut report, |rule| rule.is_of_versions());
        let mut found: Vec<Finding> = chains.iter().flat_map(|chain| chain.compare(&mut report)).collect();
        policy::apply(&report.compared, &mut found);
        both.waive(found, today, &mut report, |_| false);
    }
    report
}

/// The word by which a file is worth a look.
pub const UPCAST: &str = "Upcast";

/// A step from one major version of an event to the next.
pub(super) struct Step<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) system: &'a System,
    pub(super) older: &'a Event,
    pub(super) newer: &'a Event,
    /// Where its upcaster stands.
    pub(super) upcaster: Option<Location>,
    /// What was looked through for it, in a sentence.
    pub(super) searched: Option<String>,
}

impl Step<'_> {
    fn findings(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        rules::check_step(self, &mut found);
        found
    }

    pub(super) fn finding(&self, diagnostic: Diagnostic) -> Finding {
        let subject = Subject {
            system: &self.system.name.wire,
            topic: &self.system.topics[self.newer.topic].name.wire,
            event: &self.newer.name.wire,
            major: Some(self.newer.major),
            from: Some(self.older.major),
            pointer: "",
            keyword: "",
        };
        Finding::new(diagnostic, &subject, Vec::new())
    }

    /// The Rust type of one of the two, seen from where the modules of the systems are included.
    pub(super) fn type_of(&self, event: &Event) -> String {
        let module = if event.newest { String::new() } else { format!("v{}::", event.major) };
        format!("{}::{module}{}", self.system.name.rust, event.name.rust)
    }
}

/// All major versions of one event, the oldest first, as steps.
struct Chain<'a>(Vec<Step<'a>>);

impl<'a> Chain<'a> {
    fn to(newest: &'a Event, loaded: &'a Loaded, system: &'a System, upcasters: Option<&Upcasters<'_>>) -> Self {
        let mut steps = Vec::new();
        let mut newer = newest;
        while let Some(older) = newer.previous.map(|index| &system.events[index]) {
            let searched = upcasters.map(Upcasters::searched);
            let mut step = Step { loaded, system, older, newer, upcaster: None, searched };
            step.upcaster = upcasters.and_then(|upcasters| upcasters.find(&step));
            steps.push(step);
            newer = older;
        }
        steps.reverse();
        Self(steps)
    }

    /// Compares every version with every later one; gives what no upcaster makes up for.
    fn compare(&self, report: &mut Report) -> Vec<Finding> {
        let mut found = Vec::new();
        let is_told = |step: &Step<'_>, report: &Report| step.findings().iter().any(|finding| report.is_told(finding));
        let open: Vec<bool> = self.0.iter().map(|step| is_told(step, report)).collect();
        for (first, last) in (0..self.0.len()).flat_map(|last| (0..=last).rev().map(move |first| (first, last))) {
            let pair = self.pair(first, last);
            let findings = pair.findings();
            report.compared.push(pair.compared());
            if open[first..=last].contains(&true) {
                found.extend(findings);
            } else {
                let steps = &self.0[first..=last];
                report.mitigated.extend(findings.into_iter().map(|finding| mitigated(finding, steps)));
            }
        }
        report.rollout.extend(self.0.iter().map(|step| rollout_of_major(step.system, step.newer)));
        found
    }

    fn pair(&self, first: usize, last: usize) -> Pair<'a> {
        let (from, to) = (&self.0[first], &self.0[last]);
        let side = |event| Side { loaded: to.loaded, system: to.system, event };
        Pair { old: side(from.older), new: side(to.newer) }
    }
}

/// A finding with whom to thank that nobody breaks.
fn mitigated(mut finding: Finding, steps: &[Step<'_>]) -> Finding {
    let by = steps.iter().map(|step| match &step.upcaster {
        Some(at) => at.to_string(),
        None => format!("a waiver in {}", step.system.file.path),
    });
    finding.mitigated_by = by.collect();
    finding.diagnostic.help.clear();
    finding.diagnostic = finding.diagnostic.note(format!("mitigated by {}", finding.mitigated_by.join(", ")));
    finding
}
