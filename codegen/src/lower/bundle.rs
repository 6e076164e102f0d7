//! A schema with everything it refers to as one document: what a validator needs that has no folder at hand.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::schema::Addresses;
use crate::source::Folder;

/// Makes bundles out of the files of a folder.
#[derive(Clone, Copy)]
pub(super) struct Bundler<'a> {
    pub(super) folder: &'a Folder,
    pub(super) addresses: &'a Addresses,
}

/// Keywords that hold data, not schemas: a `$ref` in there is none.
const DATA: &[&str] = &["const", "enum", "examples", "default", "x-event"];

/// Keywords that hold schemas by names of their own.
const NAMED: &[&str] = &["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"];

impl Bundler<'_> {
    /// The schema file at `path`, as JSON text. Other files are embedded whole under `$defs`, by their path.
    pub(super) fn file(self, path: &str) -> String {
        let mut root = self.document(path);
        let needed = self.rewrite(&mut root, path, path);
        self.embed(root, path, needed)
    }

    /// A schema that says what all of these places say together, each a file and a JSON Pointer in it.
    pub(super) fn places(self, places: &[(&str, &str)]) -> String {
        let reference = |(path, pointer): &(&str, &str)| json!({ "$ref": format!("#/$defs/{}{}", segment(path), fragment(pointer)) });
        let mut root = match places {
            [only] => reference(only),
            all => json!({ "allOf": all.iter().map(reference).collect::<Vec<_>>() }),
        };
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        self.embed(root, "", places.iter().map(|(path, _)| (*path).to_owned()).collect())
    }

    /// Puts the files that a schema needs, and those that they need, under its `$defs`.
    fn embed(self, mut root: Value, root_path: &str, mut needed: Vec<String>) -> String {
        let mut embedded: BTreeMap<String, Value> = BTreeMap::new();
        while let Some(path) = needed.pop() {
            if path != root_path && !embedded.contains_key(&path) {
                let mut schema = self.document(&path);
                if let Value::Object(members) = &mut schema {
                    members.remove("$schema");
                }
                needed.extend(self.rewrite(&mut schema, &path, root_path));
                embedded.insert(path, schema);
            }
        }
        if let Value::Object(members) = &mut root
            && !embedded.is_empty()
            && let Value::Object(defs) = members.entry("$defs").or_insert_with(|| Value::Object(Map::new()))
        {
            defs.extend(embedded);
        }
        serde_json::to_string_pretty(&root).expect("JSON values have a text") + "\n"
    }

    /// A document of the folder, without the address that it gives itself: in a bundle it has another.
    fn document(self, path: &str) -> Value {
        let mut document =
            self.folder.documents.get(path).map_or(Value::Bool(true), |document| document.value.to_json());
        if let Value::Object(members) = &mut document {
            members.remove("$id");
        }
        document
    }

    /// Leads every `$ref` of a schema from the file `here` into the bundle of `root`; gives the files that it needs.
    fn rewrite(self, schema: &mut Value, here: &str, root: &str) -> Vec<String> {
        match schema {
            Value::Object(members) => {
                members.iter_mut().flat_map(|(name, value)| self.rewrite_keyword(name, value, here, root)).collect()
            }
            Value::Array(schemas) => schemas.iter_mut().flat_map(|schema| self.rewrite(schema, here, root)).collect(),
            _ => Vec::new(),
        }
    }

    fn rewrite_keyword(self, name: &str, value: &mut Value, here: &str, root: &str) -> Vec<String> {
        match value {
            Value::String(target) if name == "$ref" => {
                let Ok((path, fragment)) = self.addresses.resolve(here, target) else { return Vec::new() };
                *target =
                    if path == root { format!("#{fragment}") } else { format!("#/$defs/{}{fragment}", segment(&path)) };
                vec![path]
            }
            Value::Object(schemas) if NAMED.contains(&name) => {
                schemas.values_mut().flat_map(|schema| self.rewrite(schema, here, root)).collect()
            }
            _ if DATA.contains(&name) => Vec::new(),
            schemas => self.rewrite(schemas, here, root),
        }
    }
}

/// A path as one segment of a JSON Pointer in a URI fragment.
fn segment(path: &str) -> String {
    path.replace('~', "~0").replace('/', "~1").replace('%', "%25").replace(' ', "%20")
}

/// A JSON Pointer as part of a URI fragment.
fn fragment(pointer: &str) -> String {
    pointer.replace('%', "%25").replace(' ', "%20")
}
