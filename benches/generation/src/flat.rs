//! A bundle as typify can take it: references to plain definitions, nothing beside a `$ref`, no `const`.
//!
//! typify reads a draft-07 document and knows a reference by its last segment only. Whatever it would ignore or trip over
//! for the form alone is said in another way here, to its advantage; nothing that it would check gets lost.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Names of definitions that are already taken, by the pointer that leads to them.
struct Flat<'a> {
    bundle: &'a Value,
    names: BTreeMap<String, String>,
    definitions: Map<String, Value>,
}

/// The bundle as one draft-07 document; without the member `without` of the event, if it is given.
pub fn flat(bundle: &Value, title: &str, without: Option<&str>) -> Value {
    let mut flat = Flat { bundle, names: BTreeMap::new(), definitions: Map::new() };
    let mut root = flat.merged(bundle.as_object().expect("an event is an object").clone());
    if let Some(without) = without {
        root.get_mut("properties").and_then(Value::as_object_mut).map(|members| members.shift_remove(without));
        if let Some(Value::Array(required)) = root.get_mut("required") {
            required.retain(|name| name != without);
        }
    }
    let Value::Object(mut root) = flat.schema(Value::Object(root)) else { unreachable!("an object stays one") };
    root.insert("title".to_owned(), title.into());
    root.insert("definitions".to_owned(), Value::Object(flat.definitions));
    Value::Object(root)
}

impl Flat<'_> {
    /// A schema and all below it.
    fn schema(&mut self, schema: Value) -> Value {
        let Value::Object(mut members) = schema else { return schema };
        members.retain(|name, _| !name.starts_with("x-") && !IGNORED.contains(&name.as_str()));
        if let Some(Value::String(target)) = members.get("$ref")
            && members.keys().all(|name| name == "$ref" || name == "description")
        {
            let target = target.clone();
            return json!({ "$ref": format!("#/definitions/{}", self.definition(&target)) });
        }
        let mut members = self.merged(members);
        members.retain(|name, _| !name.starts_with("x-") && !IGNORED.contains(&name.as_str()));
        if let Some(constant) = members.shift_remove("const") {
            return names_of(&constant);
        }
        // Said or not, it means the same; said, typify keeps other members in a map.
        if members.get("additionalProperties") == Some(&Value::Bool(true)) && members.contains_key("properties") {
            members.shift_remove("additionalProperties");
        }
        Value::Object(members.into_iter().map(|(name, value)| (name.clone(), self.keyword(&name, value))).collect())
    }

    fn keyword(&mut self, name: &str, value: Value) -> Value {
        match (name, value) {
            ("properties", Value::Object(members)) => {
                Value::Object(members.into_iter().map(|(name, value)| (name, self.schema(value))).collect())
            }
            ("oneOf" | "anyOf" | "allOf", Value::Array(schemas)) => {
                schemas.into_iter().map(|schema| self.schema(schema)).collect()
            }
            ("items" | "additionalProperties" | "not" | "if" | "then" | "else", schema) => self.schema(schema),
            (_, value) => value,
        }
    }

    /// A schema with what stands beside its `$ref` drawn together with what the `$ref` leads to.
    fn merged(&self, mut members: Map<String, Value>) -> Map<String, Value> {
        while let Some(Value::String(target)) = members.shift_remove("$ref") {
            let base = self.lookup(&target).as_object().cloned().unwrap_or_default();
            members = overlaid(base, members);
        }
        members
    }

    /// The name of the definition that `target` leads to; it is made if it is new.
    fn definition(&mut self, target: &str) -> String {
        if let Some(name) = self.names.get(target) {
            return name.clone();
        }
        let last = target.rsplit(['/', '#']).next().unwrap_or_default();
        let last = last.rsplit("~1").next().unwrap_or_default().split('.').next().unwrap_or_default();
        let mut name = if last.is_empty() { "Root".to_owned() } else { last.to_owned() };
        while self.names.values().any(|taken| *taken == name) {
            name.push('X');
        }
        self.names.insert(target.to_owned(), name.clone());
        let schema = self.lookup(target).clone();
        let schema = self.schema(schema);
        self.definitions.insert(name.clone(), schema);
        name
    }

    fn lookup(&self, target: &str) -> &Value {
        let pointer = target.trim_start_matches('#').replace("%20", " ").replace("%25", "%");
        self.bundle.pointer(&pointer).unwrap_or_else(|| panic!("`{target}` leads nowhere"))
    }
}

/// Annotations, and what is known where it is referred to. Titles would become names, and clash.
const IGNORED: &[&str] = &["$schema", "$id", "$defs", "$comment", "title", "examples", "default"];

/// What a schema says together with the one that it refers to; where both speak of one member, it is the narrower.
fn overlaid(mut base: Map<String, Value>, over: Map<String, Value>) -> Map<String, Value> {
    if over.contains_key("const") {
        return over;
    }
    for (name, value) in over {
        let value = match (name.as_str(), base.shift_remove(&name), value) {
            ("properties", Some(Value::Object(base)), Value::Object(over)) => Value::Object(properties(base, over)),
            ("required", Some(Value::Array(mut base)), Value::Array(over)) => {
                base.extend(over);
                Value::Array(base)
            }
            (_, _, value) => value,
        };
        base.insert(name, value);
    }
    base
}

fn properties(mut base: Map<String, Value>, over: Map<String, Value>) -> Map<String, Value> {
    for (name, value) in over {
        let narrower = match (base.get(&name), value) {
            (Some(Value::Object(base)), Value::Object(over)) if !over.contains_key("$ref") => {
                Value::Object(overlaid(base.clone(), over))
            }
            (_, value) => value,
        };
        // In its place: the payload is in the order of the envelope.
        base.insert(name, narrower);
    }
    base
}

/// typify ignores `const`, and checks a list of one text.
fn names_of(constant: &Value) -> Value {
    match constant {
        Value::String(text) => json!({ "type": "string", "enum": [text] }),
        Value::Bool(_) => json!({ "type": "boolean" }),
        _ => json!({ "type": "integer" }),
    }
}
