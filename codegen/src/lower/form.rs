//! Our own files against their meta-schemas, with the place of everything that is wrong.

use std::sync::OnceLock;

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde::de::DeserializeOwned;

use crate::contract::manifest::meta_schemas;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Rule};
use crate::judge;
use crate::source::{Document, Value};

/// The place of a value that is known to be there, or of the whole document.
pub(super) fn place(document: &Document, pointer: &str) -> Location {
    document.at(pointer, document.value.pointer(pointer).unwrap_or(&document.value))
}

/// A form of our own: a meta-schema, ready to judge.
pub(super) struct Form {
    name: &'static str,
    schema: serde_json::Value,
    validator: Validator,
}

/// The forms of `system.json` and `x-event`; made once, since every event asks for the second.
pub(super) fn forms() -> &'static [Form; 2] {
    static FORMS: OnceLock<[Form; 2]> = OnceLock::new();
    FORMS.get_or_init(|| {
        meta_schemas().map(|(name, schema)| {
            let validator = jsonschema::validator_for(&schema).expect("our own meta-schemas are valid");
            Form { name, schema, validator }
        })
    })
}

/// Reads a value of one of our own forms, after its meta-schema has told everything that is wrong with it.
pub(super) fn checked<T: DeserializeOwned>(
    document: &Document,
    value: &Value,
    pointer: &str,
    form: &Form,
    found: &mut Diagnostics,
) -> Option<T> {
    let Form { name, schema, validator } = form;
    let json = value.to_json();
    let mut wrong = false;
    for error in validator.iter_errors(&json) {
        wrong = true;
        let inner = error.instance_path().as_str();
        let (inner, reason) = match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } if !unexpected.is_empty() => {
                (crate::source::join(inner, &unexpected[0]), "there is no such member".to_owned())
            }
            ValidationErrorKind::AnyOf { .. } => (inner.to_owned(), "there is no such value".to_owned()),
            _ => (inner.to_owned(), judge::reason(&error, schema)),
        };
        let at = document.at(&format!("{pointer}{inner}"), value.pointer(&inner).unwrap_or(value));
        let finding =
            Diagnostic::new(Rule::MANIFEST, &at, format!("this is not what `{name}` asks for: {reason}")).label("here");
        let member = inner.rsplit('/').next().unwrap_or_default();
        found.push(match way_out(schema, error.schema_path().as_str(), member) {
            Some(help) => finding.help(help),
            None => finding,
        });
    }
    if wrong {
        return None;
    }
    match serde_json::from_value(json) {
        Ok(read) => Some(read),
        Err(error) => {
            found.push(Diagnostic::new(Rule::MANIFEST, &document.at(pointer, value), error.to_string()));
            None
        }
    }
}

/// What the meta-schema has to offer at the place of a keyword that refused: the values or members that there are, or what
/// the place is about.
fn way_out(schema: &serde_json::Value, keyword_at: &str, member: &str) -> Option<String> {
    let (place, keyword) = keyword_at.rsplit_once('/')?;
    let place = schema.pointer(place)?;
    if keyword == "additionalProperties" {
        let members: Vec<&String> = place.get("properties")?.as_object()?.keys().collect();
        let nearest =
            members.iter().map(|known| (strsim::jaro_winkler(known, member), known)).max_by(|a, b| a.0.total_cmp(&b.0));
        return Some(match nearest {
            Some((likeness, known)) if likeness > 0.8 => format!("did you mean `{known}`?"),
            _ => format!("known are {}", members.iter().map(|known| known.as_str()).collect::<Vec<_>>().join(", ")),
        });
    }
    let mut texts = Vec::new();
    collect_texts(schema, place, &mut texts);
    if texts.is_empty() {
        place.get("description")?.as_str().map(str::to_owned)
    } else {
        Some(format!("known are {}", texts.join(", ")))
    }
}

/// The texts that a place of a meta-schema lists, directly or by its alternatives.
fn collect_texts<'a>(schema: &'a serde_json::Value, place: &'a serde_json::Value, texts: &mut Vec<&'a str>) {
    texts.extend(place.get("const").and_then(serde_json::Value::as_str));
    let listed = place.get("enum").and_then(serde_json::Value::as_array).into_iter().flatten();
    texts.extend(listed.filter_map(serde_json::Value::as_str));
    let alternatives = ["anyOf", "oneOf"].iter().filter_map(|keyword| place.get(*keyword)?.as_array()).flatten();
    for alternative in alternatives {
        collect_texts(schema, alternative, texts);
    }
    let target = place
        .get("$ref")
        .and_then(serde_json::Value::as_str)
        .and_then(|target| schema.pointer(target.strip_prefix('#')?));
    if let Some(target) = target {
        collect_texts(schema, target, texts);
    }
}
