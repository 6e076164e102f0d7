//! EV900, EV901: a waiver hides findings up to its last day. One that hides nothing hides the next mistake.

mod acceptance;
mod day;
mod edit;

use crate::contract::manifest::Waiver;
use crate::diagnostic::{Diagnostic, Rule};
use crate::source::Document;
pub use acceptance::{Acceptance, Terms};
pub use day::Day;

/// A finding that is accepted.
#[derive(Debug, Clone)]
pub struct Waived<T> {
    /// What was found.
    pub finding: T,
    /// Who accepts it, why and until when.
    pub waiver: Waiver,
}

/// What waivers leave of findings.
pub(crate) struct Sifted<T> {
    /// The findings that no waiver covers which still counts.
    pub(crate) left: Vec<T>,
    pub(crate) waived: Vec<Waived<T>>,
    /// For each waiver, whether it covers any finding at all.
    pub(crate) used: Vec<bool>,
}

/// The waivers of a system.
#[derive(Clone, Copy)]
pub(crate) struct Waivers<'a> {
    /// `system.json`, in which they stand.
    pub(crate) manifest: &'a Document,
    pub(crate) all: &'a [Waiver],
    pub(crate) today: Day,
}

impl Waivers<'_> {
    /// Divides findings by whether a waiver that still counts covers them.
    pub(crate) fn sift<T>(&self, findings: Vec<T>, covers: impl Fn(&Waiver, &T) -> bool) -> Sifted<T> {
        let mut used = vec![false; self.all.len()];
        let (mut left, mut waived) = (Vec::new(), Vec::new());
        for finding in findings {
            let covering: Vec<usize> =
                (0..self.all.len()).filter(|index| covers(&self.all[*index], &finding)).collect();
            for index in &covering {
                used[*index] = true;
            }
            match covering.iter().map(|index| &self.all[*index]).find(|waiver| self.is_current(waiver)) {
                Some(waiver) => waived.push(Waived { finding, waiver: waiver.clone() }),
                None => left.push(finding),
            }
        }
        Sifted { left, waived, used }
    }

    fn is_current(&self, waiver: &Waiver) -> bool {
        Day::parse(&waiver.until).is_some_and(|until| self.today <= until)
    }

    /// What is wrong with a waiver of a rule that was checked.
    pub(crate) fn judge(&self, index: usize, rule: &Rule, used: bool) -> Option<Diagnostic> {
        let waiver = &self.all[index];
        if Day::parse(&waiver.until).is_none() {
            let message = format!("`{}` is no day of the calendar", waiver.until);
            let finding = self.finding(Rule::WAIVER_EXPIRED, index, "until", message);
            return Some(finding.label("not a day").help("write the last day on which it counts: `2027-12-31`"));
        }
        if !used {
            let finding = self.unused(index, format!("this waiver of `{} {}` waives nothing", rule.id, rule.name));
            return Some(finding.help(
                "remove it: what it was for is gone or merged, or its `event` or `pointer` names another place",
            ));
        }
        (!self.is_current(waiver)).then(|| {
            let message = format!("this waiver of `{} {}` has expired", rule.id, rule.name);
            self.finding(Rule::WAIVER_EXPIRED, index, "until", message)
                .label("its last day")
                .note(format!("{} answers for it: {}", waiver.owner, waiver.reason))
                .help("mend what it waived, or decide anew until when it is accepted")
        })
    }

    /// A waiver that has no use.
    pub(crate) fn unused(&self, index: usize, message: String) -> Diagnostic {
        self.finding(Rule::WAIVER_UNUSED, index, "rule", message).label("this waiver")
    }

    fn finding(&self, rule: &'static Rule, index: usize, member: &str, message: String) -> Diagnostic {
        let pointer = format!("/waivers/{index}/{member}");
        let value = self.manifest.value.pointer(&pointer).unwrap_or(&self.manifest.value);
        Diagnostic::new(rule, &self.manifest.at(&pointer, value), message)
    }
}

/// Whether a place is one that a waiver's pointer names, or lies within it.
pub(crate) fn is_within(waiver: &Waiver, pointer: &str) -> bool {
    pointer.strip_prefix(waiver.pointer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
