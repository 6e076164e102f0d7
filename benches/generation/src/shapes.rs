//! One payload in the spellings that producers in other languages and with other libraries choose.

use jsonschema::Validator;
use serde_json::{Map, Value};

/// The same payload (with other texts where it is full of escapes) in several spellings.
pub struct Shapes {
    /// Members as documented, which is nearly always the order of the schema.
    pub compact: String,
    /// Members by name.
    pub sorted: String,
    /// Members the other way round.
    pub reversed: String,
    /// With line breaks and two spaces for each level.
    pub pretty: String,
    /// Every string has an escape.
    pub escaped: String,
}

impl Shapes {
    /// All spellings of a payload; each keeps to the schema.
    pub fn of(payload: &Value, schema: &Value) -> Self {
        let validator = jsonschema::options().should_validate_formats(true).build(schema).expect("the schema is one");
        assert!(validator.is_valid(payload), "the example is valid");
        let text = |value: &Value| serde_json::to_string(value).expect("JSON values have a text");
        Self {
            compact: text(payload),
            sorted: text(&reordered(payload, &|members| members.sort_by(|(a, _), (b, _)| a.cmp(b)))),
            reversed: text(&reordered(payload, &|members| members.reverse())),
            pretty: serde_json::to_string_pretty(payload).expect("JSON values have a text"),
            escaped: escaped(payload, &validator),
        }
    }
}

/// A member's name and its value.
type Member = (String, Value);

fn reordered(value: &Value, order: &dyn Fn(&mut Vec<Member>)) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<Member> =
                members.iter().map(|(name, value)| (name.clone(), reordered(value, order))).collect();
            order(&mut members);
            Value::Object(Map::from_iter(members))
        }
        Value::Array(elements) => elements.iter().map(|element| reordered(element, order)).collect(),
        other => other.clone(),
    }
}

/// A text that may say anything gets a line break and an accent, as people write them. Another, such as an id or a
/// time, keeps its value, and one letter of it is spelled by its number.
fn escaped(payload: &Value, validator: &Validator) -> String {
    let mut free = payload.clone();
    let places = strings(payload, "");
    for place in &places {
        let text = free.pointer_mut(place).expect("the place was just found");
        let before = text.clone();
        *text = Value::String(format!("{} caf\u{e9}\n", text.as_str().unwrap_or_default()));
        if !validator.is_valid(&free) {
            *free.pointer_mut(place).expect("the place was just found") = before;
        }
    }
    spelled(&free)
}

/// The JSON Pointers of all strings.
fn strings(value: &Value, here: &str) -> Vec<String> {
    match value {
        Value::String(_) => vec![here.to_owned()],
        Value::Array(elements) => (0..).zip(elements).flat_map(|(at, e)| strings(e, &format!("{here}/{at}"))).collect(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| strings(value, &format!("{here}/{}", name.replace('~', "~0").replace('/', "~1"))))
            .collect(),
        _ => Vec::new(),
    }
}

fn spelled(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let json = Value::from(text.as_str()).to_string().replace('\u{e9}', "\\u00e9");
            match text.chars().next() {
                Some(first) if !json.contains('\\') => {
                    format!("\"\\u{:04x}{}", u32::from(first), &json[1 + first.len_utf8()..])
                }
                _ => json,
            }
        }
        Value::Array(elements) => format!("[{}]", elements.iter().map(spelled).collect::<Vec<_>>().join(",")),
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), spelled(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}
