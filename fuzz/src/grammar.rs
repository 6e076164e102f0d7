//! Schemas made of bytes: each byte chooses, so that a changed byte is another schema and not another syntax error.

use std::fmt::Write as _;

/// Bytes that choose; when they are used up, the first of everything.
pub struct Choices<'a>(pub &'a [u8]);

/// What the value of a keyword looks like.
enum Form {
    Schema,
    Schemas,
    NamedSchemas,
    PatternSchemas,
    Names,
    NamedNames,
    Count,
    Number,
    Flag,
    Text,
    Pattern,
    Format,
    Type,
    Values,
    Value,
    Reference,
    Draft,
}

const KEYWORDS: &[(&str, Form)] = &[
    ("type", Form::Type),
    ("properties", Form::NamedSchemas),
    ("$ref", Form::Reference),
    ("items", Form::Schema),
    ("required", Form::Names),
    ("oneOf", Form::Schemas),
    ("enum", Form::Values),
    ("$defs", Form::NamedSchemas),
    ("additionalProperties", Form::Schema),
    ("allOf", Form::Schemas),
    ("anyOf", Form::Schemas),
    ("const", Form::Value),
    ("title", Form::Text),
    ("description", Form::Text),
    ("pattern", Form::Pattern),
    ("format", Form::Format),
    ("minimum", Form::Number),
    ("maximum", Form::Number),
    ("exclusiveMinimum", Form::Number),
    ("exclusiveMaximum", Form::Flag),
    ("multipleOf", Form::Number),
    ("minLength", Form::Count),
    ("maxLength", Form::Count),
    ("minItems", Form::Count),
    ("maxItems", Form::Count),
    ("uniqueItems", Form::Flag),
    ("minProperties", Form::Count),
    ("maxProperties", Form::Count),
    ("patternProperties", Form::PatternSchemas),
    ("propertyNames", Form::Schema),
    ("prefixItems", Form::Schemas),
    ("items", Form::Schemas),
    ("additionalItems", Form::Schema),
    ("contains", Form::Schema),
    ("minContains", Form::Count),
    ("maxContains", Form::Count),
    ("not", Form::Schema),
    ("if", Form::Schema),
    ("then", Form::Schema),
    ("else", Form::Schema),
    ("dependentRequired", Form::NamedNames),
    ("dependentSchemas", Form::NamedSchemas),
    ("dependencies", Form::NamedSchemas),
    ("unevaluatedProperties", Form::Schema),
    ("unevaluatedItems", Form::Schema),
    ("$dynamicRef", Form::Reference),
    ("$dynamicAnchor", Form::Text),
    ("$anchor", Form::Text),
    ("$id", Form::Text),
    ("definitions", Form::NamedSchemas),
    ("default", Form::Value),
    ("examples", Form::Values),
    ("deprecated", Form::Flag),
    ("$schema", Form::Draft),
    ("contentEncoding", Form::Text),
    ("x-unknown", Form::Value),
];
const NAMES: &[&str] =
    &["a", "b", "A", "type", "self", "a-b", "a_b", "aB", "r#a", "1", "é", "", "/~%", "Option", "crate"];
const TEXTS: &[&str] = &[
    "a",
    "Item",
    "item",
    "Vec",
    "*/ fn x() {}",
    "`",
    "\\n",
    "#\\\"",
    "base64",
    "other.json",
    "\\u0000",
    "```\\nfail",
    "",
];
const PATTERNS: &[&str] = &[
    "^a$",
    "\\\\d+",
    "[^]",
    "(?=a)b",
    "(a|b)*",
    "^.{1,3}$",
    "\\\\p{L}",
    "(a)\\\\1",
    "[",
    "\\\\w\\\\s\\\\b",
    "(?<!a)b",
    "x{9,2}",
];
const FORMATS: &[&str] = &["date-time", "uuid", "date", "email", "uri", "hostname", "regex", "int64", "no-such"];
const TYPES: &[&str] = &["object", "string", "integer", "array", "number", "null", "boolean", "file"];
const NUMBERS: &[&str] =
    &["0", "1", "-1", "1.5", "1e400", "-0", "18446744073709551616", "0.1", "1E-400", "9223372036854775807"];
