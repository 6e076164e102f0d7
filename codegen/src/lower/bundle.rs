//! A schema with everything it refers to as one document: what a validator needs that has no folder at hand.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::schema::relative;
use crate::source::Folder;

/// The schema at `path`, as JSON text. Other files are embedded whole under `$defs`, by their path.
pub(super) fn bundle(folder: &Folder, path: &str) -> String {
    let mut embedded: BTreeMap<String, Value> = BTreeMap::new();
    let mut root = document(folder, path);
    let mut todo = rewrite(&mut root, path, path);
    while let Some(file) = todo.pop() {
        if file != path && !embedded.contains_key(&file) {
            let mut schema = document(folder, &file);
            if let Value::Object(members) = &mut schema {
                members.remove("$schema");
            }
            todo.extend(rewrite(&mut schema, &file, path));
            embedded.insert(file, schema);
        }
    }
    if let Value::Object(members) = &mut root
        && !embedded.is_empty()
    {
        let defs = members.entry("$defs").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(defs) = defs {
            defs.extend(embedded);
        }
    }
    serde_json::to_string_pretty(&root).expect("JSON values have a text") + "\n"
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
