//! A JSON Schema that judges a value as a whole: for what cannot be checked while reading.

use std::sync::OnceLock;

use jsonschema::Validator;

use crate::data::Data;
use crate::json::{Reader, Writer};
use crate::refusal::Refusal;
use crate::rules::Rules;

/// A self-contained schema, compiled when it is first asked.
///
/// Keywords such as `oneOf`, `not` or `unevaluatedProperties` look at a value from several sides at once. A place that has
/// one is read by what its other keywords say, and then judged by its schema.
///
/// ```
/// use event_contracts::text_schema::TextSchema;
///
/// static ODD: TextSchema = TextSchema::new(r#"{ "not": { "multipleOf": 2 } }"#);
/// assert!(ODD.check("3").is_ok());
/// assert_eq!(ODD.check("4").unwrap_err().keyword(), "not");
/// ```
#[derive(Debug)]
pub struct TextSchema {
    text: &'static str,
    validator: OnceLock<Validator>,
}

impl TextSchema {
    /// A schema by its text, which the generator has checked.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, validator: OnceLock::new() }
    }

    /// The text.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Judges a JSON text.
    ///
    /// # Errors
    /// The first keyword that refuses it, with the pointer of its place inside the value; `number` if a number is too large
    /// for the validator to judge.
    ///
    /// # Panics
    /// If the text of the schema is no valid schema.
    pub fn check(&self, json: &str) -> Result<(), Refusal> {
        let validator = self.validator.get_or_init(|| {
            let schema = serde_json::from_str(self.text).expect("the generator writes JSON");
            jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .expect("the generator has read this schema")
        });
        // What the validator cannot judge must not pass for valid.
        let value = serde_json::from_str(json).map_err(|_| Refusal::new("number", "numbers that a double can hold"))?;
        match validator.iter_errors(&value).next() {
            None => Ok(()),
            Some(error) => Err(refusal(&error)),
        }
    }

    /// Judges the value that `reader` has just read, from the byte `start` on.
    #[doc(hidden)]
    pub fn check_read(&self, reader: &Reader<'_>, start: usize) -> Result<(), Refusal> {
        self.check(&reader.text()[start..reader.position()]).map_err(|refusal| refusal.at(start))
    }

    /// Judges a value that was built.
    #[doc(hidden)]
    pub fn check_built<T: Data>(&self, value: &T, rules: &Rules) -> Result<(), Refusal> {
        let mut writer = Writer::new();
        value.write(&mut writer, rules);
        self.check(writer.as_str())
    }
}

/// What the validator says, without the value.
fn refusal(error: &jsonschema::ValidationError<'_>) -> Refusal {
    let schema_path = error.schema_path().as_str();
    let keyword = schema_path.rsplit('/').find_map(known_keyword).unwrap_or("schema");
    let refusal = Refusal::new(keyword, format!("what `{keyword}` of its schema says"));
    let segments = error.instance_path().as_str().split('/').skip(1).collect::<Vec<_>>();
    segments
        .into_iter()
        .rev()
        .fold(refusal, |refusal, segment| refusal.within(segment.replace("~1", "/").replace("~0", "~")))
}

/// The keyword of this name; the last segment of a schema path may also be an index or a member's name.
fn known_keyword(name: &str) -> Option<&'static str> {
    const KEYWORDS: &[&str] = &[
        "additionalItems",
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "contains",
        "dependencies",
        "dependentRequired",
        "dependentSchemas",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "if",
        "items",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "not",
        "oneOf",
        "pattern",
        "patternProperties",
        "prefixItems",
        "propertyNames",
        "required",
        "type",
        "unevaluatedItems",
        "unevaluatedProperties",
        "uniqueItems",
    ];
    KEYWORDS.iter().find(|known| **known == name).copied()
}
