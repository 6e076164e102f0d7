//! The version was raised as if nobody broke.

use crate::contract::manifest::Scheme;
use crate::diagnostic::Rule;
use crate::evolution::events::Pair;
use crate::evolution::facts::Fact;
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, _: &[Fact], found: &mut Vec<Finding>) {
    let demands = pair.new.demands();
    let is_broken = found.iter().flat_map(|finding| &finding.breaks).any(|one| demands.asks_for(one.direction));
    // Without a higher version, what breaks is said, and nobody has claimed anything.
    // Who breaks in a direction that the policy does not ask about was promised nothing.
    if !pair.is_raised() || !is_broken {
        return;
    }
    let name = &pair.new.event.name.wire;
    // A major version that others know holds something else.
    let known = pair.old.system.events.iter().filter(|event| event.name.wire == *name).map(|event| event.major);
    let next = known.max().unwrap_or(pair.new.event.major) + 1;
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
