//! One event keeps its version in another place.

use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::evolution::events::{Pair, Side};
use crate::evolution::facts::Fact;
use crate::evolution::report::Finding;
use crate::evolution::stated;

pub(super) fn check(pair: &Pair<'_>, _: &[Fact], found: &mut Vec<Finding>) {
    let is_own = [&pair.old, &pair.new].iter().any(|side| side.event.says.version_at.is_some());
    let [old, new] = [&pair.old, &pair.new].map(|side| stated::place(side.system, side.event));
    // Where no event has a place of its own, the envelope has moved, which is said once.
    let (Some(old), true) = (old, is_own && old != new) else { return };
    let now = new.map_or_else(|| "nowhere".to_owned(), |new| format!("at `{new}`"));
    let message = format!("`{}` states its version {now}, no longer at `{old}`", pair.new.event.name.wire);
    let [before, after] = [&pair.old, &pair.new].map(said_at);
    let diagnostic = Diagnostic::new(Rule::VERSION_MOVED, &after, message)
        .label("now")
        .related(&before, "before")
        .help("leave it where it is: consumers of today look there before they read anything else");
    found.push(pair.finding(diagnostic, "", &[]));
}

/// Where this is said: in `x-event`, else in `system.json`.
fn said_at(side: &Side<'_>) -> Location {
    let of_system = || side.loaded.folder.place(&format!("{}/system.json", side.system.name.wire), "/envelope/version");
    let own = side.event.says.version_at.is_some().then(|| side.says("versionAt"));
    own.or_else(of_system).unwrap_or_else(|| side.event.at.clone())
}
