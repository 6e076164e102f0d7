//! Random schemas: every keyword, often in places where nobody would expect it.

use serde_json::{Map, Value, json};

/// A generator of numbers, small and the same everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit as u64).expect("it is small")
    }

    fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const NAMES: &[&str] = &["a", "b", "c", "kind", "orderId", "order_id", "type", "x-y"];
const KINDS: &[&str] = &["null", "boolean", "integer", "number", "string", "array", "object"];
const PATTERNS: &[&str] = &["^a", "b$", "^[a-c]+$", "[0-9]", "^x-", "^.{1,3}$"];
const FORMATS: &[&str] = &["date", "date-time", "uuid", "email", "ipv4", "uri", "hostname", "unknown-format"];

/// As many schemas as asked for, the same for the same seed.
pub(crate) fn schemas(seed: u64, count: usize) -> Vec<Value> {
    let mut dice = Dice(seed);
    (0..count)
        .map(|_| {
            let mut root = schema(&mut dice, 3);
            if let Value::Object(members) = &mut root {
                let defs: Map<String, Value> =
                    ["D0", "D1", "D2"].iter().map(|name| ((*name).to_owned(), definition(&mut dice))).collect();
                members.insert("$defs".to_owned(), defs.into());
            }
            root
        })
        .collect()
}

/// A definition asserts a type, so that no chain of references leads back to itself for one value.
fn definition(dice: &mut Dice) -> Value {
    let mut schema = typed(dice, 2);
    if let Value::Object(members) = &mut schema {
        for in_place in ["$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"] {
            members.remove(in_place);
        }
    }
    schema
}

fn schema(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(12) {
        0 if depth < 3 => json!(dice.chance(85)),
        1 if depth < 3 => json!({ "$ref": format!("#/$defs/D{}", dice.below(3)) }),
        2 => untyped(dice, depth),
        3 | 4 if depth > 0 => union(dice, depth),
        _ => typed(dice, depth),
    }
}

/// One of several schemas, with a tag or without, alone or beside what all of them have in common.
fn union(dice: &mut Dice, depth: usize) -> Value {
    let inner = depth - 1;
    let mut schema = Map::new();
    let tag = *dice.one(NAMES);
    let is_tagged = dice.chance(40);
    let branches: Vec<Value> = (0..2 + dice.below(3))
        .map(|index| match dice.below(8) {
            _ if is_tagged => {
                let mut branch = Map::from_iter([("type".to_owned(), json!("object"))]);
                objects(dice, &mut branch, inner);
                branch.entry("properties").or_insert_with(|| json!({}))[tag] = json!({ "enum": [format!("k{index}")] });
                if dice.chance(90) {
                    branch.insert("required".to_owned(), json!([tag]));
                }
                branch.into()
            }
            0 => json!({ "type": "null" }),
            1 => json!({ "required": [*dice.one(NAMES)] }),
            2 => json!({ "$ref": format!("#/$defs/D{}", dice.below(3)) }),
            3 => json!({ "enum": [*dice.one(NAMES), *dice.one(PATTERNS)] }),
            _ => self::schema(dice, inner),
        })
        .collect();
    schema.insert((*dice.one(&["oneOf", "anyOf"])).to_owned(), branches.into());
    if dice.chance(30) {
        schema.insert("type".to_owned(), json!("object"));
        objects(dice, &mut schema, inner);
    }
    schema.into()
}

/// A schema that says which type it speaks of, as most do.
fn typed(dice: &mut Dice, depth: usize) -> Value {
    let kind = *dice.one(if depth == 0 { &KINDS[..5] } else { &KINDS[2..] });
    let mut schema = Map::new();
    let kinds = if dice.chance(15) { json!([kind, *dice.one(&["null", "boolean", "string"])]) } else { json!(kind) };
    let kinds = if kinds.is_array() && kinds[0] == kinds[1] { json!(kind) } else { kinds };
    schema.insert("type".to_owned(), kinds);
    match kind {
        "string" => strings(dice, &mut schema),
        "integer" | "number" => numbers(dice, &mut schema),
        "array" => arrays(dice, &mut schema, depth),
        "object" => objects(dice, &mut schema, depth),
        _ => {}
    }
    if depth > 0 && dice.chance(20) {
        combined(dice, &mut schema, depth);
    }
    schema.into()
}

/// Keywords of several types at once, none of them named.
fn untyped(dice: &mut Dice, depth: usize) -> Value {
    let mut schema = Map::new();
    for _ in 0..=dice.below(2) {
        match dice.below(5) {
            0 => strings(dice, &mut schema),
            1 => numbers(dice, &mut schema),
            2 if depth > 0 => arrays(dice, &mut schema, depth),
            3 if depth > 0 => objects(dice, &mut schema, depth),
            _ if depth > 0 => combined(dice, &mut schema, depth),
            _ => {
                schema.insert("enum".to_owned(), json!([1, "a", null, [1], { "a": 1 }]));
            }
        }
    }
    schema.into()
}

