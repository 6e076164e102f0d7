//! An event to be measured: its names, its schema, its payload in several spellings.

use std::fs;
use std::path::Path;

use event_contracts_codegen::Loaded;
use event_contracts_codegen::contract::{Event, System};
use serde_json::Value;

use crate::shapes::Shapes;

/// One event of one system.
pub struct Subject {
    /// The system on the wire.
    pub system: String,
    /// The topic on the wire.
    pub topic: String,
    /// The event type on the wire.
    pub event: String,
    /// The major version.
    pub major: u32,
    /// The name of the struct.
    pub rust: String,
    /// Path of our struct, from the root of a contract crate.
    pub path: String,
    /// Path of our topic enum, likewise.
    pub topic_path: String,
    /// The member that holds the event type.
    pub tag: String,
    /// The schema with everything it refers to.
    pub schema: Value,
    /// The documented example.
    pub shapes: Shapes,
}

/// All events below a schema folder, by system, topic and type.
///
/// # Panics
/// If anything is wrong with the schemas: the tests of the repository hold them to more.
#[must_use]
pub fn all(schemas: &Path) -> Vec<Subject> {
    let loaded = load(schemas);
    let systems = loaded.contract.systems.iter();
    systems.flat_map(|system| system.events.iter().map(|event| subject(schemas, system, event))).collect()
}

/// Reads a folder through all stages.
///
/// # Panics
/// If anything is wrong with the schemas.
#[must_use]
pub fn load(schemas: &Path) -> Loaded {
    event_contracts_codegen::load(schemas).unwrap_or_else(|found| {
        let found: Vec<_> = found.sorted().iter().map(|finding| finding.short()).collect();
        panic!("{}", found.join("\n"))
    })
}

fn subject(schemas: &Path, system: &System, event: &Event) -> Subject {
    let topic = &system.topics[event.topic];
    let module = system.types[event.root.0].module.map(|major| format!("v{major}::")).unwrap_or_default();
    let schema: Value = serde_json::from_str(&event.schema).expect("the bundle is JSON");
    let folder =
        format!("{}/{}/examples/{}.v{}/valid", system.name.wire, topic.name.wire, event.name.wire, event.major);
    let payload = documented(&schemas.join(folder));
    Subject {
        shapes: Shapes::of(&payload, &schema),
        system: system.name.wire.clone(),
        topic: topic.name.wire.clone(),
        event: event.name.wire.clone(),
        major: event.major,
        rust: event.name.rust.clone(),
        path: format!("{}::{module}{}", system.name.rust, event.name.rust),
        topic_path: format!("{}::{}", system.name.rust, topic.name.rust),
        tag: system.manifest.envelope.event_type.0.trim_start_matches('/').to_owned(),
        schema,
    }
}

/// The documented example of a folder, or else its first.
fn documented(folder: &Path) -> Value {
    let documented = folder.join("documented.json");
    let path = if documented.exists() {
        documented
    } else {
        let files = fs::read_dir(folder).expect("every event has examples").map(|entry| entry.unwrap().path());
        files.min().expect("every event has an example")
    };
    serde_json::from_str(&fs::read_to_string(path).expect("the example can be read")).expect("the example is JSON")
}
