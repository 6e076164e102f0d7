//! A document of a comparison: its text, read twice, as formulas need it and as the validator does.

use std::cell::{OnceCell, RefCell};
use std::fmt;

use jsonschema::Validator;
use serde_json::Value;

use super::disputed;
use super::weight::Weights;
use crate::diagnostic::{Diagnostics, Rule};
use crate::schema::{self, Dialect, Draft, NodeId, Schemas};
use crate::source::{self, Folder, Origin};

/// The name of the document in its own folder of one.
const NAME: &str = "schema.json";

/// Content of texts is a remark, in whatever draft.
const ENCODINGS: &[&str] = &["base16", "base32", "base32hex", "base64", "base64url"];

/// Of a longer document with `unevaluated…` no validator is built: that takes the square of its length.
const MAX_UNEVALUATED: usize = 1 << 18;

/// A text that is no JSON Schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotASchema {
    /// Which of the two: `old` or `new`.
    pub document: &'static str,
    /// JSON Pointer to what is wrong.
    pub pointer: String,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for NotASchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} document is no JSON Schema: {}", self.document, self.message)?;
        if self.pointer.is_empty() { Ok(()) } else { write!(f, ", at `{}`", self.pointer) }
    }
}

impl std::error::Error for NotASchema {}

/// One of the two schemas.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) value: Value,
    /// Its schemas and the root of them, or why they cannot be read.
    pub(super) schemas: Result<(Schemas, NodeId), String>,
    draft: Draft,
    pub(super) assert_formats: bool,
    validator: OnceCell<Option<Validator>>,
    /// The validator of the document as others read it.
    other: OnceCell<Option<Validator>>,
    weights: RefCell<Weights>,
}

/// Whether a value is accepted, as most validators read the document and as others do where the draft leaves it open.
pub(super) type Readings = [bool; 2];

