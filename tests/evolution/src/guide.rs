//! Random values along schemas: built from the names, numbers and texts that they mention, and a little beside them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::dice::{self, Dice};

/// What some documents mention.
#[derive(Debug)]
pub struct Guide<'d> {
    documents: Vec<&'d Value>,
    words: Vec<String>,
    names: Vec<String>,
    numbers: Vec<Value>,
}

/// The schemas that are followed together for one value, and the document of each.
type Together<'d> = Vec<(&'d Map<String, Value>, &'d Value)>;

impl<'d> Guide<'d> {
    /// A guide to the values of some documents.
    #[must_use]
    pub fn of(documents: &[&'d Value]) -> Self {
        let (mut words, mut names, mut numbers) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for document in documents {
            gather(document, &mut words, &mut names, &mut numbers);
        }
        words.extend(["", "a", "ab", "1", "é", "A", "\n", "aaaaaa"].map(str::to_owned));
        names.extend(["zz".to_owned(), "b1".to_owned()]);
        let numbers = numbers.into_iter().filter_map(|text| serde_json::from_str(&text).ok()).collect();
        let list = |set: BTreeSet<String>| set.into_iter().collect();
        Self { documents: documents.to_vec(), words: list(words), names: list(names), numbers }
    }

    /// A value that one of the documents may accept.
    pub fn value(&self, dice: &mut Dice) -> Value {
        let document = *dice.one(&self.documents);
        self.along(dice, &[(document, document)], 5)
    }

    fn along(&self, dice: &mut Dice, schemas: &[(&'d Value, &'d Value)], depth: usize) -> Value {
        let mut together = Together::new();
        for (schema, document) in schemas {
            follow(dice, schema, document, 6, &mut together);
        }
        if depth == 0 || together.is_empty() || dice.chance(6) {
            return self.anything(dice);
        }
        let constants: Vec<&Value> = together.iter().flat_map(|(keywords, _)| constants(keywords)).collect();
        if !constants.is_empty() && dice.chance(85) {
            return (*dice.one(&constants)).clone();
        }
        match kind(dice, &together) {
            "null" => Value::Null,
            "boolean" => json!(dice.chance(50)),
            "integer" | "number" => self.number(dice),
            "string" => self.text(dice, &together),
            "array" => self.array(dice, &together, depth),
            _ => self.object(dice, &together, depth),
        }
    }

    fn anything(&self, dice: &mut Dice) -> Value {
        match dice.below(4) {
            0 => self.number(dice),
            1 => json!(dice.one(&self.words)),
            _ => dice::value(dice, 2),
        }
    }

    fn number(&self, dice: &mut Dice) -> Value {
        if self.numbers.is_empty() || dice.chance(20) {
            return json!(dice.below(12) as i64 - 3);
        }
        let number = dice.one(&self.numbers);
        match (number.as_i64(), dice.below(6)) {
            (Some(whole), 0) => json!(whole.saturating_add(1)),
            (Some(whole), 1) => json!(whole.saturating_sub(1)),
            (Some(whole), 2) => json!(whole.saturating_mul(2)),
            (Some(whole), 3) => json!(whole as f64 + 0.5),
            (Some(whole), 4) => json!(whole as f64),
            _ => number.clone(),
        }
    }

    fn text(&self, dice: &mut Dice, together: &Together<'d>) -> Value {
        let mut text = dice.one(&self.words).clone();
        let bounds: Vec<usize> = ["minLength", "maxLength"].iter().flat_map(|name| counts(together, name)).collect();
        if !bounds.is_empty() && dice.chance(50) {
            let wanted = (*dice.one(&bounds) + dice.below(3)).saturating_sub(1);
            text.extend(std::iter::repeat_n('a', wanted.saturating_sub(text.chars().count())));
            text = text.chars().take(wanted).collect();
        }
        json!(text)
    }

    fn array(&self, dice: &mut Dice, together: &Together<'d>, depth: usize) -> Value {
        let names = ["minItems", "maxItems", "minContains", "maxContains"];
        let bounds: Vec<usize> = names.iter().flat_map(|name| counts(together, name)).collect();
        let around = if bounds.is_empty() { dice.below(4) } else { *dice.one(&bounds) + dice.below(3) };
        let element = |place: usize, dice: &mut Dice| {
            let mut schemas = Vec::new();
            for (keywords, document) in together {
                let lists = ["prefixItems", "items"].iter().filter_map(|name| keywords.get(*name)?.as_array());
                let placed = lists.filter_map(|list| list.get(place)).next();
                let rest = ["items", "additionalItems", "unevaluatedItems"].iter();
                let rest = rest.filter_map(|name| keywords.get(*name)).find(|schema| schema.is_object());
                let contained = keywords.get("contains").filter(|_| dice.chance(40));
                schemas.extend(contained.or(placed).or(rest).map(|schema| (schema, *document)));
            }
            self.along(dice, &schemas, depth - 1)
        };
        let mut elements: Vec<Value> = (0..around.min(12)).map(|place| element(place, dice)).collect();
        if elements.len() > 1 && dice.chance(20) {
            elements[1] = elements[0].clone();
        }
        elements.into()
    }

    fn object(&self, dice: &mut Dice, together: &Together<'d>, depth: usize) -> Value {
        let mut members = Map::new();
        let mut names: Vec<&str> = Vec::new();
        for (keywords, _) in together {
            let declared = keywords.get("properties").and_then(Value::as_object).into_iter().flatten();
            names.extend(declared.map(|(name, _)| name.as_str()).filter(|_| dice.chance(60)));
            let required = keywords.get("required").and_then(Value::as_array).into_iter().flatten();
            names.extend(required.filter_map(Value::as_str).filter(|_| dice.chance(92)));
        }
        for _ in 0..dice.below(3) {
            let extra: &String = dice.one(&self.names);
            names.push(extra);
        }
        for name in names {
            let mut schemas = Vec::new();
            for (keywords, document) in together {
                let declared = keywords.get("properties").and_then(|all| all.get(name));
                let matched = keywords.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
                let matched = matched.map(|(_, schema)| schema).find(|_| dice.chance(50));
                let rest = ["additionalProperties", "unevaluatedProperties"].iter();
                let rest = rest.filter_map(|name| keywords.get(*name)).find(|schema| schema.is_object());
                schemas.extend(declared.or(matched).or(rest).map(|schema| (schema, *document)));
            }
            members.insert(name.to_owned(), self.along(dice, &schemas, depth - 1));
        }
        members.into()
    }
}

/// The schema and those beside it that may hold for the same value: all of `allOf`, one of other branches.
fn follow<'d>(dice: &mut Dice, schema: &'d Value, document: &'d Value, depth: usize, together: &mut Together<'d>) {
    let Value::Object(keywords) = schema else { return };
    together.push((keywords, document));
    if depth == 0 {
        return;
    }
    let pointer = keywords.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    let mut beside: Vec<&Value> = pointer.and_then(|pointer| document.pointer(pointer)).into_iter().collect();
    beside.extend(keywords.get("allOf").and_then(Value::as_array).into_iter().flatten());
    for branches in ["anyOf", "oneOf"].iter().filter_map(|name| keywords.get(*name)?.as_array()) {
        if !branches.is_empty() {
            beside.push(dice.one(branches));
        }
    }
    for (name, percent) in [("if", 50), ("then", 50), ("else", 40), ("not", 30)] {
        beside.extend(keywords.get(name).filter(|_| dice.chance(percent)));
    }
    for name in ["dependentSchemas", "dependencies"] {
        let all = keywords.get(name).and_then(Value::as_object).into_iter().flatten();
        beside.extend(all.map(|(_, schema)| schema).filter(|_| dice.chance(50)));
    }
    for schema in beside {
        follow(dice, schema, document, depth - 1, together);
    }
}

