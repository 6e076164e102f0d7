//! The version is lower than it was.

use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::events::Pair;
use crate::evolution::facts::Fact;
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, _: &[Fact], found: &mut Vec<Finding>) {
    if pair.old.number() <= pair.new.number() {
        return;
    }
    let diagnostic = Diagnostic::new(
        Rule::VERSION_LOWERED,
        &pair.new.says("version"),
        format!(
            "the version of `{}` is {}, lower than {}",
            pair.new.event.name.wire,
            pair.new.version(),
            pair.old.version()
        ),
    )
    .label("now")
    .related(&pair.old.says("version"), "before")
    .help("versions only grow; set it to that of the baseline, or higher");
    found.push(pair.finding(diagnostic, "", &[]));
}
