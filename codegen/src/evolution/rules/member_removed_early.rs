//! A member was removed within a major version: nobody may break by it, but it was promised to stay.

use crate::contract::manifest::Scheme;
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::events::Pair;
use crate::evolution::facts::{Change, Fact};
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, facts: &[Fact], found: &mut Vec<Finding>) {
    let promise = match pair.new.system.manifest.versioning.scheme {
        Scheme::Integer => "members are only ever added",
        Scheme::MajorMinor => "members stay until the next major version",
        Scheme::None => return,
    };
    for fact in facts {
        let Change::MemberRemoved { name, deprecated, required: false } = &fact.change else { continue };
        let was = if *deprecated {
            "it was deprecated, and kept until the next major version"
        } else {
            "events could have it"
        };
        let diagnostic = Diagnostic::new(
            Rule::MEMBER_REMOVED_EARLY,
            &fact.new,
            format!(
                "`{name}` of `{}` was removed within the major version {}",
                pair.new.event.name.wire, pair.new.event.major
            ),
        )
        .label(format!("{promise} in this system"))
        .related(&fact.old, was)
        .help("keep the member, call it `deprecated`, and leave it out of the next major version");
        found.push(pair.finding(diagnostic, &fact.pointer, &[]));
    }
}