const VALUES: &[&str] =
    &["null", "0", "1.0", "\"a\"", "\"A\"", "true", "[]", "{}", "\"\"", "{\"a\": 1}", "[1, 1.0]", "1e999"];
const REFERENCES: &[&str] = &[
    "#/$defs/a",
    "#",
    "#/$defs/b",
    "#/properties/a",
    "#a",
    "schema.json",
    "missing.json",
    "#/$defs/%2F~0",
    "../x.json",
];
const DRAFTS: &[&str] = &[
    "https://json-schema.org/draft/2020-12/schema",
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/draft-04/schema#",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-06/schema#",
    "urn:none",
];

impl Choices<'_> {
    fn below(&mut self, limit: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first) % limit
    }

    fn text(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }

    /// A schema, as JSON text.
    pub fn schema(&mut self, depth: usize) -> String {
        let count = if depth > 6 { 0 } else { self.below(7) };
        if count == 0 {
            return ["true", "{}", "false"][self.below(3)].to_owned();
        }
        let mut members: Vec<(&str, String)> = Vec::new();
        for _ in 0..count {
            let (name, form) = &KEYWORDS[self.below(KEYWORDS.len())];
            let value = self.value(form, depth);
            if members.iter().all(|(other, _)| other != name) {
                members.push((name, value));
            }
        }
        let members = members.iter().map(|(name, value)| format!("\"{name}\": {value}"));
        format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
    }

    fn value(&mut self, form: &Form, depth: usize) -> String {
        match form {
            Form::Schema => self.schema(depth + 1),
            Form::Schemas => self.listed(|choices| choices.schema(depth + 1)),
            Form::NamedSchemas => self.named(NAMES, |choices| choices.schema(depth + 1)),
            Form::PatternSchemas => self.named(PATTERNS, |choices| choices.schema(depth + 1)),
            Form::Names => self.listed(|choices| format!("\"{}\"", choices.text(NAMES))),
            Form::NamedNames => {
                self.named(NAMES, |choices| choices.listed(|choices| format!("\"{}\"", choices.text(NAMES))))
            }
            Form::Count => ["0", "1", "2", "3.0", "-1", "4294967296"][self.below(6)].to_owned(),
            Form::Number => self.text(NUMBERS).to_owned(),
            Form::Flag => ["true", "false", "1"][self.below(3)].to_owned(),
            Form::Text => format!("\"{}\"", self.text(TEXTS)),
            Form::Pattern => format!("\"{}\"", self.text(PATTERNS)),
            Form::Format => format!("\"{}\"", self.text(FORMATS)),
            Form::Type if self.below(3) == 2 => self.listed(|choices| format!("\"{}\"", choices.text(TYPES))),
            Form::Type => format!("\"{}\"", self.text(TYPES)),
            Form::Values => self.listed(|choices| choices.text(VALUES).to_owned()),
            Form::Value => self.text(VALUES).to_owned(),
            Form::Reference => format!("\"{}\"", self.text(REFERENCES)),
            Form::Draft => format!("\"{}\"", self.text(DRAFTS)),
        }
    }

    fn listed(&mut self, mut part: impl FnMut(&mut Self) -> String) -> String {
        let count = 1 + self.below(4);
        let parts: Vec<String> = (0..count).map(|_| part(self)).collect();
        format!("[{}]", parts.join(", "))
    }

    fn named(&mut self, names: &[&'static str], mut part: impl FnMut(&mut Self) -> String) -> String {
        let (count, start) = (1 + self.below(4), self.below(names.len()));
        let mut text = String::new();
        for index in 0..count {
            // Neighbours in the list, so that no name comes twice.
            let _ = write!(text, ", \"{}\": {}", names[(start + index) % names.len()], part(self));
        }
        format!("{{{}}}", text.trim_start_matches(", "))
    }
}