fn strings(dice: &mut Dice, schema: &mut Map<String, Value>) {
    match dice.below(6) {
        0 => schema.insert("minLength".to_owned(), json!(dice.below(4))),
        1 => schema.insert("maxLength".to_owned(), json!(dice.below(5))),
        2 => schema.insert("pattern".to_owned(), json!(dice.one(PATTERNS))),
        3 => schema.insert("format".to_owned(), json!(dice.one(FORMATS))),
        4 => schema.insert("enum".to_owned(), json!(["a", "ab", "a-b", "", "2024-01-31"])),
        _ => None,
    };
}

fn numbers(dice: &mut Dice, schema: &mut Map<String, Value>) {
    let bound = *dice.one(&[-3, 0, 1, 5, 4_294_967_295_i64, i64::MAX]);
    match dice.below(7) {
        0 => schema.insert("minimum".to_owned(), json!(bound)),
        1 => schema.insert("maximum".to_owned(), json!(bound)),
        2 => schema.insert("exclusiveMinimum".to_owned(), json!(0.5)),
        3 => schema.insert("exclusiveMaximum".to_owned(), json!(bound)),
        4 => schema.insert("multipleOf".to_owned(), dice.one(&[json!(2), json!(0.25), json!(3)]).clone()),
        5 => {
            schema.insert("minimum".to_owned(), json!(0));
            schema.insert("maximum".to_owned(), json!(dice.below(200)))
        }
        _ => None,
    };
}

fn arrays(dice: &mut Dice, schema: &mut Map<String, Value>, depth: usize) {
    let inner = depth.saturating_sub(1);
    for _ in 0..=dice.below(3) {
        match dice.below(8) {
            0 | 1 => schema.insert("items".to_owned(), self::schema(dice, inner)),
            2 => schema.insert("prefixItems".to_owned(), json!([self::schema(dice, inner), self::schema(dice, inner)])),
            3 => schema.insert("minItems".to_owned(), json!(dice.below(3))),
            4 => schema.insert("maxItems".to_owned(), json!(dice.below(4))),
            5 => schema.insert("uniqueItems".to_owned(), json!(dice.chance(80))),
            6 => {
                if dice.chance(50) {
                    schema.insert("minContains".to_owned(), json!(dice.below(3)));
                }
                if dice.chance(30) {
                    schema.insert("maxContains".to_owned(), json!(dice.below(3)));
                }
                schema.insert("contains".to_owned(), self::schema(dice, inner))
            }
            _ => schema.insert("unevaluatedItems".to_owned(), self::schema(dice, inner)),
        };
    }
}

fn objects(dice: &mut Dice, schema: &mut Map<String, Value>, depth: usize) {
    let inner = depth.saturating_sub(1);
    if dice.chance(80) {
        let mut properties = Map::new();
        for _ in 0..=dice.below(3) {
            properties.insert((*dice.one(NAMES)).to_owned(), self::schema(dice, inner));
        }
        if dice.chance(60) {
            let required: Vec<&String> = properties.keys().filter(|_| dice.chance(60)).collect();
            schema.insert("required".to_owned(), json!(required));
        }
        schema.insert("properties".to_owned(), properties.into());
    }
    for _ in 0..dice.below(3) {
        match dice.below(9) {
            0 | 1 => schema.insert("additionalProperties".to_owned(), self::schema(dice, inner)),
            2 => schema.insert("additionalProperties".to_owned(), json!(false)),
            3 => {
                schema.insert("patternProperties".to_owned(), json!({ *dice.one(PATTERNS): self::schema(dice, inner) }))
            }
            4 => schema.insert("propertyNames".to_owned(), json!({ "maxLength": dice.below(6) })),
            5 => schema.insert("minProperties".to_owned(), json!(dice.below(3))),
            6 => schema.insert("maxProperties".to_owned(), json!(dice.below(4))),
            7 => schema.insert("dependentRequired".to_owned(), json!({ *dice.one(NAMES): [*dice.one(NAMES)] })),
            _ => schema.insert("unevaluatedProperties".to_owned(), self::schema(dice, inner)),
        };
    }
}

fn combined(dice: &mut Dice, schema: &mut Map<String, Value>, depth: usize) {
    let inner = depth - 1;
    let mut two = || json!([self::schema(dice, inner), self::schema(dice, inner)]);
    let pair = two();
    match dice.below(7) {
        0 => schema.insert("allOf".to_owned(), pair),
        1 => schema.insert("anyOf".to_owned(), pair),
        2 => schema.insert("oneOf".to_owned(), pair),
        3 => schema.insert("not".to_owned(), self::schema(dice, inner)),
        4 => {
            schema.insert("then".to_owned(), self::schema(dice, inner));
            schema.insert("else".to_owned(), self::schema(dice, inner));
            schema.insert("if".to_owned(), self::schema(dice, inner))
        }
        5 => schema.insert("dependentSchemas".to_owned(), json!({ *dice.one(NAMES): self::schema(dice, inner) })),
        _ => schema.insert("$ref".to_owned(), json!(format!("#/$defs/D{}", dice.below(3)))),
    };
}
