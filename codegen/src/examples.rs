//! The examples of an event: files beside its schema, sorted into folders by how they are to be judged.

use crate::contract::{Event, System};
use crate::source::{Document, Folder};

/// The folder of an event's examples, relative to the schema folder, with `/` at its end.
pub(crate) fn folder_of(event: &Event) -> String {
    let (topic, file) = event.path.rsplit_once('/').unwrap_or(("", &event.path));
    format!("{topic}/examples/{}/", file.strip_suffix(".schema.json").unwrap_or(file))
}

/// An example file.
pub(crate) struct Example<'a> {
    pub(crate) document: &'a Document,
    pub(crate) kind: Kind<'a>,
}

/// What an example file is for.
pub(crate) enum Kind<'a> {
    /// It must be accepted.
    Valid,
    /// It must be refused, for the reason in the file beside it.
    Invalid(Option<&'a Document>),
    /// It says why a file is refused that is not there.
    ReasonOfNothing,
    /// It is in neither folder.
    Stray,
}

/// Every file in the example folder of an event.
pub(crate) fn of<'a>(folder: &'a Folder, event: &Event) -> Vec<Example<'a>> {
    let prefix = folder_of(event);
    below(folder, &prefix)
        .filter_map(|(path, document)| {
            let kind = match path[prefix.len()..].split_once('/') {
                Some(("valid", file)) if !file.contains('/') => Kind::Valid,
                Some(("invalid", file)) if !file.contains('/') => match path.strip_suffix(".refused.json") {
                    Some(stem) if folder.documents.contains_key(&format!("{stem}.json")) => return None,
                    Some(_) => Kind::ReasonOfNothing,
                    None => Kind::Invalid(
                        folder.documents.get(&format!("{}.refused.json", path.strip_suffix(".json").unwrap_or(path))),
                    ),
                },
                _ => Kind::Stray,
            };
            Some(Example { document, kind })
        })
        .collect()
}

/// Example files of a system that belong to no event.
pub(crate) fn orphans<'a>(folder: &'a Folder, system: &System) -> Vec<&'a Document> {
    let owned: Vec<String> = system.events.iter().map(folder_of).collect();
    below(folder, &format!("{}/", system.name.wire))
        .filter(|(path, _)| path.contains("/examples/") && !owned.iter().any(|prefix| path.starts_with(prefix)))
        .map(|(_, document)| document)
        .collect()
}

fn below<'a>(folder: &'a Folder, prefix: &str) -> impl Iterator<Item = (&'a String, &'a Document)> {
    let prefix = prefix.to_owned();
    folder.documents.range(prefix.clone()..).take_while(move |(path, _)| path.starts_with(&prefix))
}

/// The messages that an event's examples show to be valid.
pub(crate) fn valid(folder: &Folder, event: &Event) -> Vec<serde_json::Value> {
    let valid = of(folder, event).into_iter().filter(|example| matches!(example.kind, Kind::Valid));
    valid.map(|example| example.document.value.to_json()).collect()
}
