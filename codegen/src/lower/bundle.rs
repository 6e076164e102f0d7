//! A schema with everything it refers to as one document: what a validator needs that has no folder at hand.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::schema::relative;
use crate::source::Folder;

/// The schema file at `path`, as JSON text. Other files are embedded whole under `$defs`, by their path.
pub(super) fn file(folder: &Folder, path: &str) -> String {
    let mut root = document(folder, path);
    let needed = rewrite(&mut root, path, path);
    embed(&mut root, folder, path, needed);
    text(&root)
}

/// A schema that says what all of these places say together, each a file and a JSON Pointer in it.
pub(super) fn places(folder: &Folder, places: &[(&str, &str)]) -> String {
    let reference = |(path, pointer): &(&str, &str)| json!({ "$ref": format!("#/$defs/{}{}", segment(path), fragment(pointer)) });
    let mut root = match places {
        [only] => reference(only),
        all => json!({ "allOf": all.iter().map(reference).collect::<Vec<_>>() }),
    };
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    embed(&mut root, folder, "", places.iter().map(|(path, _)| (*path).to_owned()).collect());
    text(&root)
}

/// Puts the files that a schema needs, and those that they need, under its `$defs`.
fn embed(root: &mut Value, folder: &Folder, root_path: &str, mut needed: Vec<String>) {
    let mut embedded: BTreeMap<String, Value> = BTreeMap::new();
    while let Some(file) = needed.pop() {
        if file != root_path && !embedded.contains_key(&file) {
            let mut schema = document(folder, &file);
            if let Value::Object(members) = &mut schema {
                members.remove("$schema");
            }
            needed.extend(rewrite(&mut schema, &file, root_path));
            embedded.insert(file, schema);
        }
    }
    if let Value::Object(members) = root
        && !embedded.is_empty()
    {
        let defs = members.entry("$defs").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(defs) = defs {
            defs.extend(embedded);
        }
    }
}

fn text(schema: &Value) -> String {
    serde_json::to_string_pretty(schema).expect("JSON values have a text") + "\n"
}

fn document(folder: &Folder, path: &str) -> Value {
    folder.documents.get(path).map_or(Value::Bool(true), |document| document.value.to_json())
}

/// Leads every `$ref` of a schema from the file `here` into the bundle of `root`; gives the files that it needs.
fn rewrite(schema: &mut Value, here: &str, root: &str) -> Vec<String> {
    let mut needed = Vec::new();
    match schema {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                match value {
                    Value::String(target) if name == "$ref" => {
                        let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
                        let Some(file) = relative(here, file) else { continue };
                        let fragment = fragment.to_owned();
                        *target = if file == root { format!("#{fragment}") } else { format!("#/$defs/{}{fragment}", segment(&file)) };
                        needed.push(file);
                    }
                    // Data, not schemas: a `$ref` in there is none.
                    _ if matches!(name.as_str(), "const" | "enum" | "examples" | "default" | "x-event") => {}
                    value => needed.extend(rewrite(value, here, root)),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| needed.extend(rewrite(element, here, root))),
        _ => {}
    }
    needed
}

/// A path as one segment of a JSON Pointer in a URI fragment.
fn segment(path: &str) -> String {
    path.replace('~', "~0").replace('/', "~1").replace('%', "%25").replace(' ', "%20")
}

/// A JSON Pointer as part of a URI fragment.
fn fragment(pointer: &str) -> String {
    pointer.replace('%', "%25").replace(' ', "%20")
}
