//! Random schemas, small ones that are about the same things, so that they often overlap.

use serde_json::{Map, Value, json};

/// Numbers that are random enough, and the same in every run.
#[derive(Debug)]
pub struct Dice(u64);

const NAMES: &[&str] = &["a", "b", "c", "ab", "x1"];
const PATTERNS: &[&str] = &["^a", "b$", "^[a-c]+$", "[0-9]", "^x", "^.{1,2}$", "^(a|b)$", "^\\w*$", "c"];
const WORDS: &[&str] = &["", "a", "b", "c", "ab", "ba", "x1", "1", "abc", "é", "aa"];

impl Dice {
    /// The same numbers for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below a limit.
    ///
    /// # Panics
    /// If the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit as u64).expect("it is small")
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Whether something happens.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// The same schema with its keywords in another order.
    pub fn shuffle(&mut self, schema: &Value) -> Value {
        match schema {
            Value::Object(members) => {
                let mut members: Vec<_> =
                    members.iter().map(|(name, value)| (name.clone(), self.shuffle(value))).collect();
                for place in (1..members.len()).rev() {
                    members.swap(place, self.below(place + 1));
                }
                Value::Object(members.into_iter().collect())
            }
            other => other.clone(),
        }
    }

    /// The schema with something changed somewhere.
    pub fn edit(&mut self, old: &Value) -> Value {
        let Value::Object(keywords) = old else { return schema(self, 1) };
        let mut edited = keywords.clone();
        let names: Vec<String> = keywords.keys().cloned().collect();
        if names.is_empty() || self.chance(15) {
            if let Value::Object(more) = schema(self, 2) {
                edited.extend(more);
            }
            return Value::Object(edited);
        }
        let name = self.one(&names).clone();
        let inner = match &keywords[&name] {
            Value::Object(inner) if name != "const" && name != "default" => {
                let is_map = ["properties", "patternProperties", "$defs", "dependentSchemas"].contains(&&*name);
                if is_map {
                    let mut map = inner.clone();
                    match map.keys().nth(self.below(map.len().max(1))).cloned() {
                        Some(key) if self.chance(70) => {
                            let changed = self.edit(&map[&key]);
                            map[&key] = changed;
                        }
                        Some(key) if self.chance(50) && name != "$defs" => {
                            map.remove(&key);
                        }
                        _ => {
                            let key = if name == "patternProperties" { *self.one(PATTERNS) } else { *self.one(NAMES) };
                            map.entry(key).or_insert(schema(self, 1));
                        }
                    }
                    Some(Value::Object(map))
                } else if name == "dependentRequired" || name == "dependencies" {
                    None
                } else {
                    Some(self.edit(&keywords[&name]))
                }
            }
            Value::Array(branches) if ["anyOf", "oneOf", "allOf", "prefixItems"].contains(&&*name) => {
                let mut branches = branches.clone();
                let place = self.below(branches.len());
                match self.below(4) {
                    0 if branches.len() > 1 => {
                        branches.remove(place);
                    }
                    1 => branches.push(schema(self, 1)),
                    _ => branches[place] = self.edit(&branches[place]),
                }
                Some(Value::Array(branches))
            }
            Value::Number(number) if self.chance(60) && name != "const" => {
                let changed = number.as_i64().unwrap_or(1) + self.below(3) as i64 - 1;
                Some(json!(if name.starts_with("m") && name != "minimum" && name != "maximum" {
                    changed.max(1)
                } else {
                    changed
                }))
            }
            _ => None,
        };
        match inner {
            Some(inner) => {
                edited[&name] = inner;
            }
            None if name != "$defs" => {
                edited.remove(&name);
            }
            None => {}
        }
        Value::Object(edited)
    }
}

/// The schema with the definition that any of its parts may refer to.
pub fn rooted(schema: &Value) -> Value {
    let inner = json!({ "type": ["object", "null"], "properties": { "a": { "$ref": "#/$defs/r" }, "b": { "type": "integer" } } });
    let mut rooted = match schema {
        Value::Object(keywords) => keywords.clone(),
        other => Map::from_iter([("allOf".to_owned(), json!([other]))]),
    };
    rooted.entry("$defs").or_insert_with(|| json!({ "r": inner }));
    rooted.into()
}

