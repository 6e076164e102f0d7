//! The events of a system: one schema file each, found by the folder of its topic.

use crate::contract::manifest::{Manifest, Pointer, Scheme, VersionLiteral, XEvent};
use crate::contract::{Event, Name, Topic};
use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::lower::bundle::Bundler;
use crate::lower::types::Layout;
use crate::lower::{form, paths};
use crate::names;
use crate::schema::NodeId;
use crate::source::{Document, Folder, join};

/// An event file's name, taken apart: `order.created.v1.schema.json`.
struct FileName<'a> {
    topic: &'a str,
    event_type: &'a str,
    major: u32,
}

pub(super) fn events(
    system: &str,
    manifest: &Manifest,
    manifest_document: &Document,
    folder: &Folder,
    topics: &mut [Topic],
    layout: &mut Layout<'_>,
) -> Vec<Event> {
    let mut files: Vec<(FileName<'_>, &String, &Document)> = Vec::new();
    for (path, document) in &folder.documents {
        let Some(inner) = path.strip_prefix(system).and_then(|inner| inner.strip_prefix('/')) else { continue };
        match (FileName::parse(inner), inner.split_once('/')) {
            (Some(name), _) => files.push((name, path, document)),
            (None, Some((topic, file))) if !file.contains('/') => {
                let at = Location::start_of(&document.file);
                layout.found.push(
                    Diagnostic::new(Rule::EVENT_MISMATCH, &at, format!("`{topic}/{file}` is not named like an event"))
                        .help("name it `<event type>.v<major>.schema.json`; what events share stands in the system's own folder"),
                );
            }
            _ => {}
        }
    }
    // The newest major comes first: it has the plain name, older ones live in modules of their own.
    files.sort_by(|(a, ..), (b, ..)| (a.topic, a.event_type, b.major).cmp(&(b.topic, b.event_type, a.major)));
    let mut events: Vec<Event> = Vec::new();
    for (name, path, document) in files {
        let newer = events.last().is_some_and(|last| {
            last.name.wire == name.event_type
                && topics.get(last.topic).is_some_and(|topic| topic.name.wire == name.topic)
        });
        layout.module = newer.then_some(name.major);
        let index = events.len();
        if newer && manifest.versioning.scheme == Scheme::None {
            let at = Location::start_of(&document.file);
            layout.found.push(
                Diagnostic::new(
                    Rule::EVENT_MISMATCH,
                    &at,
                    format!("`{}` has two major versions, and no version on the wire", name.event_type),
                )
                .help("without a version nobody can tell them apart; give the new one another type or another topic"),
            );
            continue;
        }
        if let Some(event) = event(&name, manifest, path, document, folder, topics, layout) {
            if newer {
                events[index - 1].previous = Some(index);
            }
            events.push(Event { newest: !newer, ..event });
        }
    }
    layout.module = None;
    for (index, event) in events.iter().enumerate() {
        if let Some(first) =
            events[..index].iter().find(|first| first.name.wire == event.name.wire && first.topic != event.topic)
        {
            let message = format!(
                "the event type `{}` is on two topics of one system; a message of it could be either",
                event.name.wire
            );
            layout
                .found
                .push(Diagnostic::new(Rule::EVENT_MISMATCH, &event.at, message).related(&first.at, "the other"));
        }
    }
    for (index, event) in events.iter().enumerate() {
        topics[event.topic].events.push(index);
    }
    // A topic is only called empty if all its files could be read.
    let readable = !layout.found.has_errors();
    for topic in topics.iter().filter(|topic| readable && topic.events.is_empty()) {
        let at = form::place(manifest_document, &join("/topics", &topic.name.wire));
        layout.found.push(
            Diagnostic::new(Rule::TOPIC_UNDECLARED, &at, format!("the topic `{}` has no event", topic.name.wire))
                .help(format!("put its schemas into the folder `{system}/{}`", topic.name.wire)),
        );
    }
    events
}

impl<'a> FileName<'a> {
    fn parse(inner: &'a str) -> Option<Self> {
        let (topic, file) = inner.split_once('/')?;
        let (event_type, major) = file.strip_suffix(".schema.json")?.rsplit_once(".v")?;
        (!file.contains('/')).then_some(Self {
            topic,
            event_type,
            major: major.parse().ok().filter(|major| *major > 0)?,
        })
    }
}

fn event(
    name: &FileName<'_>,
    manifest: &Manifest,
    path: &str,
    document: &Document,
    folder: &Folder,
    topics: &[Topic],
    layout: &mut Layout<'_>,
) -> Option<Event> {
    let root = layout.schemas.find(path, "")?;
    let Some(x_event) = document.value.get("x-event") else {
        let at = Location::start_of(&document.file);
        layout.found.push(Diagnostic::new(
            Rule::MANIFEST,
            &at,
            "an event needs `x-event`: type, version, status, producers, consumers, keys",
        ));
        return None;
    };
    let says: XEvent = form::checked(document, x_event, "/x-event", &form::forms()[1], layout.found)?;
    let Some(topic) = topics.iter().position(|topic| topic.name.wire == name.topic) else {
        let at = Location::start_of(&document.file);
        layout.found.push(
            Diagnostic::new(
                Rule::TOPIC_UNDECLARED,
                &at,
                format!("the folder `{}` is no topic of `system.json`", name.topic),
            )
            .help("add it to `topics`, with partitions, replication and retention"),
        );
        return None;
    };
    agreement(name, &says, manifest, document, layout);
    let title = layout.schemas.node(root).title.clone().unwrap_or_else(|| name.event_type.to_owned());
    let event_name = Name { wire: name.event_type.to_owned(), rust: names::type_name(&title) };
    let version_at = says.version_at.clone().or_else(|| manifest.envelope.version.clone());
    layout.version_at = version_at.as_ref().map(|pointer| layout.places(root, &pointer.0)).unwrap_or_default();
    layout.undivided = undivided(root, &says, version_at.as_ref(), manifest, layout);
    let type_id = layout.event(root, &event_name.rust)?;
    let event_name = Name { rust: layout.ty(type_id).rust.clone(), ..event_name };
    constant_type(root, manifest, name, layout);
    let paths = paths::resolve(&says, manifest, version_at.as_ref(), type_id, document, layout);
    let table =
        names::constant(&event_name.rust) + &layout.module.map(|major| format!("_V{major}")).unwrap_or_default();
    let event = Event {
        schema: Bundler { folder, schemas: layout.schemas }.file(path),
        table: layout.event_table(root, &table),
        name: event_name,
        topic,
        major: name.major,
        says,
        root: type_id,
        paths,
        path: path.to_owned(),
        at: document.at("", &document.value),
        previous: None,
        newest: true,
        samples: None,
    };
    Some(event)
}

/// The schemas that keys and other paths of an event lead through: the event itself, and what holds what they lead to.
fn undivided(
    root: NodeId,
    says: &XEvent,
    version: Option<&Pointer>,
    manifest: &Manifest,
    layout: &Layout<'_>,
) -> Vec<NodeId> {
    let envelope = &manifest.envelope;
    let of_envelope = [&envelope.time, &envelope.id, &envelope.correlation, &envelope.causation].into_iter().flatten();
    let transitions = manifest.lifecycles.values().flat_map(|lifecycle| &lifecycle.transitions);
    let conditions = transitions.filter(|transition| transition.on == says.event_type).flat_map(|one| one.when.keys());
    let keys = says.idempotency_key.iter().chain([&says.partition_key, &envelope.event_type]).chain(version);
    let pointers = keys.chain(of_envelope).map(|pointer| &pointer.0).chain(conditions);
    let mut undivided = layout.conjuncts(&[root]);
    for pointer in pointers {
        for (end, _) in pointer.match_indices('/') {
            undivided.extend(layout.conjuncts(&layout.places(root, &pointer[..end])));
        }
    }
    undivided
}

/// The type member must be a constant: otherwise another event's message could pass for this one.
fn constant_type(root: NodeId, manifest: &Manifest, name: &FileName<'_>, layout: &mut Layout<'_>) {
    let pointer = &manifest.envelope.event_type.0;
    let nodes = layout.conjuncts(&layout.places(root, pointer));
    let wanted = serde_json::Value::from(name.event_type);
    let is_constant = nodes.iter().any(|id| {
        layout
            .schemas
            .node(*id)
            .values
            .as_ref()
            .is_some_and(|values| matches!(&values[..], [only] if only.value == wanted))
    });
    if !is_constant {
        let at =
            nodes.last().map_or_else(|| layout.schemas.node(root).at.clone(), |id| layout.schemas.node(*id).at.clone());
        layout.found.push(
            Diagnostic::new(
                Rule::EVENT_MISMATCH,
                &at,
                format!("the member at `{pointer}` is not the constant `{}`", name.event_type),
            )
            .label("should be a `const`")
            .help(format!("write `\"const\": \"{}\"`, so that no other event passes for this one", name.event_type)),
        );
    }
}

/// File name, `x-event` and `system.json` must tell the same story.
fn agreement(name: &FileName<'_>, says: &XEvent, manifest: &Manifest, document: &Document, layout: &mut Layout<'_>) {
    if says.event_type != name.event_type {
        let at = form::place(document, "/x-event/type");
        let message = format!("the file is named for `{}`, but describes `{}`", name.event_type, says.event_type);
        layout.found.push(Diagnostic::new(Rule::EVENT_MISMATCH, &at, message).label("not the file's name"));
    }
    let on_the_wire = says.version_at.is_some() || manifest.envelope.version.is_some();
    let fits = match (manifest.versioning.scheme, &says.version) {
        (Scheme::Integer, VersionLiteral::Integer(version)) => *version > 0 && on_the_wire && name.major == 1,
        (Scheme::None, VersionLiteral::Integer(version)) => *version == u64::from(name.major) && !on_the_wire,
        (Scheme::MajorMinor, VersionLiteral::Text(version)) => {
            on_the_wire && version.split('.').next() == Some(name.major.to_string().as_str())
        }
        _ => false,
    };
    if !fits {
        let at = form::place(document, "/x-event/version");
        layout.found.push(
            Diagnostic::new(Rule::EVENT_MISMATCH, &at, format!("this version does not fit the system's scheme and the file's major version {}", name.major))
                .label("does not fit")
                .help("scheme `integer`: a number from 1, file `v1`; `major.minor`: a text such as \"1.0\" whose major the file names; `none`: the file's major"),
        );
    }
    for (member, services) in [("producers", &says.producers), ("consumers", &says.consumers)] {
        for (index, service) in
            services.iter().enumerate().filter(|(_, service)| !manifest.services.contains_key(*service))
        {
            let at = form::place(document, &format!("/x-event/{member}/{index}"));
            let finding =
                Diagnostic::new(Rule::SERVICE_UNDECLARED, &at, format!("`{service}` is no service of `system.json`"))
                    .label("not declared");
            let known: Vec<&str> = manifest.services.keys().map(String::as_str).collect();
            layout.found.push(finding.help(format!("known are {}", known.join(", "))));
        }
    }
}
