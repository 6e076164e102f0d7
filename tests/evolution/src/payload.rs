//! Random payloads along a schema, and whether a writer may emit them.

use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::dice::Dice;

const WORDS: &[&str] = &[
    "",
    "a",
    "b",
    "USD",
    "EUR",
    "1.0",
    "1.1",
    "2.0",
    "2.1",
    "3.0",
    "2024-02-29T23:59:58Z",
    "2024-02-29T23:59:58.5+01:00",
    "01890a5d-ac96-774b-bcce-b302099a8057",
    "a@b.example",
    "https://example.com/a",
    "2024-02-29",
    "pm_abc123",
    "12",
    "12.50",
    "ord_1",
    "abcdefghijk",
];
const NAMES: &[&str] = &["extra", "more_0", "x", "a", "x1", "some_id"];
/// Values within values end at this depth.
const DEPTH: usize = 7;

/// A schema in one document, to generate values along.
#[derive(Debug)]
pub struct Along {
    root: Value,
}

/// All schemas that a value must satisfy.
type Schemas<'a> = Vec<&'a Map<String, Value>>;

impl Along {
    /// The schema of this text.
    ///
    /// # Panics
    /// If it is not JSON.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { root: serde_json::from_str(text).expect("a schema is JSON") }
    }

    /// A value that may satisfy the schema.
    pub fn value(&self, dice: &mut Dice) -> Value {
        let schemas = self.flat(&self.root, &mut |branches| vec![dice.below(branches.len())]);
        self.of(dice, &schemas, DEPTH)
    }

    /// A schema with what `$ref`, `allOf` and some branches of its unions add.
    fn flat<'a>(&'a self, schema: &'a Value, choose: &mut dyn FnMut(&'a [Value]) -> Vec<usize>) -> Schemas<'a> {
        let (mut found, mut left): (Schemas<'a>, Vec<&'a Value>) = (Vec::new(), vec![schema]);
        while let Some(schema) = left.pop() {
            let Value::Object(keywords) = schema else { continue };
            if found.iter().any(|known| std::ptr::eq(*known, keywords)) {
                continue;
            }
            found.push(keywords);
            left.extend(keywords.get("$ref").and_then(Value::as_str).and_then(|target| self.target(target)));
            left.extend(keywords.get("allOf").and_then(Value::as_array).into_iter().flatten());
            for union in ["anyOf", "oneOf"] {
                if let Some(Value::Array(branches)) = keywords.get(union) {
                    left.extend(choose(branches).into_iter().map(|index| &branches[index]));
                }
            }
        }
        found
    }

    fn target(&self, reference: &str) -> Option<&Value> {
        self.root.pointer(&reference.strip_prefix('#')?.replace("%20", " ").replace("%25", "%"))
    }

    fn of(&self, dice: &mut Dice, schemas: &Schemas<'_>, depth: usize) -> Value {
        let said = |name: &str| schemas.iter().find_map(|keywords| keywords.get(name)).cloned();
        if let Some(value) = said("const") {
            return value;
        }
        if let Some(Value::Array(values)) = said("enum").filter(|values| values != &json!([])) {
            return dice.one(&values).clone();
        }
        if let Some(Value::Array(values)) = said("examples").filter(|values| values != &json!([]) && dice.chance(30)) {
            return dice.one(&values).clone();
        }
        let kind = match said("type") {
            Some(Value::String(kind)) => kind,
            Some(Value::Array(kinds)) if !kinds.is_empty() => dice.one(&kinds).as_str().unwrap_or("null").to_owned(),
            _ if said("properties").is_some() => "object".to_owned(),
            _ => (*dice.one(&["null", "boolean", "integer", "string"])).to_owned(),
        };
        match kind.as_str() {
            "object" if depth > 0 => self.object(dice, schemas, depth),
            "object" => json!({}),
            "array" if depth > 0 => {
                let least = said("minItems").and_then(|count| count.as_u64()).unwrap_or(0) as usize;
                let count = least + dice.below(3);
                (0..count).map(|index| self.below(dice, &elements(schemas, index), depth)).collect()
            }
            "array" => json!([]),
            "string" => text(dice, schemas),
            "integer" | "number" => number(dice, schemas, kind == "integer"),
            "boolean" => json!(dice.chance(50)),
            _ => Value::Null,
        }
    }

    fn below(&self, dice: &mut Dice, asked: &[&Value], depth: usize) -> Value {
        let mut schemas: Schemas<'_> = Vec::new();
        for schema in asked {
            let schema = self.flat(schema, &mut |branches| vec![dice.below(branches.len())]);
            schemas.extend(schema);
        }
        self.of(dice, &schemas, depth.saturating_sub(1))
    }

    fn object(&self, dice: &mut Dice, schemas: &Schemas<'_>, depth: usize) -> Value {
        let required: BTreeSet<&str> = required(schemas);
        let mut object = Map::new();
        let names: BTreeSet<&str> = named(schemas, "properties").map(|(name, _)| name).collect();
        let share = *dice.one(&[0, 20, 60, 100]);
        for name in names.union(&required) {
            if required.contains(name) || dice.chance(share) {
                let value = self.below(dice, &member(schemas, name), depth);
                object.insert((*name).to_owned(), value);
            }
        }
        for name in NAMES {
            let asked = member(schemas, name);
            if !object.contains_key(*name) && !asked.is_empty() && dice.chance(20) {
                object.insert((*name).to_owned(), self.below(dice, &asked, depth));
            }
        }
        object.into()
    }

    /// Whether a writer may emit a value: of members that the schema leaves open, only declared ones. Which branches of a
    /// union hold is for `in_branch` to say; `generous` takes what any part of a schema declares for declared.
    #[must_use]
    pub fn is_emitted(&self, value: &Value, generous: bool) -> bool {
        self.emits(value, &[&self.root], generous)
    }

    fn emits(&self, value: &Value, asked: &[&Value], generous: bool) -> bool {
        let mut schemas: Schemas<'_> = Vec::new();
        for schema in asked {
            schemas.extend(self.holding(schema, value, generous));
        }
        if schemas.iter().any(|keywords| keywords.contains_key("const") || keywords.contains_key("enum")) {
            return true;
        }
        match value {
            Value::Array(values) => {
                values.iter().enumerate().all(|(index, value)| self.emits(value, &elements(&schemas, index), generous))
            }
            // Where nothing is said, everything is.
            Value::Object(_) if generous && schemas.iter().all(|keywords| says_nothing(keywords)) => true,
            Value::Object(members) => members.iter().all(|(name, value)| {
                let asked = member(&schemas, name);
                !asked.is_empty() && self.emits(value, &asked, generous)
            }),
            _ => true,
        }
    }

    /// The schemas that hold for a value: of unions, branches that accept it, or all of them.
    fn holding<'a>(&'a self, schema: &'a Value, value: &Value, generous: bool) -> Schemas<'a> {
        if !generous {
            return self.flat(schema, &mut |branches| {
                (0..branches.len()).filter(|index| self.accepts(&branches[*index], value)).collect()
            });
        }
        let mut found = self.flat(schema, &mut |branches| (0..branches.len()).collect());
        let mut index = 0;
        while index < found.len() {
            let keywords = found[index];
            let parts = ["if", "then", "else"].iter().filter_map(|name| keywords.get(*name));
            let dependent = keywords.get("dependentSchemas").and_then(Value::as_object);
            for part in parts.chain(dependent.into_iter().flat_map(Map::values)) {
                for more in self.flat(part, &mut |branches| (0..branches.len()).collect()) {
                    if !found.iter().any(|known| std::ptr::eq(*known, more)) {
                        found.push(more);
                    }
                }
            }
            index += 1;
        }
        found
    }

    fn accepts(&self, branch: &Value, value: &Value) -> bool {
        let Value::Object(keywords) = branch else { return branch == &Value::Bool(true) };
        let mut schema = keywords.clone();
        schema.insert("$defs".to_owned(), self.root["$defs"].clone());
        validator(&schema.into()).is_some_and(|branch| branch.is_valid(value))
    }
}

