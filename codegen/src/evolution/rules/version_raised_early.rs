//! The version is higher, and nothing has changed.

use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::events::Pair;
use crate::evolution::facts::Fact;
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, facts: &[Fact], found: &mut Vec<Finding>) {
    if !pair.is_raised() || !facts.is_empty() {
        return;
    }
    let diagnostic = Diagnostic::new(
        Rule::VERSION_RAISED_EARLY,
        &pair.new.says("version"),
        format!(
            "the version of `{}` is {}, and its schema is what it was",
            pair.new.event.name.wire,
            pair.new.version()
        ),
    )
    .label("raised")
    .related(&pair.old.says("version"), "before")
    .help("raise the version together with the change that it stands for");
    found.push(pair.finding(diagnostic, "", &[]));
}
