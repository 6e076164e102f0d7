//! The partition is chosen by another member.

use crate::diagnostic::Rule;
use crate::evolution::events::Pair;
use crate::evolution::facts::Fact;
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, _: &[Fact], found: &mut Vec<Finding>) {
    let (old, new) = (&pair.old.event.says.partition_key.0, &pair.new.event.says.partition_key.0);
    if old == new {
        return;
    }
    let message = format!("the partition key of `{}` is `{new}`, no longer `{old}`", pair.new.event.name.wire);
    let diagnostic = pair
        .says_otherwise(Rule::PARTITION_KEY_CHANGED, "partitionKey", message)
        .note("events of one thing are in two partitions for a while, and their order is not kept")
        .help("let consumers catch up before producers change, or make a new topic");
    found.push(pair.finding(diagnostic, "", &[]));
}