/// A random schema, which may refer to the definition of [`rooted`].
pub fn schema(dice: &mut Dice, depth: usize) -> Value {
    if depth == 0 || dice.chance(4) {
        return match dice.below(8) {
            0 => json!(true),
            1 => json!(false),
            2 => json!({ "const": value(dice, 1) }),
            3 => json!({ "enum": [value(dice, 1), value(dice, 1), value(dice, 0)] }),
            _ => json!({ "type": *dice.one(&["null", "boolean", "integer", "number", "string", "array", "object"]) }),
        };
    }
    let mut keywords = Map::new();
    for _ in 0..1 + dice.below(3) {
        match dice.below(12) {
            0 | 1 => kinds(dice, &mut keywords),
            2 => numbers(dice, &mut keywords),
            3 => texts(dice, &mut keywords),
            4..=6 => objects(dice, &mut keywords, depth - 1),
            7 | 8 => arrays(dice, &mut keywords, depth - 1),
            _ => branches(dice, &mut keywords, depth - 1),
        }
    }
    keywords.into()
}

fn kinds(dice: &mut Dice, keywords: &mut Map<String, Value>) {
    let all = ["null", "boolean", "integer", "number", "string", "array", "object"];
    let (one, other) = (*dice.one(&all), *dice.one(&all));
    keywords.insert("type".into(), if one == other || dice.chance(60) { json!(one) } else { json!([one, other]) });
}

fn numbers(dice: &mut Dice, keywords: &mut Map<String, Value>) {
    let bounds = [json!(-1), json!(0), json!(1), json!(2), json!(3), json!(1.5), json!(10)];
    match dice.below(4) {
        0 => keywords.insert("minimum".into(), dice.one(&bounds).clone()),
        1 => keywords.insert("maximum".into(), dice.one(&bounds).clone()),
        2 => keywords.insert("multipleOf".into(), dice.one(&[json!(2), json!(3), json!(0.5), json!(6)]).clone()),
        _ => keywords.insert("enum".into(), json!([dice.one(&bounds), dice.one(&bounds), "a"])),
    };
}

fn texts(dice: &mut Dice, keywords: &mut Map<String, Value>) {
    match dice.below(4) {
        0 => keywords.insert("minLength".into(), json!(dice.below(4))),
        1 => keywords.insert("maxLength".into(), json!(dice.below(4))),
        2 => keywords.insert("pattern".into(), json!(*dice.one(PATTERNS))),
        _ => keywords.insert("enum".into(), json!([*dice.one(WORDS), *dice.one(WORDS), 1])),
    };
}

fn objects(dice: &mut Dice, keywords: &mut Map<String, Value>, depth: usize) {
    for _ in 0..1 + dice.below(3) {
        match dice.below(11) {
            0..=3 => {
                let name = *dice.one(NAMES);
                let inner = schema(dice, depth);
                keywords.entry("properties").or_insert_with(|| json!({}))[name] = inner;
            }
            4 => {
                keywords.insert("required".into(), json!([*dice.one(NAMES)]));
            }
            5 => {
                keywords.insert(
                    "additionalProperties".into(),
                    if dice.chance(60) { json!(false) } else { schema(dice, depth) },
                );
            }
            6 => {
                let pattern = *dice.one(PATTERNS);
                let inner = schema(dice, depth);
                keywords.entry("patternProperties").or_insert_with(|| json!({}))[pattern] = inner;
            }
            7 => {
                let name = *dice.one(&["minProperties", "maxProperties"]);
                keywords.insert(name.into(), json!(dice.below(4)));
            }
            8 => {
                keywords.insert("propertyNames".into(), json!({ "pattern": *dice.one(PATTERNS) }));
            }
            9 => {
                let (name, other) = (*dice.one(NAMES), *dice.one(NAMES));
                let inner = schema(dice, depth.saturating_sub(1));
                if dice.chance(50) {
                    keywords.insert("dependentRequired".into(), json!({ name: [other] }));
                } else {
                    keywords.insert("dependentSchemas".into(), json!({ name: inner }));
                }
            }
            _ => {
                let inner = if dice.chance(60) { json!(false) } else { schema(dice, depth) };
                keywords.insert("unevaluatedProperties".into(), inner);
            }
        }
    }
}

