//! The version is higher, and nothing has changed.

use crate::diagnostic::Rule;
use crate::evolution::events::Pair;
use crate::evolution::facts::Fact;
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, facts: &[Fact], found: &mut Vec<Finding>) {
    if !pair.is_raised() || !facts.is_empty() {
        return;
    }
    let message = format!(
        "the version of `{}` is {}, and its schema is what it was",
        pair.new.event.name.wire,
        pair.new.version()
    );
    let diagnostic = pair
        .says_otherwise(Rule::VERSION_RAISED_EARLY, "version", message)
        .help("raise the version together with the change that it stands for");
    found.push(pair.finding(diagnostic, "", &[]));
}