fn constants(keywords: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    keywords.get("const").into_iter().chain(keywords.get("enum").and_then(Value::as_array).into_iter().flatten())
}

/// A kind that some of the schemas name, or that their keywords are about.
fn kind<'d>(dice: &mut Dice, together: &Together<'d>) -> &'d str {
    let mut kinds: Vec<&str> = Vec::new();
    for (keywords, _) in together {
        match keywords.get("type") {
            Some(Value::String(name)) => kinds.extend([name.as_str(); 3]),
            Some(Value::Array(names)) => kinds.extend(names.iter().filter_map(Value::as_str)),
            _ => {}
        }
        for name in keywords.keys() {
            kinds.extend(match name.as_str() {
                "properties"
                | "required"
                | "patternProperties"
                | "additionalProperties"
                | "propertyNames"
                | "dependencies"
                | "dependentRequired"
                | "dependentSchemas"
                | "unevaluatedProperties"
                | "minProperties"
                | "maxProperties" => Some("object"),
                "items" | "prefixItems" | "contains" | "uniqueItems" | "minItems" | "maxItems" | "unevaluatedItems"
                | "additionalItems" => Some("array"),
                "pattern" | "minLength" | "maxLength" | "format" => Some("string"),
                "minimum" | "maximum" | "multipleOf" | "exclusiveMinimum" | "exclusiveMaximum" => Some("number"),
                _ => None,
            });
        }
    }
    if kinds.is_empty() {
        kinds.extend(["null", "boolean", "number", "string", "array", "object"]);
    }
    kinds[dice.below(kinds.len())]
}

fn counts(together: &Together<'_>, name: &str) -> Vec<usize> {
    let counts = together.iter().filter_map(|(keywords, _)| keywords.get(name)?.as_u64());
    counts.filter_map(|count| usize::try_from(count).ok()).map(|count| count.min(40)).collect()
}

fn gather(value: &Value, words: &mut BTreeSet<String>, names: &mut BTreeSet<String>, numbers: &mut BTreeSet<String>) {
    match value {
        Value::Number(number) => {
            numbers.insert(number.to_string());
        }
        Value::String(text) => {
            for plain in spoken(text) {
                names.insert(plain.clone());
                words.insert(plain);
            }
        }
        Value::Array(all) => all.iter().for_each(|value| gather(value, words, names, numbers)),
        Value::Object(members) => {
            for (name, value) in members {
                let plain = spoken(name);
                names.extend(plain.iter().cloned());
                words.extend(plain);
                gather(value, words, names, numbers);
            }
        }
        _ => {}
    }
}

/// A text; or texts that it may match, if it is a pattern: without its marks, with what its classes hold.
fn spoken(text: &str) -> Vec<String> {
    let bare: String = text.chars().filter(|letter| !"^$*+?()|".contains(*letter)).collect();
    let first = text.split('|').next().unwrap_or_default().replace(['^', '$', '(', ')'], "");
    let classed =
        bare.replace("[0-9]", "1").replace("\\d", "1").replace("\\w", "a").replace("[a-c]", "b").replace('.', "a");
    vec![text.to_owned(), bare, first, classed]
}
