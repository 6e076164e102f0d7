//! Versions look otherwise in a whole system.

use crate::contract::manifest::Scheme;
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    let [old, new] = [&systems.old, &systems.new].map(|half| half.system.manifest.versioning.scheme);
    if old == new {
        return;
    }
    let diagnostic = Diagnostic::new(
        Rule::SCHEME_CHANGED,
        &systems.new.manifest(&["versioning", "scheme"]),
        format!(
            "versions of `{}` follow the scheme {}, no longer {}",
            systems.new.system.name.wire,
            name(new),
            name(old)
        ),
    )
    .label("from now on")
    .related(&systems.old.manifest(&["versioning", "scheme"]), "services of today know only these")
    .help("leave the scheme as it is: a version of the one cannot be told from one of the other, nor compared with it");
    found.push(systems.finding(diagnostic, "", None));
}

fn name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Integer => "`integer`",
        Scheme::MajorMinor => "`major.minor`",
        Scheme::None => "`none`",
    }
}