fn says_nothing(keywords: &Map<String, Value>) -> bool {
    keywords.keys().all(|name| matches!(name.as_str(), "description" | "title" | "examples" | "deprecated"))
}

fn validator(schema: &Value) -> Option<Validator> {
    jsonschema::options().should_validate_formats(true).offline().build(schema).ok()
}

fn required<'a>(schemas: &Schemas<'a>) -> BTreeSet<&'a str> {
    let lists = schemas.iter().filter_map(|keywords| keywords.get("required")?.as_array());
    lists.flatten().filter_map(Value::as_str).collect()
}

fn named<'a>(schemas: &Schemas<'a>, keyword: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let maps = schemas.iter().filter_map(move |keywords| keywords.get(keyword)?.as_object());
    maps.flatten().map(|(name, schema)| (name.as_str(), schema)).collect::<Vec<_>>().into_iter()
}

/// What the schemas of an object say about one of its members, as far as they declare it.
fn member<'a>(schemas: &Schemas<'a>, name: &str) -> Vec<&'a Value> {
    let mut asked: Vec<&Value> =
        named(schemas, "properties").filter(|(own, _)| *own == name).map(|(_, schema)| schema).collect();
    for (pattern, schema) in named(schemas, "patternProperties") {
        let names = validator(&json!({ "pattern": pattern }));
        if names.is_some_and(|names| names.is_valid(&json!(name))) {
            asked.push(schema);
        }
    }
    if asked.is_empty() {
        // A schema that says something declares every name.
        let others = schemas.iter().filter_map(|keywords| keywords.get("additionalProperties"));
        asked.extend(others.filter(|schema| schema.as_object().is_some_and(|schema| !says_nothing(schema))));
    }
    asked
}

