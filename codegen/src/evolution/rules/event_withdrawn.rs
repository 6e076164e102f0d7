//! An event that is published is only planned again.

use crate::contract::manifest::Status;
use crate::diagnostic::Rule;
use crate::evolution::events::Pair;
use crate::evolution::facts::Fact;
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, _: &[Fact], found: &mut Vec<Finding>) {
    let (old, new) = (&pair.old.event.says, &pair.new.event.says);
    if new.status != Status::Planned || old.status == Status::Planned {
        return;
    }
    let message = format!("`{}` was {}, and is only planned now", pair.new.event.name.wire, old.status.as_str());
    let diagnostic = pair
        .says_otherwise(Rule::EVENT_WITHDRAWN, "status", message)
        .note("producers that take this contract cannot publish it: `encode` refuses what is planned")
        .note("edits of a planned event are free, so nothing would protect the events that are retained")
        .help("set it to `deprecated` as long as events of it are retained, and remove it then");
    found.push(pair.finding(diagnostic, "", &[]));
}
