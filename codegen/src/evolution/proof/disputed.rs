//! What a draft leaves open, and validators decide in different ways: what holds in one of them alone shows nothing.

use serde_json::{Map, Value, json};

use crate::schema::Draft;

/// Draft 4 calls `1.0` no integer, in a part of its test suite that is optional.
pub(super) const INTEGER: &str = "validators disagree in draft 4 whether `1.0` is an integer";

/// Draft 2019-09 does not say it; in 2020-12 it does.
pub(super) const CONTAINS: &str = "validators disagree in draft 2019-09 whether `contains` evaluates an element";

/// Keywords whose values are no schemas.
const DATA: [&str; 4] = ["const", "enum", "default", "examples"];

/// Keywords that hold schemas by names of the author's.
const NAMED: [&str; 6] =
    ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"];

const OF_CONTAINS: [&str; 3] = ["contains", "minContains", "maxContains"];

/// The document as those read it for whom `contains` evaluates nothing: `not` twice keeps the rule and drops the rest.
/// `None` if that is no other document.
pub(super) fn without_contained(draft: Draft, schema: &Value) -> Option<Value> {
    let is_disputed = draft == Draft::Y2019 && has(schema, "contains") && has(schema, "unevaluatedItems");
    is_disputed.then(|| kept_apart(schema))
}

fn has(schema: &Value, keyword: &str) -> bool {
    match schema {
        Value::Array(elements) => elements.iter().any(|element| has(element, keyword)),
        Value::Object(members) => {
            members.iter().any(|(name, value)| name == keyword || !DATA.contains(&name.as_str()) && has(value, keyword))
        }
        _ => false,
    }
}

fn kept_apart(schema: &Value) -> Value {
    match schema {
        Value::Array(elements) => elements.iter().map(kept_apart).collect(),
        Value::Object(members) => {
            let kept = |(name, value): (&String, &Value)| {
                let value = match (name.as_str(), value) {
                    (name, _) if DATA.contains(&name) => value.clone(),
                    (name, Value::Object(named)) if NAMED.contains(&name) => {
                        named.iter().map(|(name, schema)| (name.clone(), kept_apart(schema))).collect()
                    }
                    _ => kept_apart(value),
                };
                (name.clone(), value)
            };
            let (of_contains, mut others): (Map<_, _>, Map<_, _>) =
                members.iter().map(kept).partition(|(name, _)| OF_CONTAINS.contains(&name.as_str()));
            if of_contains.contains_key("contains") {
                let apart = json!({ "not": { "not": of_contains } });
                match others.entry("allOf").or_insert_with(|| json!([])) {
                    Value::Array(all) => all.push(apart),
                    other => *other = json!([apart]),
                }
            } else {
                others.extend(of_contains);
            }
            Value::Object(others)
        }
        _ => schema.clone(),
    }
}

/// A value whose whole numbers are spelled as such; `None` if they are anyway.
pub(super) fn as_integers(value: &Value) -> Option<Value> {
    let mut spelled = value.clone();
    respell(&mut spelled).then_some(spelled)
}

fn respell(value: &mut Value) -> bool {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            let whole = text.strip_suffix(".0").and_then(|whole| whole.parse().ok());
            whole.map(|whole: serde_json::Number| *number = whole).is_some()
        }
        Value::Array(elements) => elements.iter_mut().fold(false, |any, element| respell(element) | any),
        Value::Object(members) => members.values_mut().fold(false, |any, member| respell(member) | any),
        _ => false,
    }
}
