//! A Kafka header of events is sent no more, or holds something else: headers follow from the members that `envelope` names.

use crate::contract::manifest::{Envelope, Pointer};
use crate::contract::{Event, Offered};
use crate::diagnostic::{Diagnostic, Rule};
use crate::evolution::contracts::Systems;
use crate::evolution::events::Pair;
use crate::evolution::report::{Finding, list};

pub(super) fn check(systems: &Systems<'_>, found: &mut Vec<Finding>) {
    for source in SOURCES {
        let before = |pair: &Pair<'_>| source.of(&systems.old.system.manifest.envelope, pair.old.event);
        let after = |pair: &Pair<'_>| source.of(&systems.new.system.manifest.envelope, pair.new.event);
        let mut changes: Vec<Change> = Vec::new();
        for pair in systems.events() {
            // What was not sent is not missed by anybody.
            let (Some(was), is) = (before(&pair), after(&pair)) else { continue };
            if is.as_ref() == Some(&was) {
                continue;
            }
            let event = pair.new.event.name.wire.clone();
            match changes.iter_mut().find(|change| (&change.was, &change.is) == (&was, &is)) {
                Some(change) if change.events.contains(&event) => {}
                Some(change) => change.events.push(event),
                None => changes.push(Change { was, is, events: vec![event] }),
            }
        }
        found.extend(changes.iter().map(|change| source.finding(systems, change)));
    }
}

/// What a header held and holds, and in which events.
struct Change {
    was: String,
    is: Option<String>,
    events: Vec<String>,
}

/// A member that `envelope` names, and the headers that are made of it.
struct Source {
    part: &'static str,
    headers: &'static [&'static str],
    named: fn(&Envelope) -> Option<&Pointer>,
    /// Where an event has it, if it does.
    had: fn(&Event) -> &Option<Offered>,
    /// Whether the idempotency key takes its place.
    is_replaced: bool,
}

const SOURCES: &[Source] = &[
    Source {
        part: "correlation",
        headers: &["correlation-id", "ce_correlationid"],
        named: |envelope| envelope.correlation.as_ref(),
        had: |event| &event.paths.correlation,
        is_replaced: false,
    },
    Source {
        part: "causation",
        headers: &["causation-id"],
        named: |envelope| envelope.causation.as_ref(),
        had: |event| &event.paths.causation,
        is_replaced: false,
    },
    Source {
        part: "id",
        headers: &["ce_id"],
        named: |envelope| envelope.id.as_ref(),
        had: |event| &event.paths.id,
        is_replaced: true,
    },
    Source {
        part: "time",
        headers: &["ce_time"],
        named: |envelope| envelope.time.as_ref(),
        had: |event| &event.paths.time,
        is_replaced: false,
    },
];

impl Source {
    /// What the headers of an event hold.
    fn of(&self, envelope: &Envelope, event: &Event) -> Option<String> {
        let named = (self.named)(envelope).filter(|_| (self.had)(event).is_some());
        let replaced = || self.is_replaced.then(|| "the idempotency key".to_owned());
        named.map(|pointer| format!("`{}`", pointer.0)).or_else(replaced)
    }

    fn finding(&self, systems: &Systems<'_>, Change { was, is, events }: &Change) -> Finding {
        let way = ["envelope", self.part];
        let system = &systems.new.system.name.wire;
        let (headers, hold, are, they) = match self.headers {
            [one] => (format!("the Kafka header `{one}`"), "holds", "is", "it"),
            all => (format!("the Kafka headers `{}`", all.join("` and `")), "hold", "are", "they"),
        };
        let message = match is {
            Some(is) => format!("{headers} of `{system}` {hold} {is}, no longer {was}"),
            None => format!("{headers} of `{system}` {are} sent no more; {they} held {was}"),
        };
        let diagnostic = Diagnostic::new(Rule::HEADER_CHANGED, &systems.new.manifest(&way), message)
            .label("headers are made of what is named here")
            .related(&systems.old.manifest(&way), "they were made of this")
            .note(format!("events concerned: {}", list(events)))
            .help("let those who read the header know before it changes; or name the member that was named");
        systems.finding_in_manifest(diagnostic, "", &way)
    }
}
