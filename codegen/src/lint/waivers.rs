//! Which findings of the linter a waiver covers, and which waivers are none of its business.

use super::{CHECKS, Day, Linted, Subject};
use crate::contract::Event;
use crate::contract::manifest::Waiver;
use crate::diagnostic::{Diagnostic, Level, Location, Rule};
use crate::examples;
use crate::waivers::{Waivers, is_within};

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
