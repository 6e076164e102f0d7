//! JSON that knows where it stands.

use std::collections::HashMap;
use std::ops::Range;

use jsonc_parser::ast;

/// A JSON value with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a JSON value is; numbers keep their digits.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object, in the order of the text; names are unique.
    Object(Vec<Member>),
}

/// One member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The name, unescaped.
    pub name: String,
    /// Where the name stands.
    pub name_span: Range<usize>,
    /// The value.
    pub value: Value,
}

/// A member that stands twice in one object.
pub(super) struct Duplicate {
    pub(super) name: String,
    pub(super) pointer: String,
    pub(super) first: Range<usize>,
    pub(super) second: Range<usize>,
}

impl Value {
    pub(super) fn from_ast(ast: &ast::Value<'_>) -> Result<Self, Duplicate> {
        convert(ast, "")
    }

    /// The members of an object; none of anything else.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Object(members) => members,
            _ => &[],
        }
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        matches!(self.kind, Kind::Object(_))
    }

    /// The elements of an array; none of anything else.
    #[must_use]
    pub fn elements(&self) -> &[Self] {
        match &self.kind {
            Kind::Array(elements) => elements,
            _ => &[],
        }
    }

    /// The member `name` of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().find(|member| member.name == name).map(|member| &member.value)
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value that a JSON Pointer leads to.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').skip(1).try_fold(self, |here, segment| {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            match &here.kind {
                Kind::Array(elements) => elements.get(segment.parse::<usize>().ok()?),
                _ => here.get(&segment),
            }
        })
    }

    /// The value as JSON text without white space; numbers keep their digits.
    #[must_use]
    pub fn to_text(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match &self.kind {
            Kind::Null => "null".to_owned(),
            Kind::Bool(flag) => flag.to_string(),
            Kind::Number(digits) => digits.clone(),
            Kind::String(text) => quoted(text),
            Kind::Array(elements) => {
                format!("[{}]", elements.iter().map(Self::to_text).collect::<Vec<_>>().join(","))
            }
            Kind::Object(members) => {
                let member = |member: &Member| format!("{}:{}", quoted(&member.name), member.value.to_text());
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }
        }
    }

    /// The plain value, for what needs no places.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(flag) => (*flag).into(),
            Kind::Number(digits) => serde_json::from_str(digits).unwrap_or(serde_json::Value::Null),
            Kind::String(text) => text.clone().into(),
            Kind::Array(elements) => elements.iter().map(Self::to_json).collect(),
            Kind::Object(members) => {
                members.iter().map(|member| (member.name.clone(), member.value.to_json())).collect()
            }
        }
    }
}

/// One more segment on a JSON Pointer.
#[must_use]
pub(crate) fn join(pointer: &str, segment: &str) -> String {
    format!("{pointer}/{}", segment.replace('~', "~0").replace('/', "~1"))
}

fn convert(ast: &ast::Value<'_>, pointer: &str) -> Result<Value, Duplicate> {
    let (range, kind) = match ast {
        ast::Value::NullKeyword(null) => (null.range, Kind::Null),
        ast::Value::BooleanLit(flag) => (flag.range, Kind::Bool(flag.value)),
        ast::Value::NumberLit(number) => (number.range, Kind::Number(number.value.to_owned())),
        ast::Value::StringLit(text) => (text.range, Kind::String(text.value.to_string())),
        ast::Value::Array(array) => {
            let elements = array
                .elements
                .iter()
                .enumerate()
                .map(|(index, element)| convert(element, &join(pointer, &index.to_string())));
            (array.range, Kind::Array(elements.collect::<Result<_, _>>()?))
        }
        ast::Value::Object(object) => (object.range, Kind::Object(members(object, pointer)?)),
    };
    Ok(Value { span: range.start..range.end, kind })
}

fn members(object: &ast::Object<'_>, pointer: &str) -> Result<Vec<Member>, Duplicate> {
    let mut seen: HashMap<&str, Range<usize>> = HashMap::new();
    let mut members = Vec::with_capacity(object.properties.len());
    for property in &object.properties {
        let ast::ObjectPropName::String(literal) = &property.name else { continue };
        let name_span = literal.range.start..literal.range.end;
        let here = join(pointer, &literal.value);
        if let Some(first) = seen.insert(&literal.value, name_span.clone()) {
            return Err(Duplicate { name: literal.value.to_string(), pointer: here, first, second: name_span });
        }
        members.push(Member { name: literal.value.to_string(), name_span, value: convert(&property.value, &here)? });
    }
    Ok(members)
}
