//! A schema with everything it refers to as one document: what a validator needs that has no folder at hand.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::schema::Schemas;
use crate::source::{Folder, join};

/// Makes bundles out of the files of a folder.
#[derive(Clone, Copy)]
pub(super) struct Bundler<'a> {
    pub(super) folder: &'a Folder,
    pub(super) schemas: &'a Schemas,
}

/// Keywords that hold data, not schemas: a `$ref` in there is none.
const DATA: &[&str] = &["const", "enum", "examples", "default", "x-event"];

/// Keywords that hold schemas by names of their own.
const NAMED: &[&str] = &["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"];

impl Bundler<'_> {
    /// The schema file at `path`, as JSON text. Other files are embedded whole under `$defs`, by their path.
    pub(super) fn file(self, path: &str) -> String {
        let mut root = self.document(path);
        let needed = self.rewrite(&mut root, path, "", path);
        self.embed(root, path, needed)
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
                needed.extend(self.rewrite(&mut schema, &path, "", root_path));
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

    /// Leads every `$ref` of the schema at `pointer` of the file `here` into the bundle of `root`; gives the files that it
    /// needs.
    fn rewrite(self, schema: &mut Value, here: &str, pointer: &str, root: &str) -> Vec<String> {
        match schema {
            Value::Object(members) => members
                .iter_mut()
                .flat_map(|(name, value)| self.rewrite_keyword(name, value, here, pointer, root))
                .collect(),
            Value::Array(schemas) => schemas
                .iter_mut()
                .enumerate()
                .flat_map(|(index, schema)| self.rewrite(schema, here, &join(pointer, &index.to_string()), root))
                .collect(),
            _ => Vec::new(),
        }
    }

    fn rewrite_keyword(self, name: &str, value: &mut Value, here: &str, pointer: &str, root: &str) -> Vec<String> {
        let below = join(pointer, name);
        match value {
            Value::String(target) if name == "$ref" => {
                let Some((path, place)) = self.schemas.target(here, pointer) else { return Vec::new() };
                let place = fragment(place);
                *target = if path == root { format!("#{place}") } else { format!("#/$defs/{}{place}", segment(path)) };
                vec![path.to_owned()]
            }
            Value::Object(schemas) if NAMED.contains(&name) => schemas
                .iter_mut()
                .flat_map(|(name, schema)| self.rewrite(schema, here, &join(&below, name), root))
                .collect(),
            _ if DATA.contains(&name) => Vec::new(),
            schemas => self.rewrite(schemas, here, &below, root),
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
