//! One keyword at a time: its form is checked, its meaning noted in the node.

use crate::diagnostic::{Diagnostic, Location, Rule};
use crate::schema::draft::FORMATS;
use crate::schema::number::{self, count, is_count, is_divisor, is_number, plain};
use crate::schema::reading::{Reading, Spot};
use crate::schema::reference::{Manner, Pending};
use crate::schema::vocabulary::{ANNOTATIONS, NOT_IN_CONTRACTS, SUPPORTED, VALIDATION, WHOLE};
use crate::schema::{Draft, Json, Kinds, Node, NodeId, ResourceId, RuleAt};
use crate::source::{Document, Kind, Member, Value, join};

/// Where a keyword stands and which schema it belongs to.
pub(super) struct Place<'a> {
    pub(super) path: &'a str,
    pub(super) document: &'a Document,
    /// The pointer of the keyword's value.
    pub(super) pointer: &'a str,
    pub(super) id: NodeId,
    pub(super) resource: ResourceId,
}

impl Place<'_> {
    /// The place of the keyword's name.
    pub(super) fn name(&self, member: &Member) -> Location {
        Location { span: member.name_span.clone(), ..self.document.at(self.pointer, &member.value) }
    }

    pub(super) fn value(&self, value: &Value) -> Location {
        self.document.at(self.pointer, value)
    }
}