impl Document {
    /// Reads a schema.
    ///
    /// # Errors
    /// What is wrong with it, if it is none.
    pub(super) fn read(
        name: &'static str,
        text: &str,
        draft: Option<Draft>,
        assert_formats: bool,
    ) -> Result<Self, NotASchema> {
        // Some editors put a mark before the text, which is none of it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let unread = |message: String| NotASchema { document: name, pointer: String::new(), message };
        let mut value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) if is_json(text) => return Ok(Self::unread(format!("{error}, which no validator reads"))),
            Err(error) => return Err(unread(format!("it is not JSON: {error}"))),
        };
        let stated = value.get("$schema").and_then(Value::as_str).and_then(Draft::at);
        // A draft that the caller names is that of the document, whatever it says itself.
        let text = match (draft, stated) {
            (Some(draft), Some(stated)) if draft != stated => {
                value.as_object_mut().and_then(|members| members.shift_remove("$schema"));
                value.to_string()
            }
            _ => text.to_owned(),
        };
        let draft = draft.or(stated).unwrap_or(Draft::Y2020);
        let schemas = schemas(text, draft, assert_formats);
        let document = Self {
            value,
            schemas,
            draft,
            assert_formats,
            validator: OnceCell::new(),
            other: OnceCell::new(),
            weights: RefCell::new(Weights::new()),
        };
        match &document.schemas {
            Err(_) => document.refuse(name).map_or(Ok(document), Err),
            Ok(_) => Ok(document),
        }
    }

    /// A document that is JSON, but not such that anybody here reads it: too deep, or with numbers too large.
    fn unread(reason: String) -> Self {
        Self {
            value: Value::Null,
            schemas: Err(reason),
            draft: Draft::Y2020,
            assert_formats: false,
            validator: OnceCell::new(),
            other: OnceCell::new(),
            weights: RefCell::new(Weights::new()),
        }
    }

    /// Why the document is no schema, if it is none.
    fn refuse(&self, name: &'static str) -> Option<NotASchema> {
        let meta = match self.draft {
            Draft::Four => jsonschema::draft4::meta::validator(),
            Draft::Six => jsonschema::draft6::meta::validator(),
            Draft::Seven => jsonschema::draft7::meta::validator(),
            Draft::Y2019 => jsonschema::draft201909::meta::validator(),
            Draft::Y2020 => jsonschema::draft202012::meta::validator(),
        };
        let error = meta.iter_errors(&self.value).next()?;
        let pointer = error.instance_path().as_str().to_owned();
        Some(NotASchema { document: name, pointer, message: error.masked().to_string() })
    }

    /// How many objects and arrays there are in it: schemas, lists of them, and values with parts.
    pub(super) fn parts(&self) -> usize {
        fn parts(value: &Value) -> usize {
            match value {
                Value::Array(elements) => 1 + elements.iter().map(parts).sum::<usize>(),
                Value::Object(members) => 1 + members.values().map(parts).sum::<usize>(),
                _ => 0,
            }
        }
        parts(&self.value)
    }

    /// How much work it would be to validate a value.
    pub(super) fn weight(&self, value: &Value) -> u64 {
        let weight = |(schemas, root): &(Schemas, NodeId)| self.weights.borrow_mut().of(schemas, *root, value);
        self.schemas.as_ref().map_or(0, weight)
    }

    /// The validator of the document, built when it is first asked.
    pub(super) fn validator(&self) -> Option<&Validator> {
        self.validator.get_or_init(|| self.build(&self.value)).as_ref()
    }

    /// Whether a value is accepted; `None` if there is no validator of the document.
    pub(super) fn readings(&self, value: &Value) -> Option<Readings> {
        let validator = self.validator()?;
        let is_valid = validator.is_valid(value);
        let otherwise = if self.draft == Draft::Four {
            disputed::as_integers(value).map(|value| validator.is_valid(&value))
        } else {
            let other = self.other.get_or_init(|| {
                disputed::without_contained(self.draft, &self.value).and_then(|document| self.build(&document))
            });
            other.as_ref().map(|other| other.is_valid(value))
        };
        Some([is_valid, otherwise.unwrap_or(is_valid)])
    }

    /// What its draft leaves open.
    pub(super) fn dispute(&self) -> &'static str {
        if self.draft == Draft::Four { disputed::INTEGER } else { disputed::CONTAINS }
    }

    /// Whether both are read by the rules of one draft.
    pub(super) fn is_of_draft_of(&self, other: &Self) -> bool {
        self.draft == other.draft
    }

    /// The draft, as the validator calls it.
    pub(super) fn validator_draft(&self) -> jsonschema::Draft {
        match self.draft {
            Draft::Four => jsonschema::Draft::Draft4,
            Draft::Six => jsonschema::Draft::Draft6,
            Draft::Seven => jsonschema::Draft::Draft7,
            Draft::Y2019 => jsonschema::Draft::Draft201909,
            Draft::Y2020 => jsonschema::Draft::Draft202012,
        }
    }

    fn build(&self, document: &Value) -> Option<Validator> {
        let text = document.to_string();
        if text.len() > MAX_UNEVALUATED && text.contains("\"unevaluated") {
            return None;
        }
        let options = jsonschema::options()
            .with_draft(self.validator_draft())
            .should_validate_formats(self.assert_formats)
            .without_content_media_type_support("application/json")
            .offline();
        let options = ENCODINGS.iter().fold(options, |options, name| options.without_content_encoding_support(name));
        options.build(document).ok()
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok()
}

fn schemas(text: String, draft: Draft, formats: bool) -> Result<(Schemas, NodeId), String> {
    let document = source::parse(NAME, text).map_err(|finding| finding.message)?;
    let mut folder = Folder { origin: Origin::Memory, ..Folder::default() };
    folder.documents.insert(NAME.to_owned(), document);
    let dialect = Dialect { draft, formats, ..Dialect::PLAIN };
    let schemas = schema::read_files(&mut folder, &[NAME.to_owned()], dialect).map_err(|found| reason(&found))?;
    let root = schemas.find(NAME, "").ok_or("the document was not read")?;
    Ok((schemas, root))
}

/// Why the document cannot be read, with the place.
fn reason(found: &Diagnostics) -> String {
    let Some(first) = found.iter().next() else { return "it cannot be read".to_owned() };
    let pointer = first.at.as_ref().map_or("", |at| at.pointer.as_str());
    let place = super::meaning::pointer_or_root(pointer);
    let leads_out = first.rule.id == Rule::REF_OUTSIDE.id || first.message.contains("in the schema folder");
    if leads_out {
        return format!("the reference at `{place}` leads out of the document, and nothing is fetched; it is one");
    }
    format!("{}, at `{place}`", first.message.replace(&format!(" of `{NAME}`"), ""))
}
