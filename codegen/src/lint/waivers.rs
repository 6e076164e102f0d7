//! Which findings of the linter a waiver covers, and which waivers are none of its business.

use super::{CHECKS, Day, Linted, Subject, subjects};
use crate::Loaded;
use crate::contract::Event;
use crate::contract::manifest::Waiver;
use crate::diagnostic::{Diagnostic, Level, Location, Rule};
use crate::examples;
use crate::waivers::{Acceptance, Terms, Waivers, is_within};

/// Passes on what no waiver covers, and what is wrong with the waivers themselves.
pub(super) fn apply(subject: &Subject<'_>, findings: Vec<Diagnostic>, today: Day, linted: &mut Linted) {
    let waivers = Waivers { manifest: subject.manifest, all: &subject.system.manifest.waivers, today };
    let sifted = waivers.sift(findings, |waiver, finding| covers(subject, waiver, finding));
    sifted.left.into_iter().for_each(|finding| linted.found.push(finding));
    linted.waived.extend(sifted.waived);
    for (index, used) in sifted.used.into_iter().enumerate() {
        if let Some(finding) = judge(&waivers, index, used) {
            linted.found.push(finding);
        }
    }
}

/// What `system.json` of each system has to say so that findings are accepted: waivers as narrow as the findings, at the end of
/// those that are there. A waiver that has expired is said anew in its place. What stops generation cannot be accepted.
///
/// ```
/// use event_contracts_codegen::lint::{self, Day, Terms};
/// use event_contracts_codegen::load;
///
/// let contracts = load("../schemas".as_ref()).unwrap();
/// let (today, until) = (Day::parse("2027-01-01").unwrap(), Day::parse("2027-03-31").unwrap());
/// let found = lint::lint(&contracts, today).found;
/// let terms = Terms { reason: "before the check".to_owned(), owner: "shop".to_owned(), until };
/// assert_eq!(lint::accept(&contracts, found.iter(), &terms), []);
/// ```
#[must_use]
pub fn accept<'a>(
    loaded: &Loaded,
    findings: impl IntoIterator<Item = &'a Diagnostic>,
    terms: &Terms,
) -> Vec<Acceptance> {
    let findings = findings.into_iter().filter(|finding| CHECKS.iter().any(|(rule, _)| *rule == finding.rule));
    let findings: Vec<&Diagnostic> = findings.collect();
    let accepted = subjects(loaded).filter_map(|subject| {
        let folder = format!("{}/", subject.system.name.wire);
        let files = subject.folder.documents.iter().filter(|(path, _)| path.starts_with(&folder));
        let files: Vec<&str> = files.map(|(_, document)| document.file.path.as_str()).collect();
        let is_here =
            |finding: &&&Diagnostic| finding.at.as_ref().is_some_and(|at| files.contains(&at.file.path.as_str()));
        let of_system: Vec<&Diagnostic> = findings.iter().filter(is_here).copied().collect();
        let narrow = |finding: &&Diagnostic| {
            let at = finding.at.as_ref();
            let event = at.and_then(|at| subject.system.events.iter().find(|event| concerns(event, at)));
            let place = at.map(|at| at.pointer.clone()).unwrap_or_default();
            (finding.rule.id, event.map(|event| event.name.wire.clone()), place)
        };
        terms.accept(subject.folder, subject.system, &of_system, |waiver, one| covers(&subject, waiver, one), narrow)
    });
    accepted.collect()
}

/// Whether a waiver speaks of this rule, this event and this place or one around it.
fn covers(subject: &Subject<'_>, waiver: &Waiver, finding: &Diagnostic) -> bool {
    let Some(at) = &finding.at else { return false };
    let concerned =
        |wanted: &String| subject.system.events.iter().any(|event| event.name.wire == *wanted && concerns(event, at));
    waiver.rule == finding.rule.id && is_within(waiver, &at.pointer) && waiver.event.as_ref().is_none_or(concerned)
}

/// Whether a place is in the schema of an event or in one of its examples.
fn concerns(event: &Event, at: &Location) -> bool {
    let (schema, place) = (&event.at.file.path, &at.file.path);
    let root = schema.strip_suffix(event.path.as_str());
    place == schema
        || root
            .and_then(|root| place.strip_prefix(root))
            .is_some_and(|place| place.starts_with(&examples::folder_of(event)))
}

fn judge(waivers: &Waivers<'_>, index: usize, used: bool) -> Option<Diagnostic> {
    let id = &waivers.all[index].rule;
    let Some(rule) = Rule::find(id) else {
        let finding = waivers.unused(index, format!("there is no rule `{id}`"));
        return Some(finding.help("`cargo contracts explain` lists all rules"));
    };
    if CHECKS.iter().any(|(checked, _)| *checked == rule) {
        return waivers.judge(index, rule, used);
    }
    // Rules of evolution are checked where two contracts meet.
    (rule.level == Level::Error && !rule.is_of_evolution()).then(|| {
        let finding = waivers.unused(index, format!("`{} {}` cannot be waived", rule.id, rule.name));
        finding.help("it stops generation; mend what it finds")
    })
}
