//! Members may be added without a word, where the version told so far.

use crate::contract::manifest::Additions;
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    let [old, new] = [&systems.old, &systems.new].map(|half| half.system.manifest.versioning.additions);
    let are_told = |additions| matches!(additions, Some(Additions::Bump | Additions::Minor));
    // To promise more misleads nobody.
    if !are_told(old) || are_told(new) {
        return;
    }
    let diagnostic = Diagnostic::new(
        Rule::ADDITIONS_CHANGED,
        &systems.new.manifest(&["versioning", "additions"]),
        format!("a member that is added asks for no higher version in `{}` any more", systems.new.system.name.wire),
    )
    .label("versions tell less from now on")
    .related(&systems.old.manifest(&["versioning", "additions"]), "consumers may rely on this")
    .help("ask who looks at versions to know what an event holds, before they tell less");
    found.push(systems.finding(diagnostic, "", None));
}