fn arrays(dice: &mut Dice, keywords: &mut Map<String, Value>, depth: usize) {
    for _ in 0..1 + dice.below(2) {
        match dice.below(9) {
            0 | 1 => {
                keywords.insert("items".into(), schema(dice, depth));
            }
            2 => {
                keywords.insert("prefixItems".into(), json!([schema(dice, depth), schema(dice, depth)]));
            }
            3 => {
                keywords.insert("contains".into(), schema(dice, depth));
            }
            4 => {
                let name = *dice.one(&["minContains", "maxContains"]);
                keywords.insert(name.into(), json!(dice.below(3)));
            }
            5 => {
                keywords.insert("uniqueItems".into(), json!(true));
            }
            6 => {
                keywords.insert(
                    "unevaluatedItems".into(),
                    if dice.chance(60) { json!(false) } else { schema(dice, depth) },
                );
            }
            _ => {
                let name = *dice.one(&["minItems", "maxItems"]);
                keywords.insert(name.into(), json!(dice.below(4)));
            }
        }
    }
}

fn branches(dice: &mut Dice, keywords: &mut Map<String, Value>, depth: usize) {
    match dice.below(8) {
        0 | 1 => keywords.insert("anyOf".into(), json!([schema(dice, depth), schema(dice, depth)])),
        2 | 3 => keywords.insert("oneOf".into(), json!([schema(dice, depth), schema(dice, depth)])),
        4 => keywords.insert("allOf".into(), json!([schema(dice, depth), schema(dice, depth)])),
        5 => keywords.insert("not".into(), schema(dice, depth)),
        6 => {
            keywords.insert("if".into(), schema(dice, depth));
            keywords.insert("then".into(), schema(dice, depth));
            keywords.insert("else".into(), schema(dice, depth))
        }
        _ => keywords.insert("properties".into(), json!({ "c": { "$ref": "#/$defs/r" } })),
    };
}

/// A random value about the same things.
pub fn value(dice: &mut Dice, depth: usize) -> Value {
    let scalars = if depth == 0 { 6 } else { 10 };
    match dice.below(scalars) {
        0 => json!(null),
        1 => json!(dice.chance(50)),
        2 => dice.one(&[json!(0), json!(1), json!(2), json!(3), json!(-1), json!(6), json!(1.0), json!(10)]).clone(),
        3 => dice.one(&[json!(0.5), json!(1.5), json!(2.25), json!(-0.1)]).clone(),
        4 | 5 => json!(*dice.one(WORDS)),
        6 | 7 => (0..dice.below(4)).map(|_| value(dice, depth - 1)).collect(),
        _ => {
            Value::Object((0..dice.below(4)).map(|_| ((*dice.one(NAMES)).to_owned(), value(dice, depth - 1))).collect())
        }
    }
}

/// A random document whose definitions refer to each other and to themselves, through members and elements.
pub fn recursive(dice: &mut Dice) -> Value {
    let defs: Map<String, Value> = ["r", "s"].into_iter().map(|name| (name.to_owned(), knot(dice))).collect();
    json!({ "$ref": "#/$defs/r", "$defs": defs })
}

/// The same document with one of its definitions changed.
pub fn recursive_edit(dice: &mut Dice, old: &Value) -> Value {
    let mut new = old.clone();
    let name = *dice.one(&["r", "s"]);
    new["$defs"][name] = if dice.chance(80) { dice.edit(&old["$defs"][name]) } else { knot(dice) };
    new
}

/// A schema that ties members and elements back to definitions.
fn knot(dice: &mut Dice) -> Value {
    let back = |dice: &mut Dice| match dice.below(5) {
        0 | 1 => json!({ "$ref": "#/$defs/r" }),
        2 | 3 => json!({ "$ref": "#/$defs/s" }),
        _ => json!({ "anyOf": [{ "$ref": "#/$defs/r" }, schema(dice, 1)] }),
    };
    let mut branches = Vec::new();
    for _ in 0..1 + dice.below(3) {
        let (one, other) = (back(dice), back(dice));
        branches.push(match dice.below(6) {
            0 => json!({ "type": "array", "items": one }),
            1 => json!({ "type": "array", "prefixItems": [one], "minItems": dice.below(3), "maxItems": 1 + dice.below(3) }),
            2 => json!({ "type": "object", "properties": { "a": one, "b": other }, "required": ["a"] }),
            3 => json!({ "type": "object", "properties": { "a": one }, "additionalProperties": other, "minProperties": dice.below(2) }),
            4 => json!({ "type": "object", "patternProperties": { "^a": one }, "not": { "properties": { "a": other } } }),
            _ => schema(dice, 1),
        });
    }
    if branches.len() == 1 && dice.chance(60) {
        return branches.remove(0);
    }
    json!({ *dice.one(&["anyOf", "oneOf"]): branches })
}
