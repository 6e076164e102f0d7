//! The version that a message states, set apart from the rest: a decoder looks at it before the schema has a say.

use serde_json::{Map, Value, json};

use crate::contract::manifest::Scheme;
use crate::contract::{Event, System};

/// Where an event keeps its version, as JSON Pointer.
pub(super) fn place<'a>(system: &'a System, event: &'a Event) -> Option<&'a str> {
    let at = event.says.version_at.as_ref().or(system.manifest.envelope.version.as_ref());
    at.map(|pointer| pointer.0.as_str())
}

/// The schema of an event for those who write it and those who read it by its own major version: what states another one is
/// neither written nor read.
pub(super) fn own_major(system: &System, event: &Event) -> String {
    let (Some(at), Scheme::MajorMinor) = (place(system, event), system.manifest.versioning.scheme) else {
        return event.schema.clone();
    };
    let version = json!({ "not": { "type": "string", "pattern": other_majors(event.major) } });
    let whole = segments(at).into_iter().rev().fold(version, |below, name| json!({ "properties": { name: below } }));
    let mut schema: Value = serde_json::from_str(&event.schema).unwrap_or(Value::Bool(true));
    if let Value::Object(keywords) = &mut schema {
        also(keywords, whole);
    }
    schema.to_string()
}

/// The schema of an event, whatever version is stated.
pub(super) fn any_version(system: &System, event: &Event) -> String {
    let Some(at) = place(system, event) else { return event.schema.clone() };
    let schema: Value = serde_json::from_str(&event.schema).unwrap_or(Value::Bool(true));
    opened(&schema, &schema, &segments(at), &[]).to_string()
}

/// The schema without anything that it says about the value at the end of the way. What `$ref` leads to on that way is
/// copied, since it may hold elsewhere, too; `inside` are the targets that are being copied.
fn opened(root: &Value, schema: &Value, way: &[String], inside: &[&str]) -> Value {
    let (Some((name, rest)), Value::Object(keywords)) = (way.split_first(), schema) else {
        return if way.is_empty() { Value::Bool(true) } else { schema.clone() };
    };
    let mut open = keywords.clone();
    for list in ["allOf", "anyOf", "oneOf"] {
        for branch in open.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            *branch = opened(root, branch, way, inside);
        }
    }
    if let Some(member) = open.get_mut("properties").and_then(|members| members.get_mut(name)) {
        *member = opened(root, member, rest, &[]);
    }
    let target = keywords.get("$ref").and_then(Value::as_str).filter(|target| !inside.contains(target));
    let schema = target.and_then(|target| target.strip_prefix('#'));
    let schema = schema.and_then(|place| root.pointer(&place.replace("%20", " ").replace("%25", "%")));
    if let (Some(target), Some(schema)) = (target, schema) {
        open.remove("$ref");
        also(&mut open, opened(root, schema, way, &[inside, &[target]].concat()));
    }
    Value::Object(open)
}

/// Adds to what all values of a schema must satisfy.
fn also(keywords: &mut Map<String, Value>, schema: Value) {
    match keywords.entry("allOf").or_insert_with(|| json!([])) {
        Value::Array(all) => all.push(schema),
        other => *other = json!([schema]),
    }
}

fn segments(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~")).collect()
}

/// Texts that state a `major.minor` version of another major, however many zeros they begin with.
fn other_majors(major: u32) -> String {
    let digits = major.to_string();
    let count = digits.len();
    let mut others = vec![format!("[1-9][0-9]{{{count},}}")];
    if count > 1 {
        others.push(format!("[1-9][0-9]{{0,{}}}", count - 2));
    }
    for (index, digit) in digits.char_indices() {
        let lowest = if index == 0 { '1' } else { '0' };
        let differing: String = (lowest..='9').filter(|other| *other != digit).collect();
        others.push(format!("{}[{differing}][0-9]{{{}}}", &digits[..index], count - index - 1));
    }
    let zero = if major > 0 { "0+|" } else { "" };
    format!("^(?:{zero}0*(?:{}))\\.[0-9]+$", others.join("|"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_version_is_set_apart_wherever_it_stands() {
        let schema = json!({
            "$ref": "#/$defs/a%20file.json",
            "properties": { "meta": { "properties": { "version": { "const": "1.0" } } } },
            "$defs": {
                "a file.json": {
                    "properties": { "meta": { "$ref": "#/$defs/Meta" }, "other": { "$ref": "#/$defs/Meta" } }
                },
                "Meta": { "properties": { "version": { "pattern": "^1" }, "by": { "type": "string" } } }
            }
        });
        let open = opened(&schema, &schema, &segments("/meta/version"), &[]);
        for (message, is_valid) in [
            (json!({ "meta": { "version": "2.0" } }), true),
            (json!({ "meta": { "version": "2.0", "by": 1 } }), false),
            (json!({ "other": { "version": "2.0" } }), false),
        ] {
            assert!(!jsonschema::is_valid(&schema, &message));
            assert_eq!(jsonschema::is_valid(&open, &message), is_valid, "{message} under {open}");
        }
    }

    #[test]
    fn majors_are_told_apart_however_they_are_spelled() {
        let numbers = [0, 1, 2, 9, 10, 11, 12, 19, 20, 21, 100, 101, 110, 112, 211];
        for major in numbers {
            let schema = serde_json::json!({ "pattern": other_majors(major) });
            for stated in numbers {
                for spelled in [format!("{stated}.0"), format!("00{stated}.17")] {
                    let is_other = jsonschema::is_valid(&schema, &spelled.clone().into());
                    assert_eq!(is_other, stated != major, "{spelled} under {major}: {schema}");
                }
            }
            for nothing in ["latest", "1", "1.x", "-1.0", "1.0 ", ".5"] {
                assert!(!jsonschema::is_valid(&schema, &nothing.into()), "{nothing}");
            }
        }
    }
}
