//! Members were added, and the version does not tell.

use crate::contract::manifest::Additions;
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::events::Pair;
use crate::evolution::facts::{Change, Fact};
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, facts: &[Fact], found: &mut Vec<Finding>) {
    let wanted = match pair.new.system.manifest.versioning.additions {
        Some(Additions::Bump) => "a higher version",
        Some(Additions::Minor) => "a higher minor version",
        Some(Additions::Free) | None => return,
    };
    let added: Vec<&Fact> = facts.iter().filter(|fact| matches!(fact.change, Change::MemberAdded { .. })).collect();
    let (Some(first), false) = (added.first(), pair.is_raised()) else { return };
    let diagnostic = Diagnostic::new(
        Rule::VERSION_NOT_RAISED,
        &pair.new.says("version"),
        format!("`{}` has new members and still the version {}", pair.new.event.name.wire, pair.new.version()),
    )
    .label(format!("members that are added ask for {wanted} here"))
    .related(&first.new, format!("new at `{}`", first.pointer))
    .help("raise `version` in `x-event`");
    found.push(pair.finding(diagnostic, "", &[]));
}