impl Reading<'_> {
    pub(super) fn keyword(&mut self, place: &Place<'_>, member: &Member) {
        let (name, value) = (member.name.as_str(), &member.value);
        let resource = self.schemas.resource(place.resource);
        let (draft, asserts) = (resource.draft, resource.asserts);
        if self.dialect.strict && (NOT_IN_CONTRACTS.contains(&name) || name == "$id" && place.pointer != "/$id") {
            return self.unsupported(place, member, name);
        }
        if !draft.has(name) {
            return self.unknown(place, member, name);
        }
        if !asserts && VALIDATION.contains(&name) {
            return;
        }
        if let Some(keyword) = WHOLE.iter().find(|known| **known == name) {
            self.note_whole(place.id, keyword);
        }
        match name {
            "title" | "description" => self.words(place, member),
            "deprecated" => {
                if let Some(flag) = self.boolean(place, value) {
                    self.schemas.nodes[place.id.0].deprecated = flag;
                }
            }
            "$schema" => self.dialect(place, value),
            "$id" | "id" | "$vocabulary" => {}
            "$anchor" | "$dynamicAnchor" | "$recursiveAnchor" => self.anchor(name, place, value),
            "$ref" => self.reference(Manner::Static, place, value),
            "$dynamicRef" => self.reference(Manner::Dynamic, place, value),
            "$recursiveRef" => self.reference(Manner::Recursive, place, value),
            "$defs" | "definitions" => self.subschemas(place, value, true, |_, _, _, _| ()),
            "type" => self.kinds(place, value),
            "const" => self.also_one_of(place.id, vec![exact(value)]),
            "enum" => self.values(place, value),
            "x-open-enum" if self.dialect.strict => {
                self.schemas.nodes[place.id.0].open_enum = self.texts(place, value);
            }
            "x-decimal" if self.dialect.strict => {
                if let Some(flag) = self.boolean(place, value) {
                    self.schemas.nodes[place.id.0].decimal = flag;
                }
            }
            _ => self.assertion(draft, place, member),
        }
    }

    /// Keywords that bound a value, and those that hold schemas.
    fn assertion(&mut self, draft: Draft, place: &Place<'_>, member: &Member) {
        let value = &member.value;
        match member.name.as_str() {
            "minimum" if draft == Draft::Four => self.legacy_bound("minimum", "exclusiveMinimum", place, value),
            "maximum" if draft == Draft::Four => self.legacy_bound("maximum", "exclusiveMaximum", place, value),
            // A flag, which was looked at beside its bound.
            "exclusiveMinimum" | "exclusiveMaximum" if draft == Draft::Four => {}
            "minimum" => self.rule("minimum", place, value, is_number),
            "maximum" => self.rule("maximum", place, value, is_number),
            "exclusiveMinimum" => self.rule("exclusiveMinimum", place, value, is_number),
            "exclusiveMaximum" => self.rule("exclusiveMaximum", place, value, is_number),
            "multipleOf" => self.rule("multipleOf", place, value, is_divisor),
            "minLength" => self.rule("minLength", place, value, is_count),
            "maxLength" => self.rule("maxLength", place, value, is_count),
            "minItems" => self.rule("minItems", place, value, is_count),
            "maxItems" => self.rule("maxItems", place, value, is_count),
            "minProperties" => self.rule("minProperties", place, value, is_count),
            "maxProperties" => self.rule("maxProperties", place, value, is_count),
            "uniqueItems" => self.rule("uniqueItems", place, value, |value| matches!(value.kind, Kind::Bool(_))),
            "pattern" => self.rule("pattern", place, value, |value| value.as_str().is_some()),
            "format" => self.format(draft, place, value),
            "contentEncoding" | "contentMediaType" => self.content(draft, place, value),
            "allOf" => self.listed(place, value, |node, id| node.all_of.push(id)),
            "anyOf" => self.listed(place, value, |node, id| node.whole.any.push(id)),
            "oneOf" => self.listed(place, value, |node, id| node.whole.one.push(id)),
            "not" => self.subschema(place, value, |node, id| node.whole.not = Some(id)),
            "if" => self.subschema(place, value, |node, id| node.whole.condition = Some(id)),
            "then" => self.subschema(place, value, |node, id| node.whole.then = Some(id)),
            "else" => self.subschema(place, value, |node, id| node.whole.otherwise = Some(id)),
            "items" => self.items(draft, place, value),
            "additionalItems" => self.additional_items(place, value),
            "prefixItems" => self.listed(place, value, |node, id| node.array.prefix.push(id)),
            "contains" => self.subschema(place, value, |node, id| node.array.contains = Some(id)),
            "minContains" => self.contained(place, value, |node, count| node.array.min_contains = Some(count)),
            "maxContains" => self.contained(place, value, |node, count| node.array.max_contains = Some(count)),
            "unevaluatedItems" => self.subschema(place, value, |node, id| node.array.unevaluated = Some(id)),
            "properties" => {
                self.subschemas(place, value, false, |node, name, _, id| node.object.properties.push((name, id)))
            }
            "patternProperties" => {
                self.subschemas(place, value, false, |node, pattern, at, id| {
                    node.object.patterns.push((pattern, at, id))
                });
            }
            "additionalProperties" => self.subschema(place, value, |node, id| node.object.additional = Some(id)),
            "propertyNames" => self.subschema(place, value, |node, id| node.object.names = Some(id)),
            "required" => self.required(place, value),
            "dependentRequired" => self.dependencies(place, value, false, true),
            "dependentSchemas" => self.dependencies(place, value, true, false),
            "dependencies" => self.dependencies(place, value, true, true),
            "unevaluatedProperties" => self.subschema(place, value, |node, id| node.object.unevaluated = Some(id)),
            name if ANNOTATIONS.contains(&name) => {}
            name => self.unknown(place, member, name),
        }
    }

    fn note_whole(&mut self, id: NodeId, keyword: &'static str) {
        let whole = &mut self.schemas.nodes[id.0].whole;
        whole.keyword.get_or_insert(keyword);
        whole.count += 1;
    }

    fn spot<'p>(&self, place: &Place<'p>, pointer: &'p str) -> Spot<'p> {
        Spot { document: place.document, path: place.path, pointer, resource: place.resource }
    }

    fn subschema(&mut self, place: &Place<'_>, value: &Value, note: impl FnOnce(&mut Node, NodeId)) {
        let id = self.node(self.spot(place, place.pointer), value, None);
        note(&mut self.schemas.nodes[place.id.0], id);
    }

    /// A list stands for the first elements, up to draft 2019-09.
    fn items(&mut self, draft: Draft, place: &Place<'_>, value: &Value) {
        if draft <= Draft::Y2019 && matches!(value.kind, Kind::Array(_)) {
            self.note_whole(place.id, "items");
            for (index, element) in value.elements().iter().enumerate() {
                let pointer = join(place.pointer, &index.to_string());
                let id = self.node(self.spot(place, &pointer), element, None);
                self.schemas.nodes[place.id.0].array.prefix.push(id);
            }
        } else {
            self.subschema(place, value, |node, id| node.array.items = Some(id));
        }
    }

    /// Only beside a list of `items` does `additionalItems` mean anything.
    fn additional_items(&mut self, place: &Place<'_>, value: &Value) {
        let parent = place.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        let items = place.document.value.pointer(parent).and_then(|schema| schema.get("items"));
        let id = self.node(self.spot(place, place.pointer), value, None);
        if items.is_some_and(|items| matches!(items.kind, Kind::Array(_))) {
            self.schemas.nodes[place.id.0].array.items = Some(id);
        }
    }

    fn contained(&mut self, place: &Place<'_>, value: &Value, note: impl FnOnce(&mut Node, u32)) {
        match count(value) {
            Some(count) => note(&mut self.schemas.nodes[place.id.0], count),
            None => self.wrong(place, value, "a count, at most 4294967295"),
        }
    }

    /// `dependencies` holds both lists of names and schemas; newer drafts have a keyword for each.
    fn dependencies(&mut self, place: &Place<'_>, value: &Value, schemas: bool, lists: bool) {
        let Kind::Object(members) = &value.kind else { return self.wrong(place, value, "an object") };
        for member in members {
            let pointer = join(place.pointer, &member.name);
            if let (Kind::Array(names), true) = (&member.value.kind, lists) {
                let names: Vec<String> = names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
                self.schemas.nodes[place.id.0].object.dependent_required.push((member.name.clone(), names));
            } else if schemas {
                let id = self.node(self.spot(place, &pointer), &member.value, None);
                self.schemas.nodes[place.id.0].object.dependent_schemas.push((member.name.clone(), id));
            } else {
                self.wrong(place, &member.value, "an object of lists of member names");
            }
        }
    }

    /// In draft 4, a flag beside a bound makes it exclusive.
    fn legacy_bound(&mut self, keyword: &'static str, exclusive: &'static str, place: &Place<'_>, value: &Value) {
        let parent = place.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        let flag = place.document.value.pointer(parent).and_then(|schema| schema.get(exclusive));
        let is_exclusive = flag.is_some_and(|flag| flag.kind == Kind::Bool(true));
        self.rule(if is_exclusive { exclusive } else { keyword }, place, value, is_number);
    }

    fn anchor(&mut self, keyword: &str, place: &Place<'_>, value: &Value) {
        let resource = self.schemas.resources.get_mut(place.resource);
        match (keyword, value.as_str()) {
            ("$recursiveAnchor", _) => {
                if value.kind == Kind::Bool(true) {
                    resource.dynamic.insert(String::new(), place.id);
                }
            }
            ("$dynamicAnchor", Some(name)) => {
                resource.dynamic.insert(name.to_owned(), place.id);
            }
            (_, Some(name)) => {
                resource.anchors.insert(name.to_owned(), place.id);
            }
            (_, None) => self.wrong(place, value, "a name"),
        }
    }

    /// Other drafts give the same keywords other meanings.
    fn dialect(&mut self, place: &Place<'_>, value: &Value) {
        let dialect = value.as_str().and_then(Draft::at);
        if self.dialect.strict && dialect != Some(Draft::Y2020) {
            self.found.push(
                Diagnostic::new(Rule::UNSUPPORTED_KEYWORD, &place.value(value), "contracts are written in draft 2020-12")
                    .label("another dialect")
                    .help("write `\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"`, and mind what changed: `$ref` has siblings, `items` is no list"),
            );
        }
    }

    fn unsupported(&mut self, place: &Place<'_>, member: &Member, name: &str) {
        self.found.push(
            Diagnostic::new(Rule::UNSUPPORTED_KEYWORD, &place.name(member), format!("contracts do without `{name}`"))
                .label("not supported")
                .help("refer to a definition by file and JSON Pointer; a schema of other origin is read by `cargo contracts generate --types`"),
        );
    }

    fn unknown(&mut self, place: &Place<'_>, member: &Member, name: &str) {
        // A validator would ignore it, and so do we where the schema is not ours.
        if !self.dialect.strict {
            return;
        }
        let known = [SUPPORTED, NOT_IN_CONTRACTS, WHOLE, VALIDATION, ANNOTATIONS];
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

    pub(super) fn wrong(&mut self, place: &Place<'_>, value: &Value, expected: &str) {
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

    fn reference(&mut self, manner: Manner, place: &Place<'_>, value: &Value) {
        let Some(target) = value.as_str() else { return self.wrong(place, value, "a reference") };
        let pending = Pending {
            from: place.id,
            manner,
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
        mut note: impl FnMut(&mut Node, String, Location, NodeId),
    ) {
        let Kind::Object(members) = &value.kind else { return self.wrong(place, value, "an object of schemas") };
        for member in members {
            let pointer = join(place.pointer, &member.name);
            let definition = named.then_some(member.name.as_str());
            let at = Location { span: member.name_span.clone(), ..place.document.at(&pointer, &member.value) };
            let id = self.node(self.spot(place, &pointer), &member.value, definition);
            note(&mut self.schemas.nodes[place.id.0], member.name.clone(), at, id);
        }
    }

    /// The schemas of `allOf`, `oneOf` and the like.
    fn listed(&mut self, place: &Place<'_>, value: &Value, mut note: impl FnMut(&mut Node, NodeId)) {
        if value.elements().is_empty() {
            return self.wrong(place, value, "a non-empty array of schemas");
        }
        for (index, element) in value.elements().iter().enumerate() {
            let pointer = join(place.pointer, &index.to_string());
            let id = self.node(self.spot(place, &pointer), element, None);
            note(&mut self.schemas.nodes[place.id.0], id);
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
            Kind::Array(elements) if !elements.is_empty() || !self.dialect.strict => {
                let mut values: Vec<Json> = Vec::new();
                let mut seen = std::collections::HashSet::new();
                for value in elements.iter().map(exact) {
                    if seen.insert(value.text.clone()) {
                        values.push(value);
                    }
                }
                self.also_one_of(place.id, values);
            }
            _ => self.wrong(place, value, "a non-empty array"),
        }
    }

    /// Beside each other, `const` and `enum` leave what both of them name.
    fn also_one_of(&mut self, id: NodeId, mut values: Vec<Json>) {
        let known = &mut self.schemas.nodes[id.0].values;
        if let Some(known) = known {
            values.retain(|value| known.iter().any(|other| number::equal(&value.value, &other.value)));
        }
        *known = Some(values);
    }

    fn rule(&mut self, keyword: &'static str, place: &Place<'_>, value: &Value, is_right: fn(&Value) -> bool) {
        if !is_right(value) {
            let expected = match keyword {
                "pattern" => "a regular expression",
                "uniqueItems" => "`true` or `false`",
                "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => "a number of at most 38 digits",
                "multipleOf" => "a number above 0, of at most 18 digits",
                _ => "a count, at most 4294967295",
            };
            return self.wrong(place, value, expected);
        }
        let json = match &value.kind {
            // Kept as text: bounds of money must not go through a float.
            Kind::Number(digits) => {
                serde_json::Value::String(if keyword.ends_with("imum") || keyword == "multipleOf" {
                    plain(digits).unwrap_or_else(|| digits.clone())
                } else {
                    count(value).unwrap_or(u32::MAX).to_string()
                })
            }
            _ => value.to_json(),
        };
        self.schemas.nodes[place.id.0].rules.push(RuleAt { keyword, value: json, at: place.value(value) });
    }

    fn format(&mut self, draft: Draft, place: &Place<'_>, value: &Value) {
        match value.as_str() {
            Some(format) if draft.has_format(format) => {
                if self.dialect.formats {
                    self.rule("format", place, value, |_| true);
                }
            }
            Some(_) if !self.dialect.strict => {}
            Some(format) => {
                let known: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
                self.found.push(
                    Diagnostic::new(
                        Rule::UNSUPPORTED_KEYWORD,
                        &place.value(value),
                        format!("the format `{format}` is not asserted"),
                    )
                    .label("not supported")
                    .help(format!("known are {}; state what you mean by `pattern`", known.join(", "))),
                );
            }
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
                    self.schemas.nodes[place.id.0].object.required.push((name.to_owned(), at));
                }
                None => self.wrong(place, element, "an array of member names"),
            }
        }
    }
}

/// A value and its exact text.
fn exact(value: &Value) -> Json {
    Json { value: value.to_json(), text: value.to_text() }
}
