//! The version was raised as if nobody broke.

use crate::contract::manifest::Scheme;
use crate::diagnostic::Rule;
use crate::evolution::events::Pair;
use crate::evolution::facts::Fact;
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, _: &[Fact], found: &mut Vec<Finding>) {
    // Without a higher version, what breaks is said, and nobody has claimed anything.
    let demands = pair.new.demands();
    let mut breaks = found.iter().flat_map(|finding| &finding.breaks);
    // Who breaks in a direction that the policy does not ask about was promised nothing.
    if !pair.is_raised() || !breaks.any(|one| demands.asks_for(one.direction)) {
        return;
    }
    let (name, next) = (&pair.new.event.name.wire, pair.new.event.major + 1);
    let (promise, help) = match pair.new.system.manifest.versioning.scheme {
        Scheme::Integer => (
            "a higher number promises that members were added, and nothing else",
            "no version of this scheme stands for it: keep what there was, or describe an event of another type"
                .to_owned(),
        ),
        Scheme::MajorMinor | Scheme::None => (
            "a higher minor version promises that nobody breaks",
            format!(
                "this asks for version {next}.0: leave this file as it was, and describe it in `{name}.v{next}.schema.json`"
            ),
        ),
    };
    let message = format!("`{name}` has version {} now, and somebody breaks by what it stands for", pair.new.version());
    let diagnostic = pair.says_otherwise(Rule::VERSION_RAISED_TOO_LITTLE, "version", message).label(promise).help(help);
    found.push(pair.finding(diagnostic, "", &[]));
}
