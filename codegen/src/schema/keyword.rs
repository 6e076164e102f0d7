//! One keyword at a time: its form is checked, its meaning noted in the node.

use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::schema::{Kinds, NodeId, Reading, RuleAt, reference};
use crate::source::{Document, Kind, Member, Value, join};

/// Where a keyword stands and which schema it belongs to.
pub(super) struct Place<'a> {
    pub(super) path: &'a str,
    pub(super) document: &'a Document,
    /// The pointer of the keyword's value.
    pub(super) pointer: &'a str,
    pub(super) id: NodeId,
}

impl Place<'_> {
    /// The place of the keyword's name.
    pub(super) fn name(&self, member: &Member) -> Location {
        Location { span: member.name_span.clone(), ..self.document.at(self.pointer, &member.value) }
    }

    fn value(&self, value: &Value) -> Location {
        self.document.at(self.pointer, value)
    }
}

/// Keywords that say something about the schema and nothing about values.
const ANNOTATIONS: &[&str] = &[
    "$comment",
    "examples",
    "default",
    "readOnly",
    "writeOnly",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "x-event",
];

/// Keywords of JSON Schema that are not supported: they move names or scopes about, or need the network.
const UNSUPPORTED: &[&str] = &[
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "$recursiveAnchor",
    "$recursiveRef",
    "$vocabulary",
    "additionalItems",
    "dependencies",
    "id",
];

