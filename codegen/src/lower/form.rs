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
            _ => (inner.to_owned(), judge::reason(&error, schema)),
        };
        let at = document.at(&format!("{pointer}{inner}"), value.pointer(&inner).unwrap_or(value));
        found.push(
            Diagnostic::new(Rule::MANIFEST, &at, format!("this is not what `{name}` asks for: {reason}")).label("here"),
        );
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
