//! The version is lower than it was.

use crate::diagnostic::Rule;
use crate::evolution::events::Pair;
use crate::evolution::facts::Fact;
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, _: &[Fact], found: &mut Vec<Finding>) {
    if !pair.raised().is_lt() {
        return;
    }
    let message = format!(
        "the version of `{}` is {}, lower than {}",
        pair.new.event.name.wire,
        pair.new.version(),
        pair.old.version()
    );
    let diagnostic = pair
        .says_otherwise(Rule::VERSION_LOWERED, "version", message)
        .help("versions only grow; set it to that of the baseline, or higher");
    found.push(pair.finding(diagnostic, "", &[]));
}