/// Keywords that look at a value from several sides, by the form of what they hold: a validator judges the whole value.
const WHOLE_SCHEMA: &[&str] =
    &["contains", "else", "if", "not", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"];
const WHOLE_SCHEMAS: &[&str] = &["anyOf", "oneOf", "prefixItems"];
const WHOLE_NAMED_SCHEMAS: &[&str] = &["dependentSchemas", "patternProperties"];
const WHOLE_VALUE: &[&str] = &["dependentRequired", "maxContains", "minContains", "multipleOf"];

/// Every keyword that is understood, for suggestions.
const SUPPORTED: &[&str] = &[
    "$defs",
    "$ref",
    "additionalProperties",
    "allOf",
    "const",
    "definitions",
    "deprecated",
    "description",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
    "uniqueItems",
    "x-decimal",
    "x-open-enum",
];

/// Formats that the decoder asserts, as the validator does.
const FORMATS: &[&str] = &["date", "date-time", "email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "uuid"];

impl Reading<'_> {
    pub(super) fn keyword(&mut self, place: &Place<'_>, member: &Member) {
        let value = &member.value;
        match member.name.as_str() {
            "title" | "description" => self.words(place, member),
            "deprecated" => {
                if let Some(flag) = self.boolean(place, value) {
                    self.schemas.nodes[place.id.0].deprecated = flag;
                }
            }
            "$schema" => self.dialect(place, value),
            "$ref" => self.reference(place, value),
            // The address of a whole file is known to `Addresses`.
            "$id" if place.pointer == "/$id" => {}
            "$id" => self.unsupported(place, member, "$id"),
            "$defs" | "definitions" => self.subschemas(place, value, true, |_, _, _| ()),
            "allOf" => self.listed(place, value, |node, id| node.all_of.push(id)),
            "type" => self.kinds(place, value),
            "const" => self.schemas.nodes[place.id.0].values = Some(vec![value.to_json()]),
            "enum" => self.values(place, value),
            "minimum" => self.rule("minimum", place, value, is_number),
            "maximum" => self.rule("maximum", place, value, is_number),
            "exclusiveMinimum" => self.rule("exclusiveMinimum", place, value, is_number),
            "exclusiveMaximum" => self.rule("exclusiveMaximum", place, value, is_number),
            "minLength" => self.rule("minLength", place, value, is_count),
            "maxLength" => self.rule("maxLength", place, value, is_count),
            "minItems" => self.rule("minItems", place, value, is_count),
            "maxItems" => self.rule("maxItems", place, value, is_count),
            "minProperties" => self.rule("minProperties", place, value, is_count),
            "maxProperties" => self.rule("maxProperties", place, value, is_count),
            "uniqueItems" => self.rule("uniqueItems", place, value, |value| matches!(value.kind, Kind::Bool(_))),
            "pattern" => self.rule("pattern", place, value, |value| value.as_str().is_some()),
            "format" => self.format(place, value),
            "items" => {
                let items = self.node(place.path, place.document, place.pointer, value, None);
                self.schemas.nodes[place.id.0].items = Some(items);
            }
            "additionalProperties" => {
                let additional = self.node(place.path, place.document, place.pointer, value, None);
                self.schemas.nodes[place.id.0].additional = Some(additional);
            }
            "properties" => self.subschemas(place, value, false, |node, name, id| node.properties.push((name, id))),
            "required" => self.required(place, value),
            "x-open-enum" => self.schemas.nodes[place.id.0].open_enum = self.texts(place, value),
            "x-decimal" => {
                if let Some(flag) = self.boolean(place, value) {
                    self.schemas.nodes[place.id.0].decimal = flag;
                }
            }
            name if ANNOTATIONS.contains(&name) => {}
            name if is_whole(name) => self.whole(name, place, value),
            name if UNSUPPORTED.contains(&name) => self.unsupported(place, member, name),
            name => self.unknown(place, member, name),
        }
    }

    /// Other drafts give the same keywords other meanings.
    fn dialect(&mut self, place: &Place<'_>, value: &Value) {
        let dialect = value.as_str().unwrap_or_default().trim_end_matches('#');
        if dialect != "https://json-schema.org/draft/2020-12/schema" {
            self.found.push(
                Diagnostic::new(Rule::UNSUPPORTED_KEYWORD, &place.value(value), "only draft 2020-12 is supported yet")
                    .label("another dialect")
                    .help("write `\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"`, and mind what changed: `$ref` has siblings, `items` is no list"),
            );
        }
    }

    fn unsupported(&mut self, place: &Place<'_>, member: &Member, name: &str) {
        self.found.push(
            Diagnostic::new(Rule::UNSUPPORTED_KEYWORD, &place.name(member), format!("`{name}` cannot be turned into an exact decoder yet"))
                .label("not supported")
                .help("refer to a definition by file and JSON Pointer; ignoring the keyword would accept what the schema refuses"),
        );
    }

    fn unknown(&mut self, place: &Place<'_>, member: &Member, name: &str) {
        let known =
            [SUPPORTED, UNSUPPORTED, WHOLE_SCHEMA, WHOLE_SCHEMAS, WHOLE_NAMED_SCHEMAS, WHOLE_VALUE, ANNOTATIONS];
        let likeness = known.into_iter().flatten().map(|known| (strsim::jaro_winkler(name, known), known));
        let nearest = likeness.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness > 0.8);
        // Other people's extensions are theirs, unless one looks like a slip in one of ours.
        if name.starts_with("x-") && nearest.is_none_or(|(likeness, _)| likeness < 0.93) {
            return;
        }
        let finding = Diagnostic::new(
            Rule::UNKNOWN_KEYWORD,
            &place.name(member),
            format!("`{name}` is no keyword of JSON Schema"),
        )
        .label("unknown");
        self.found.push(match nearest {
            Some((_, known)) => finding.help(format!("did you mean `{known}`?")),
            None => finding
                .help("a validator would ignore it; a note for people is a `$comment`, an extension begins with `x-`"),
        });
    }

    fn wrong(&mut self, place: &Place<'_>, value: &Value, expected: &str) {
        let keyword = place.pointer.rsplit('/').next().unwrap_or_default();
        self.found.push(
            Diagnostic::new(Rule::KEYWORD_VALUE, &place.value(value), format!("`{keyword}` must be {expected}"))
                .label(format!("expected {expected}")),
        );
    }

    fn words(&mut self, place: &Place<'_>, member: &Member) {
        let Some(text) = member.value.as_str().map(str::to_owned) else {
            return self.wrong(place, &member.value, "a text");
        };
        let node = &mut self.schemas.nodes[place.id.0];
        *(if member.name == "title" { &mut node.title } else { &mut node.description }) = Some(text);
    }

    fn boolean(&mut self, place: &Place<'_>, value: &Value) -> Option<bool> {
        match value.kind {
            Kind::Bool(flag) => Some(flag),
            _ => {
                self.wrong(place, value, "`true` or `false`");
                None
            }
        }
    }

    fn reference(&mut self, place: &Place<'_>, value: &Value) {
        let Some(target) = value.as_str() else { return self.wrong(place, value, "a reference") };
        let pending = reference::Pending {
            from: place.id,
            path: place.path.to_owned(),
            target: target.to_owned(),
            at: place.value(value),
        };
        self.references.push(pending);
    }

    /// The schemas of `properties`, `$defs`: an object of schemas, whose names matter.
    fn subschemas(
        &mut self,
        place: &Place<'_>,
        value: &Value,
        named: bool,
        mut note: impl FnMut(&mut super::Node, String, NodeId),
    ) {
        let Kind::Object(members) = &value.kind else { return self.wrong(place, value, "an object of schemas") };
        for member in members {
            let pointer = join(place.pointer, &member.name);
            let definition = named.then_some(member.name.as_str());
            let id = self.node(place.path, place.document, &pointer, &member.value, definition);
            note(&mut self.schemas.nodes[place.id.0], member.name.clone(), id);
        }
    }

    /// The schemas of `allOf`, `oneOf` and the like.
    fn listed(&mut self, place: &Place<'_>, value: &Value, mut note: impl FnMut(&mut super::Node, NodeId)) {
        if value.elements().is_empty() {
            return self.wrong(place, value, "a non-empty array of schemas");
        }
        for (index, element) in value.elements().iter().enumerate() {
            let id = self.node(place.path, place.document, &join(place.pointer, &index.to_string()), element, None);
            note(&mut self.schemas.nodes[place.id.0], id);
        }
    }

    /// A keyword that only a validator can judge; the schemas in it are read all the same, for their mistakes.
    fn whole(&mut self, keyword: &str, place: &Place<'_>, value: &Value) {
        let all = [WHOLE_SCHEMA, WHOLE_SCHEMAS, WHOLE_NAMED_SCHEMAS, WHOLE_VALUE];
        let keyword = all.iter().copied().flatten().find(|known| **known == keyword).copied();
        let Some(keyword) = keyword else { return };
        let node = &mut self.schemas.nodes[place.id.0];
        node.whole.get_or_insert(keyword);
        node.whole_count += 1;
        if WHOLE_SCHEMA.contains(&keyword) {
            self.node(place.path, place.document, place.pointer, value, None);
        } else if WHOLE_SCHEMAS.contains(&keyword) {
            self.listed(place, value, |node, id| {
                if keyword != "prefixItems" {
                    node.branches.push(id)
                }
            });
        } else if WHOLE_NAMED_SCHEMAS.contains(&keyword) {
            self.subschemas(place, value, false, |_, _, _| ());
        }
    }

    fn kinds(&mut self, place: &Place<'_>, value: &Value) {
        let names: Vec<&str> = match &value.kind {
            Kind::String(name) => vec![name],
            Kind::Array(elements) => elements.iter().map(|element| element.as_str().unwrap_or_default()).collect(),
            _ => Vec::new(),
        };
        let kinds: Option<Vec<Kinds>> = names.iter().map(|name| Kinds::named(name)).collect();
        match kinds.and_then(|kinds| kinds.into_iter().reduce(Kinds::or)) {
            Some(kinds) => self.schemas.nodes[place.id.0].kinds = Some(kinds),
            None => self.wrong(
                place,
                value,
                "a JSON type or a list of them: null, boolean, integer, number, string, array, object",
            ),
        }
    }

    fn values(&mut self, place: &Place<'_>, value: &Value) {
        match &value.kind {
            Kind::Array(elements) if !elements.is_empty() => {
                let mut values: Vec<serde_json::Value> = Vec::new();
                for value in elements.iter().map(Value::to_json) {
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                self.schemas.nodes[place.id.0].values = Some(values);
            }
            _ => self.wrong(place, value, "a non-empty array"),
        }
    }

    fn rule(&mut self, keyword: &'static str, place: &Place<'_>, value: &Value, is_right: fn(&Value) -> bool) {
        if !is_right(value) {
            let expected = match keyword {
                "pattern" => "a regular expression",
                "uniqueItems" => "`true` or `false`",
                "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                    "a number of at most 38 digits, without exponent"
                }
                _ => "a count, at most 4294967295",
            };
            return self.wrong(place, value, expected);
        }
        let json = match &value.kind {
            // Kept as text: bounds of money must not go through a float.
            Kind::Number(digits) => serde_json::Value::String(digits.clone()),
            _ => value.to_json(),
        };
        self.schemas.nodes[place.id.0].rules.push(RuleAt { keyword, value: json, at: place.value(value) });
    }

    fn format(&mut self, place: &Place<'_>, value: &Value) {
        match value.as_str() {
            Some(format) if FORMATS.contains(&format) => self.rule("format", place, value, |_| true),
            Some(format) => self.found.push(
                Diagnostic::new(
                    Rule::UNSUPPORTED_KEYWORD,
                    &place.value(value),
                    format!("the format `{format}` is not asserted"),
                )
                .label("not supported")
                .help(format!("known are {}; state what you mean by `pattern`", FORMATS.join(", "))),
            ),
            None => self.wrong(place, value, "the name of a format"),
        }
    }

    fn texts(&mut self, place: &Place<'_>, value: &Value) -> Option<Vec<String>> {
        let texts: Option<Vec<String>> =
            value.elements().iter().map(|element| element.as_str().map(str::to_owned)).collect();
        let texts = texts.map(|mut texts| {
            let mut seen = std::collections::HashSet::new();
            texts.retain(|text| seen.insert(text.clone()));
            texts
        });
        if texts.as_ref().is_none_or(Vec::is_empty) {
            self.wrong(place, value, "a non-empty array of texts");
        }
        texts.filter(|texts| !texts.is_empty())
    }

    fn required(&mut self, place: &Place<'_>, value: &Value) {
        let Kind::Array(elements) = &value.kind else { return self.wrong(place, value, "an array of member names") };
        for (index, element) in elements.iter().enumerate() {
            match element.as_str() {
                Some(name) => {
                    let at = place.document.at(&join(place.pointer, &index.to_string()), element);
                    self.schemas.nodes[place.id.0].required.push((name.to_owned(), at));
                }
                None => self.wrong(place, element, "an array of member names"),
            }
        }
    }
}

fn is_whole(keyword: &str) -> bool {
    [WHOLE_SCHEMA, WHOLE_SCHEMAS, WHOLE_NAMED_SCHEMAS, WHOLE_VALUE].iter().any(|all| all.contains(&keyword))
}

fn is_number(value: &Value) -> bool {
    matches!(&value.kind, Kind::Number(digits) if !digits.contains(['e', 'E']) && digits.len() <= 38)
}

fn is_count(value: &Value) -> bool {
    matches!(&value.kind, Kind::Number(digits) if digits.parse::<u32>().is_ok())
}
