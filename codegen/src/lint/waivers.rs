//! EV900, EV901: a waiver hides findings up to its last day. One that hides nothing hides the next mistake.

use super::{CHECKS, Day, Subject, examples};
use crate::contract::Event;
use crate::contract::manifest::Waiver;
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Location, RULES, Rule};

/// Passes on what no waiver covers, and what is wrong with the waivers themselves.
pub(super) fn apply(subject: &Subject<'_>, findings: Vec<Diagnostic>, today: Day, found: &mut Diagnostics) {
    let waivers = &subject.system.manifest.waivers;
    let mut used = vec![false; waivers.len()];
    for finding in findings {
        let covering: Vec<usize> =
            (0..waivers.len()).filter(|index| covers(subject, &waivers[*index], &finding)).collect();
        for index in &covering {
            used[*index] = true;
        }
        if !covering.iter().any(|index| is_current(&waivers[*index], today)) {
            found.push(finding);
        }
    }
    for (index, waiver) in waivers.iter().enumerate() {
        if let Some(finding) = judge(subject, index, waiver, used[index], today) {
            found.push(finding);
        }
    }
}

fn is_current(waiver: &Waiver, today: Day) -> bool {
    Day::parse(&waiver.until).is_some_and(|until| today <= until)
}

/// Whether a waiver speaks of this rule, this event and this place or one around it.
fn covers(subject: &Subject<'_>, waiver: &Waiver, finding: &Diagnostic) -> bool {
    let Some(at) = &finding.at else { return false };
    let here =
        at.pointer.strip_prefix(waiver.pointer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let concerned =
        |wanted: &String| subject.system.events.iter().any(|event| event.name.wire == *wanted && concerns(event, at));
    waiver.rule == finding.rule.id && here && waiver.event.as_ref().is_none_or(concerned)
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

fn judge(subject: &Subject<'_>, index: usize, waiver: &Waiver, used: bool, today: Day) -> Option<Diagnostic> {
    let at = |member: &str| {
        let pointer = format!("/waivers/{index}/{member}");
        let value = subject.manifest.value.pointer(&pointer).unwrap_or(&subject.manifest.value);
        subject.manifest.at(&pointer, value)
    };
    let unused = |message: String| Diagnostic::new(Rule::WAIVER_UNUSED, &at("rule"), message).label("this waiver");
    let Some(rule) = Rule::find(&waiver.rule) else {
        // Rules of evolution have ids of their own families and are checked where two contracts meet.
        let of_evolution = waiver.rule.starts_with("EV0") || waiver.rule.starts_with("EV1");
        let finding = unused(format!("there is no rule `{}`", waiver.rule));
        return (!of_evolution).then(|| finding.help("`cargo contracts explain` lists all rules"));
    };
    if !CHECKS.iter().any(|(checked, _)| *checked == rule) {
        let is_error = rule.level == Level::Error && RULES.contains(&rule);
        return is_error.then(|| {
            unused(format!("`{} {}` cannot be waived", rule.id, rule.name))
                .help("it stops generation; mend what it finds")
        });
    }
    if Day::parse(&waiver.until).is_none() {
        let finding = Diagnostic::new(
            Rule::WAIVER_EXPIRED,
            &at("until"),
            format!("`{}` is no day of the calendar", waiver.until),
        );
        return Some(finding.label("not a day").help("write the last day on which it counts: `2027-12-31`"));
    }
    if !used {
        return Some(
            unused(format!("this waiver of `{} {}` waives nothing", rule.id, rule.name))
                .help("remove it: what it was for is gone, or its `event` or `pointer` names another place"),
        );
    }
    (!is_current(waiver, today)).then(|| {
        Diagnostic::new(
            Rule::WAIVER_EXPIRED,
            &at("until"),
            format!("this waiver of `{} {}` has expired", rule.id, rule.name),
        )
        .label("its last day")
        .note(format!("{} answers for it: {}", waiver.owner, waiver.reason))
        .help("mend what it waived, or decide anew until when it is accepted")
    })
}
