//! The list of all cases as Rust, with the peers' code: what `bench-cases` is made of.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::subject::{self, Subject};
use crate::typify::typify;

/// Writes `cases.rs` and the schemas that it includes.
///
/// # Panics
/// If the schemas cannot be read or the files not be written.
pub fn write(schemas: &Path, out: &Path) {
    let subjects = subject::all(schemas);
    let mut code = String::new();
    let mut list = String::new();
    for (index, subject) in subjects.iter().enumerate() {
        let schema = out.join(format!("event_{index}.schema.json"));
        fs::write(&schema, subject.schema.to_string()).expect("the schema can be written");
        code += &peers(index, subject, &schema);
        list += &case(index, subject, &schema);
    }
    code += &topics(&subjects);
    let count = subjects.len();
    let _ = write!(code, "/// Every event.\npub static CASES: [crate::Case; {count}] = [{list}];\n");
    fs::write(out.join("cases.rs"), code).expect("the cases can be written");
}

/// The module of one event: its compiled validator and typify's types, with and without the member that tells the type.
fn peers(index: usize, subject: &Subject, schema: &Path) -> String {
    let module = |tagless| {
        let typified = typify(subject, tagless);
        typified.map_or_else(|reason| format!("// {reason}\n"), |typified| typified.code)
    };
    format!(
        "/// {event}.\npub mod event_{index} {{\n\
         /// The validator as `jsonschema` compiles it.\n\
         #[jsonschema::validator(path = {schema:?}, validate_formats = true)]\npub struct Compiled;\n\
         pub mod whole {{\n{whole}}}\npub mod tagless {{\n{tagless}}}\n}}\n",
        event = subject.event,
        whole = module(false),
        tagless = module(true),
    )
}

fn case(index: usize, subject: &Subject, schema: &Path) -> String {
    let Subject { system, topic, event, major, path, topic_path, shapes, .. } = subject;
    let typify = match typify(subject, false) {
        Ok(typified) => format!("Ok(crate::Typify::of::<event_{index}::whole::{}>())", typified.root),
        Err(reason) => format!("Err({reason:?})"),
    };
    let topic_enum = topic_enum(system, topic);
    format!(
        "crate::Case {{ system: {system:?}, topic: {topic:?}, event: {event:?}, major: {major}, \
         schema: include_str!({schema:?}), compact: {:?}, sorted: {:?}, reversed: {:?}, pretty: {:?}, escaped: {:?}, \
         ours: crate::Ours::of::<crate::{path}>(|bytes| crate::keep(crate::{topic_path}::decode(bytes))), \
         compiled: event_{index}::Compiled::is_valid, typify: {typify}, \
         tagged: |bytes| crate::keep(serde_json::from_slice::<{topic_enum}>(bytes)) }},\n",
        shapes.compact, shapes.sorted, shapes.reversed, shapes.pretty, shapes.escaped
    )
}

/// serde's internally tagged enums, one per topic, of the events that typify takes.
fn topics(subjects: &[Subject]) -> String {
    let mut topics: BTreeMap<String, String> = BTreeMap::new();
    for (index, subject) in subjects.iter().enumerate() {
        let start = || format!("#[derive(serde::Deserialize)]\n#[serde(tag = {:?})]\npub enum", subject.tag);
        let name = topic_enum(&subject.system, &subject.topic);
        let code = topics.entry(name.clone()).or_insert_with(|| format!("{} {name} {{\n", start()));
        if let Ok(typified) = typify(subject, true) {
            let _ = writeln!(
                code,
                "#[serde(rename = {:?})] Event{index}(event_{index}::tagless::{}),",
                subject.event, typified.root
            );
        }
    }
    topics.into_values().map(|code| code + "}\n").collect()
}

fn topic_enum(system: &str, topic: &str) -> String {
    let letters = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(capital).collect::<String>();
    format!("{}{}", letters(system), letters(topic))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
