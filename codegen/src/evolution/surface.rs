//! What a contract promises, as text with a line for each thing: for snapshots, in which an edit shows as a diff.

use std::fmt::Write as _;

use serde_json::Value;

use crate::Loaded;
use crate::contract::{Event, System};
use crate::evolution::events::Side;
use crate::evolution::facts::{RULES, WHOLE};
use crate::evolution::place::Place;
use crate::schema::NodeId;

/// The surface of a contract: systems, topics, events with their keys, and a line for each place of a message.
///
/// A member that may be left out has a `?` behind its name; `*` stands for any element, `**` for any other member.
///
/// ```no_run
/// let loaded = event_contracts_codegen::load("schemas".as_ref()).map_err(|found| format!("{found:?}"))?;
/// println!("{}", event_contracts_codegen::evolution::surface(&loaded));
/// # Ok::<(), String>(())
/// ```
#[must_use]
pub fn surface(loaded: &Loaded) -> String {
    let mut text = String::new();
    for system in &loaded.contract.systems {
        let _ = writeln!(text, "system {}", system.name.wire);
        for (name, topic) in &system.manifest.topics {
            let _ = writeln!(
                text,
                "  topic {name}: {} partitions, replication {}, {} for {}",
                topic.partitions,
                topic.replication,
                format!("{:?}", topic.cleanup).to_lowercase(),
                topic.retention
            );
        }
        for (name, lifecycle) in &system.manifest.lifecycles {
            for step in &lifecycle.transitions {
                let from = if step.from.is_empty() { "nothing".to_owned() } else { step.from.join(" | ") };
                let _ = writeln!(text, "  lifecycle {name}: {} leads from {from} to {}", step.on, step.to);
            }
        }
        for event in &system.events {
            of_event(loaded, system, event, &mut text);
        }
        text.push('\n');
    }
    text
}

fn of_event(loaded: &Loaded, system: &System, event: &Event, text: &mut String) {
    let side = Side { loaded, system, event };
    let says = &event.says;
    let keys: Vec<&str> = says.idempotency_key.iter().map(|pointer| pointer.0.as_str()).collect();
    let _ = writeln!(
        text,
        "\n  event {} v{} on {}: version {}, {}, from {} to {}, key {}, idempotent by {}",
        event.name.wire,
        event.major,
        system.topics[event.topic].name.wire,
        side.version(),
        says.status.as_str(),
        says.producers.join(" | "),
        says.consumers.join(" | "),
        says.partition_key.0,
        keys.join(" + ")
    );
    let mut lines = Lines { above: Vec::new(), text };
    lines.place(&side.place(), "");
}

struct Lines<'t> {
    /// The places around this one: what contains itself is not gone into again.
    above: Vec<Vec<NodeId>>,
    text: &'t mut String,
}

impl Lines<'_> {
    fn place(&mut self, place: &Place<'_>, pointer: &str) {
        let is_above = self.above.contains(&place.asked);
        let said = if is_above { "as above".to_owned() } else { said(place) };
        let _ = writeln!(self.text, "    {}: {said}", if pointer.is_empty() { "/" } else { pointer });
        if is_above {
            return;
        }
        self.above.push(place.asked.clone());
        let required = place.required();
        for (name, asked) in place.members() {
            let mark = if required.contains_key(name) { "" } else { "?" };
            self.place(&place.below(asked), &format!("{pointer}/{}{mark}", name.replace('~', "~0").replace('/', "~1")));
        }
        for index in 0..place.prefix() {
            self.place(&place.below(place.element(index)), &format!("{pointer}/{index}"));
        }
        for (asked, name) in [(place.elements(), "*"), (place.others(), "**")] {
            if !asked.is_empty() {
                self.place(&place.below(asked), &format!("{pointer}/{name}"));
            }
        }
        for keyword in ["anyOf", "oneOf"] {
            for (index, (_, branch)) in place.branches(keyword).into_iter().enumerate() {
                self.place(&place.below(vec![branch]), &format!("{pointer}#{keyword}{index}"));
            }
        }
        self.above.pop();
    }
}

/// What is said about the value of a place itself.
fn said(place: &Place<'_>) -> String {
    let mut parts = match place.values() {
        Some(values) => vec![values.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ")],
        None => vec![place.kinds().names().join(" | ")],
    };
    for (keyword, _) in RULES {
        for rule in place.rules(keyword) {
            parts.push(format!(
                "{keyword} {}",
                rule.value.as_str().map_or_else(|| rule.value.to_string(), str::to_owned)
            ));
        }
    }
    parts.extend(
        WHOLE
            .iter()
            .filter(|keyword| place.says(keyword))
            .map(|keyword| format!("{keyword} {}", place.texts(keyword).join(" and "))),
    );
    if place.is_closed() {
        parts.push("nothing else".to_owned());
    }
    if place.is_deprecated() {
        parts.push("deprecated".to_owned());
    }
    parts.join(", ")
}
