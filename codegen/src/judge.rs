//! A message against the schema of its event: what the validator says, with the places in the schema's own files.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};

use crate::contract::Event;
use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::source::Folder;

/// The validator of one event, formats asserted.
///
/// # Errors
/// Why there is none, as a finding.
pub(crate) fn validator(event: &Event) -> Result<Validator, Box<Diagnostic>> {
    let refuse = |reason: String| {
        let message = format!("the validator does not take the schema of `{}`: {reason}", event.name.wire);
        Box::new(Diagnostic::new(Rule::UNSUPPORTED_KEYWORD, &Location::start_of(&event.at.file), message))
    };
    compiled(&event.schema).map_err(refuse)
}

/// The validator of a schema, formats asserted.
///
/// # Errors
/// Why there is none.
pub(crate) fn compiled(schema: &str) -> Result<Validator, String> {
    let schema = serde_json::from_str(schema).map_err(|error| error.to_string())?;
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).map_err(|error| error.masked().to_string())
}

/// One reason why a message is refused.
#[derive(Debug, Clone)]
pub(crate) struct Violation {
    /// JSON Pointer into the message.
    pub(crate) pointer: String,
    /// The keyword that refuses.
    pub(crate) keyword: String,
    /// What it asks for; never a value of the message.
    pub(crate) reason: String,
    /// The keyword's place in the schema files.
    pub(crate) schema: Option<Location>,
}

/// Every reason why a message is refused, in the order of the message's pointers.
pub(crate) fn violations(
    validator: &Validator,
    event: &Event,
    message: &serde_json::Value,
    folder: &Folder,
) -> Vec<Violation> {
    let mut violations: Vec<Violation> =
        validator.iter_errors(message).map(|error| violation(&error, event, folder)).collect();
    violations.sort_by(|a, b| (&a.pointer, &a.keyword, &a.reason).cmp(&(&b.pointer, &b.keyword, &b.reason)));
    // Two definitions that say the same refuse twice; one is enough to tell.
    violations.dedup_by(|a, b| (&a.pointer, &a.keyword, &a.reason) == (&b.pointer, &b.keyword, &b.reason));
    violations
}

fn violation(error: &ValidationError<'_>, event: &Event, folder: &Folder) -> Violation {
    let path = error.schema_path().as_str();
    Violation {
        pointer: error.instance_path().as_str().to_owned(),
        keyword: error.kind().keyword().to_owned(),
        reason: reason(error, &serde_json::Value::Null),
        schema: place(folder, &event.path, path),
    }
}

/// What a value is refused for, without the value.
pub(crate) fn reason(error: &ValidationError<'_>, schema: &serde_json::Value) -> String {
    match error.kind() {
        ValidationErrorKind::Required { property } => format!("`{}` is missing", property.as_str().unwrap_or_default()),
        ValidationErrorKind::Format { format } => format!("the value is not of the format `{format}`"),
        // A list of constants with a description each, as our meta-schemas have them.
        ValidationErrorKind::OneOfNotValid { .. } if !constants(error, schema).is_empty() => {
            format!("the value is none of {}", constants(error, schema).join(", "))
        }
        _ => error.masked_with("the value").to_string(),
    }
}

fn constants(error: &ValidationError<'_>, schema: &serde_json::Value) -> Vec<String> {
    let parts = schema.pointer(error.schema_path().as_str()).and_then(serde_json::Value::as_array);
    let constant =
        |part: &serde_json::Value| part.get("const").and_then(|text| text.as_str()).map(|text| format!("`{text}`"));
    parts.and_then(|parts| parts.iter().map(constant).collect()).unwrap_or_default()
}

/// A place of the bundle of `root`, in the file that it came from: the bundle keeps other files whole under `$defs`.
fn place(folder: &Folder, root: &str, bundled: &str) -> Option<Location> {
    let embedded = bundled.strip_prefix("/$defs/").and_then(|rest| {
        let (segment, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let file = segment.replace("~1", "/").replace("~0", "~");
        folder.documents.contains_key(&file).then_some((file, rest))
    });
    let (file, mut pointer) = embedded.unwrap_or_else(|| (root.to_owned(), bundled));
    loop {
        if let Some(place) = folder.place(&file, pointer) {
            return Some(place);
        }
        // The validator may go on below a keyword, as for each member that is required.
        pointer = &pointer[..pointer.rfind('/')?];
    }
}
