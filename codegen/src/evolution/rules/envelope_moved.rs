//! The envelope keeps something in another place.

use crate::contract::manifest::{Envelope, Pointer};
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::report::Finding;

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    let (old, new) = (&systems.old.system.manifest.envelope, &systems.new.system.manifest.envelope);
    for ((part, before), (_, after)) in places(old).into_iter().zip(places(new)) {
        // What was nowhere is not missed by anybody.
        let Some(before) = before.filter(|before| Some(*before) != after) else { continue };
        let now = after.map_or_else(|| "nowhere".to_owned(), |after| format!("at `{}`", after.0));
        let diagnostic = Diagnostic::new(
            Rule::ENVELOPE_MOVED,
            &systems.new.manifest(&["envelope"]),
            format!(
                "`{part}` of the envelope of `{}` is {now}, no longer at `{}`",
                systems.new.system.name.wire, before.0
            ),
        )
        .label("routers look here from now on")
        .related(&systems.old.manifest(&["envelope", part]), "routers of today look here")
        .help(
            "leave the envelope as it is; a new one belongs to a new system, or to a new major version of every event",
        );
        found.push(systems.finding(diagnostic, "", None));
    }
}

fn places(envelope: &Envelope) -> [(&'static str, Option<&Pointer>); 7] {
    [
        ("type", Some(&envelope.event_type)),
        ("version", envelope.version.as_ref()),
        ("time", envelope.time.as_ref()),
        ("payload", Some(&envelope.payload)),
        ("id", envelope.id.as_ref()),
        ("correlation", envelope.correlation.as_ref()),
        ("causation", envelope.causation.as_ref()),
    ]
}
