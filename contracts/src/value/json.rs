//! Any JSON value, kept as its text.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde_json::Value;

use crate::data::{Checks, Data};
use crate::json::{Kind, Kinds, Reader, Writer};
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::value::exact::Exact;
use crate::value::serde_by_json;
use crate::value::tree::Tree;

/// Any JSON value, kept as the text it was read from: digits, escapes and white space included.
///
/// Values compare as JSON values: the order of members, white space and spelling do not matter.
///
/// ```
/// use event_contracts::Json;
///
/// let left: Json = r#"{"a": 1, "b": "x"}"#.parse()?;
/// let right: Json = r#"{"b":"\u0078","a":1.0}"#.parse()?;
/// assert_eq!(left, right);
/// assert_eq!(left.as_str(), r#"{"a": 1, "b": "x"}"#);
/// # Ok::<(), event_contracts::Refusal>(())
/// ```
#[derive(Clone)]
pub struct Json(Box<str>);

impl Json {
    /// `null`
    #[must_use]
    pub fn null() -> Self {
        Self("null".into())
    }

    /// A text.
    #[must_use]
    pub fn string(text: &str) -> Self {
        let mut writer = Writer::new();
        writer.string(text);
        Self(writer.into_string().into())
    }

    /// The kind of the value.
    #[must_use]
    pub fn kind(&self) -> Kind {
        // A value was checked before it became one; there is no other first byte.
        self.0.bytes().next().and_then(Kind::of_first_byte).unwrap_or(Kind::Null)
    }

    /// The JSON text of the value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value as a tree of `serde_json`, whose numbers are less exact than these.
    ///
    /// A number that is too large for it becomes `null`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        serde_json::from_str(&self.0).unwrap_or_else(|_| lossy_value(&self.0))
    }

    /// A text that the reader has gone past, and so has checked.
    fn checked(raw: &str) -> Self {
        Self(raw.into())
    }

    fn tree(&self) -> Tree<'_> {
        // A `Value` may nest more deeply than any text that is read; such a one is only itself.
        Tree::parse(&self.0).unwrap_or(Tree::String(Cow::Borrowed(&self.0)))
    }
}

/// What `serde_json` refuses as a whole, part by part.
fn lossy_value(text: &str) -> Value {
    let mut reader = Reader::new(text);
    let part = |raw: Result<&str, Refusal>| raw.map_or(Value::Null, |raw| Json::checked(raw).to_value());
    match reader.kind() {
        Ok(Kind::Array) if reader.begin_array().is_ok() => {
            let (mut first, mut elements) = (true, Vec::new());
            while let Ok(true) = reader.next_element(&mut first) {
                elements.push(part(reader.raw()));
            }
            Value::Array(elements)
        }
        Ok(Kind::Object) => {
            let mut object = serde_json::Map::new();
            if let Ok(mut members) = reader.begin_object() {
                while let Ok(Some(name)) = reader.next_member(&mut members) {
                    object.insert(name.into_owned(), part(reader.raw()));
                }
            }
            Value::Object(object)
        }
        _ => Value::Null,
    }
}

/// Whether a value, by its JSON text, is of one of these kinds.
fn check_kinds(text: &str, rules: &Rules) -> Result<(), Refusal> {
    let Some(kinds) = rules.kinds else { return Ok(()) };
    let kind = match text.bytes().next().and_then(Kind::of_first_byte) {
        Some(Kind::Boolean) => Kinds::BOOLEAN,
        Some(Kind::Number) if Exact::parse(text).is_integer() => Kinds::INTEGER,
        Some(Kind::Number) => Kinds::NUMBER,
        Some(Kind::String) => Kinds::STRING,
        Some(Kind::Array) => Kinds::ARRAY,
        Some(Kind::Object) => Kinds::OBJECT,
        Some(Kind::Null) | None => Kinds::NULL,
    };
    if kinds.covers(kind) { Ok(()) } else { Err(Refusal::new("type", kinds.to_string())) }
}

impl Data for Json {
    const CHECKS: Checks = Checks::KINDS;

    #[inline]
    fn read(reader: &mut Reader<'_>, rules: &Rules) -> Result<Self, Refusal> {
        let start = reader.offset();
        let raw = reader.raw()?;
        check_kinds(raw, rules).map_err(|refusal| refusal.at(start))?;
        Ok(Self::checked(raw))
    }

    #[inline]
    fn write(&self, writer: &mut Writer, _: &Rules) {
        writer.raw(&self.0);
    }

    #[inline]
    fn check(&self, rules: &Rules) -> Result<(), Refusal> {
        check_kinds(&self.0, rules)
    }
}

/// Parses a JSON text; white space around it is not kept.
impl std::str::FromStr for Json {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let mut reader = Reader::new(text);
        let raw = reader.raw()?;
        reader.end()?;
        Ok(Self::checked(raw))
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self(value.to_string().into())
    }
}

impl From<&Json> for Value {
    fn from(json: &Json) -> Self {
        json.to_value()
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({})", self.0)
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.tree() == other.tree()
    }
}

impl Eq for Json {}

impl PartialOrd for Json {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A total order of JSON values, for sets and maps; it means nothing else.
impl Ord for Json {
    fn cmp(&self, other: &Self) -> Ordering {
        self.tree().cmp(&other.tree())
    }
}

impl Hash for Json {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tree().hash(state);
    }
}

serde_by_json!(Json);
