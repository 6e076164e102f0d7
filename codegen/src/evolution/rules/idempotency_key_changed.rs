//! Other members make two deliveries one fact.

use crate::diagnostic::Rule;
use crate::evolution::events::Pair;
use crate::evolution::facts::Fact;
use crate::evolution::report::Finding;

pub(super) fn check(pair: &Pair<'_>, _: &[Fact], found: &mut Vec<Finding>) {
    let [old, new] = [&pair.old, &pair.new].map(|side| {
        let members = side.event.says.idempotency_key.iter().map(|pointer| format!("`{}`", pointer.0));
        members.collect::<Vec<_>>().join(", ")
    });
    if old == new {
        return;
    }
    let message = format!("the idempotency key of `{}` is {new}, no longer {old}", pair.new.event.name.wire);
    let diagnostic = pair
        .says_otherwise(Rule::IDEMPOTENCY_KEY_CHANGED, "idempotencyKey", message)
    .note("what consumers have stored does not tell a duplicate any more: events that are delivered again take effect again")
    .help("keep the key; where it was wrong, let every consumer drain its topic before the change");
    found.push(pair.finding(diagnostic, "", &[]));
}
