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
        let way = ["envelope", part];
        let diagnostic = Diagnostic::new(
            Rule::ENVELOPE_MOVED,
            &systems.new.manifest(&way),
            format!(
                "`{part}` of the envelope of `{}` is {now}, no longer at `{}`",
                systems.new.system.name.wire, before.0
            ),
        )
        .label("routers look here from now on")
        .related(&systems.old.manifest(&way), "routers of today look here")
        .help(
            "leave the envelope as it is; a new one belongs to a new system, or to a new major version of every event",
        );
        found.push(systems.finding_in_manifest(diagnostic, "", &way));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::manifest::meta_schemas;

    #[test]
    fn every_place_that_a_manifest_can_name_is_looked_at() {
        let [(_, manifest), _] = meta_schemas();
        let named = manifest["$defs"]["Envelope"]["properties"].as_object().unwrap();
        let members =
            named.keys().filter(|name| *name != "schema").map(|name| (name.clone(), format!("/{name}").into()));
        let mut all: serde_json::Map<String, serde_json::Value> = members.collect();
        all.insert("schema".to_owned(), "envelope.schema.json".into());
        let envelope: Envelope = serde_json::from_value(all.into()).unwrap();
        let places = places(&envelope);
        for (name, place) in places {
            assert_eq!(place.map(|place| place.0.as_str()), Some(format!("/{name}").as_str()));
        }
        assert_eq!(places.len() + 1, named.len());
    }
}