fn elements<'a>(schemas: &Schemas<'a>, index: usize) -> Vec<&'a Value> {
    let of = |keywords: &&'a Map<String, Value>| {
        let first = keywords.get("prefixItems").and_then(Value::as_array);
        first.and_then(|first| first.get(index)).or_else(|| keywords.get("items"))
    };
    schemas.iter().filter_map(of).collect()
}

fn text(dice: &mut Dice, schemas: &Schemas<'_>) -> Value {
    let rules: Vec<Value> = schemas
        .iter()
        .map(|keywords| {
            let said = ["pattern", "format", "minLength", "maxLength"].iter();
            let said = said.filter_map(|name| Some(((*name).to_owned(), keywords.get(*name)?.clone())));
            Value::Object(said.collect())
        })
        .collect();
    let examples: Vec<Value> = schemas
        .iter()
        .flat_map(|keywords| ["examples", "x-open-enum"].iter().filter_map(|name| keywords.get(*name)?.as_array()))
        .flatten()
        .cloned()
        .collect();
    let all = validator(&json!({ "allOf": rules }));
    let words = WORDS.iter().map(|word| json!(*word)).chain(examples);
    let fitting: Vec<Value> = words.filter(|word| all.as_ref().is_some_and(|all| all.is_valid(word))).collect();
    if fitting.is_empty() { json!("a") } else { dice.one(&fitting).clone() }
}

fn number(dice: &mut Dice, schemas: &Schemas<'_>, whole: bool) -> Value {
    let names = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
    let said = schemas.iter().flat_map(|keywords| names.iter().filter_map(|name| keywords.get(*name)?.as_i64()));
    let near: Vec<i64> =
        said.flat_map(|bound| [bound, bound.saturating_add(1), bound.saturating_sub(1)]).chain([0, 1, 2, 5]).collect();
    let number = *dice.one(&near);
    if whole || dice.chance(70) { json!(number) } else { json!(number as f64 + 0.5) }
}

/// The value with something else somewhere.
pub fn mutated(dice: &mut Dice, value: &Value) -> Value {
    let mut value = value.clone();
    let mut places = Vec::new();
    walk(&value, String::new(), &mut places);
    let place = dice.one(&places).clone();
    if let (true, Some((object, name))) = (dice.chance(25), place.rsplit_once('/')) {
        if let Some(Value::Object(members)) = value.pointer_mut(object) {
            members.remove(&name.replace("~1", "/").replace("~0", "~"));
        }
        return value;
    }
    let here = value.pointer_mut(&place).expect("it was found there");
    *here = match here {
        Value::Number(number) if dice.chance(70) => {
            json!(number.as_i64().unwrap_or(0).saturating_add(dice.below(5) as i64 - 2))
        }
        Value::String(text) if dice.chance(40) => json!(format!("{text}{text}")),
        Value::Array(elements) if dice.chance(60) => {
            let twice = elements.first().cloned();
            elements.iter().cloned().chain(twice).collect()
        }
        _ => match dice.below(6) {
            0 => Value::Null,
            1 => json!(dice.below(3)),
            2 => json!([]),
            3 => json!({}),
            4 => json!(true),
            _ => json!(*dice.one(WORDS)),
        },
    };
    value
}

fn walk(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, value)| walk(value, format!("{place}/{index}"), places));
        }
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            walk(value, format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")), places);
        }),
        _ => {}
    }
    places.push(place);
}
