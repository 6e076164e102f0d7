//! One folder: `system.json`, its topics, their events.

use std::sync::Arc;

use crate::contract::manifest::Manifest;
use crate::contract::{Name, System, Topic};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::lower::form::{checked, forms, place};
use crate::lower::types::Layout;
use crate::lower::{boxes, event, lifecycle};
use crate::names;
use crate::schema::Schemas;
use crate::source::{Document, Folder};

pub(super) fn lower(
    name: &str,
    document: &Document,
    folder: &Folder,
    schemas: &Schemas,
    found: &mut Diagnostics,
) -> Option<System> {
    let manifest: Manifest = checked(document, &document.value, "", &forms()[0], found)?;
    if manifest.name != name {
        let at = place(document, "/name");
        found.push(
            Diagnostic::new(Rule::MANIFEST, &at, format!("the folder is called `{name}`"))
                .label(format!("should be `{name}`")),
        );
    }
    let mut layout = Layout::new(schemas, true, found);
    if !envelope(name, document, &manifest, &mut layout) {
        return None;
    }
    let mut topics = topics(document, &manifest, &mut layout);
    let events = event::events(name, &manifest, document, folder, &mut topics, &mut layout);
    let all_events = format!("{}Event", names::type_name(name));
    layout.take(&all_events, &place(document, "/name"));
    constants(document, "/topics", manifest.topics.keys(), &mut layout);
    constants(document, "/services", manifest.services.keys(), &mut layout);
    let lifecycles = lifecycle::lower(document, &manifest, &events, &mut layout);
    let (mut types, tables) = layout.finish();
    boxes::break_cycles(&mut types);
    Some(System {
        name: Name { wire: name.to_owned(), rust: names::module(name) },
        all_events,
        manifest,
        file: Arc::clone(&document.file),
        topics,
        events,
        types,
        lifecycles,
        tables,
    })
}

/// Topics and services become constants: no two may get one name, and `ALL` is taken.
fn constants<'a>(document: &Document, base: &str, wires: impl Iterator<Item = &'a String>, layout: &mut Layout<'_>) {
    let mut taken: Vec<(String, &str)> = vec![("ALL".to_owned(), "all of them")];
    for wire in wires {
        let rust = names::constant(wire);
        if let Some((_, first)) = taken.iter().find(|(known, _)| *known == rust) {
            let at = place(document, &crate::source::join(base, wire));
            let message = format!("`{wire}` and `{first}` get the same Rust name `{rust}`");
            layout
                .found
                .push(Diagnostic::new(Rule::NAME_CLASH, &at, message).label("the second").help("rename one of them"));
        }
        taken.push((rust, wire));
    }
}

/// Whether the envelope has what `system.json` says it has. If not, every event would be blamed for it.
fn envelope(system: &str, document: &Document, manifest: &Manifest, layout: &mut Layout<'_>) -> bool {
    let says = &manifest.envelope;
    let wrong = |pointer: &str, message: String, layout: &mut Layout<'_>| {
        let at = place(document, &format!("/envelope/{pointer}"));
        layout.found.push(Diagnostic::new(Rule::MANIFEST, &at, message).label("here"));
    };
    let path = format!("{system}/{}", says.schema);
    let Some(root) = layout.schemas.find(&path, "") else {
        wrong(
            "schema",
            format!("there is no schema `{path}`; name the file of the envelope, relative to this folder"),
            layout,
        );
        return false;
    };
    let members = [
        ("type", Some(&says.event_type)),
        ("version", says.version.as_ref()),
        ("payload", Some(&says.payload)),
        ("time", says.time.as_ref()),
        ("id", says.id.as_ref()),
        ("correlation", says.correlation.as_ref()),
        ("causation", says.causation.as_ref()),
    ];
    let mut is_right = true;
    for (member, pointer) in members.into_iter().filter_map(|(member, pointer)| Some((member, &pointer?.0))) {
        let nodes = layout.conjuncts(&layout.places(root, pointer));
        let is_there = !layout.places(root, pointer).is_empty();
        let fits = match member {
            "time" => {
                nodes.iter().any(|id| layout.schemas.node(*id).rules.iter().any(|rule| rule.value == "date-time"))
            }
            "payload" => true,
            _ => layout.kinds(&nodes).names().iter().any(|kind| !matches!(*kind, "null" | "array" | "object")),
        };
        if !is_there {
            wrong(member, format!("the envelope `{path}` declares no member at `{pointer}`"), layout);
        } else if !fits {
            let expected = if member == "time" { "of `format: date-time`" } else { "a text or number" };
            wrong(member, format!("the member at `{pointer}` of the envelope is not {expected}"), layout);
        }
        is_right &= is_there && fits;
    }
    is_right
}

fn topics(document: &Document, manifest: &Manifest, layout: &mut Layout<'_>) -> Vec<Topic> {
    let mut topics = Vec::new();
    for (wire, settings) in &manifest.topics {
        let rust = settings.rust_name.clone().unwrap_or_else(|| names::topic(wire));
        layout.take(&rust, &place(document, &crate::source::join("/topics", wire)));
        topics.push(Topic { name: Name { wire: wire.clone(), rust }, settings: settings.clone(), events: Vec::new() });
    }
    topics
}
