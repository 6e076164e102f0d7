//! Random edits of the files of a contract, as people make them: of every family, anywhere, several at once.

use serde_json::{Map, Value, json};

use crate::contract::Contract;
use crate::dice::Dice;

const FORMATS: &[&str] = &["date-time", "uuid", "email", "date", "uri"];
const PATTERNS: &[&str] = &["^[A-Z]{3}$", "Z$", "^[a-z_]+$", "^.{0,8}$", "^a", "^[0-9]+$"];
const TYPES: &[&str] = &["null", "boolean", "integer", "number", "string", "array", "object"];

/// Makes one to three edits; they are told by file and place.
pub fn edit(dice: &mut Dice, contract: &mut Contract) -> Vec<String> {
    let count = 1 + dice.below(3) * dice.below(2);
    (0..count).filter_map(|_| one(dice, contract)).collect()
}

fn one(dice: &mut Dice, contract: &mut Contract) -> Option<String> {
    let path = dice.one(&contract.paths()).clone();
    let mut file = contract.file(&path);
    let place = if path.ends_with("/system.json") {
        of_system(dice, &mut file)?
    } else if file.get("x-event").is_some() && dice.chance(12) {
        of_event(dice, &mut file["x-event"]);
        "/x-event".to_owned()
    } else {
        let mut places = Vec::new();
        schemas(&file, String::new(), &mut places);
        let place = dice.one(&places).clone();
        let definitions = definitions(&path, &file, contract);
        let Value::Object(keywords) = file.pointer_mut(&place)? else { return None };
        of_schema(dice, keywords, &definitions);
        place
    };
    contract.put(&path, &file);
    Some(format!("{path}#{place}"))
}

/// Every schema in a file, by its place.
fn schemas(schema: &Value, place: String, places: &mut Vec<String>) {
    let Value::Object(keywords) = schema else { return };
    for (name, value) in keywords {
        let here = format!("{place}/{name}");
        match (name.as_str(), value) {
            ("properties" | "patternProperties" | "$defs" | "dependentSchemas", Value::Object(named)) => {
                for (name, schema) in named {
                    schemas(schema, format!("{here}/{}", name.replace('~', "~0").replace('/', "~1")), places);
                }
            }
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Value::Array(all)) => {
                for (index, schema) in all.iter().enumerate() {
                    schemas(schema, format!("{here}/{index}"), places);
                }
            }
            ("items" | "additionalProperties" | "not" | "if" | "then" | "else" | "contains", schema) => {
                schemas(schema, here, places);
            }
            _ => {}
        }
    }
    places.push(place);
}

/// What a `$ref` in a file may lead to: definitions of the file, and those that it refers to.
fn definitions(path: &str, file: &Value, contract: &Contract) -> Vec<String> {
    let names = |file: &Value| file["$defs"].as_object().map(|all| all.keys().cloned().collect()).unwrap_or_default();
    let own: Vec<String> = names(file);
    let (system, below) = path.split_once('/').expect("a file is in a system");
    let shared = format!("{system}/common.schema.json");
    let common: Vec<String> =
        if contract.paths().contains(&shared) { names(&contract.file(&shared)) } else { Vec::new() };
    let up = "../".repeat(below.matches('/').count());
    let own = own.iter().map(|name| format!("#/$defs/{name}"));
    own.chain(common.iter().map(|name| format!("{up}common.schema.json#/$defs/{name}"))).collect()
}

/// The manifest: what is said of topics, policies and versions.
fn of_system(dice: &mut Dice, file: &mut Value) -> Option<String> {
    let topics: Vec<String> = file["topics"].as_object()?.keys().cloned().collect();
    let topic = dice.one(&topics).clone();
    let directions = ["full", "backward", "forward", "none"];
    match dice.below(7) {
        0 => file["policy"] = json!({ "compatibility": *dice.one(&directions) }),
        1 => file["topics"][&topic]["policy"] = json!({ "compatibility": *dice.one(&directions) }),
        2 => file["policy"] = json!({ "reading": "strict" }),
        3 => file["topics"][&topic]["partitions"] = json!(1 + dice.below(20)),
        4 => file["topics"][&topic]["retention"] = json!(format!("{}d", 1 + dice.below(20))),
        5 => file["policy"] = json!({ "unproven": "deny" }),
        _ => file["versioning"]["additions"] = json!(*dice.one(&["free", "bump", "minor"])),
    }
    Some("".to_owned())
}

/// What an event says beside its schema.
fn of_event(dice: &mut Dice, says: &mut Value) {
    match (dice.below(4), &says["version"]) {
        (0, _) => says["status"] = json!(*dice.one(&["planned", "live", "deprecated"])),
        (1, _) => says["consumers"] = json!([]),
        (_, Value::Number(version)) => says["version"] = json!(version.as_u64().unwrap_or(1) + 1),
        (_, Value::String(version)) => {
            let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
            let minor = minor.parse::<u64>().unwrap_or(0) + 1 + dice.below(2) as u64;
            says["version"] = json!(format!("{major}.{minor}"));
        }
        _ => {}
    }
}

/// Any change of a schema, with what may be said of such a value.
fn of_schema(dice: &mut Dice, keywords: &mut Map<String, Value>, definitions: &[String]) {
    let has = |name: &str| keywords.contains_key(name);
    let is_object = has("properties") || keywords.get("type") == Some(&json!("object"));
    if is_object && dice.chance(60) {
        return of_object(dice, keywords, definitions);
    }
    if keywords.get("type") == Some(&json!("array")) && dice.chance(60) {
        return of_array(dice, keywords);
    }
    match dice.below(10) {
        0 | 1 => combined(dice, keywords, definitions),
        2 if has("$ref") && !definitions.is_empty() => {
            keywords["$ref"] = json!(dice.one(definitions));
        }
        2 => {
            keywords.insert("type".into(), kind(dice));
        }
        3 => {
            let known = keywords.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
            keywords.insert("enum".into(), listed(dice, known));
        }
        4 => {
            keywords.insert("const".into(), scalar(dice));
        }
        5 => {
            let said = ["description", "title", "deprecated", "x-open-enum"];
            keywords.insert("description".into(), json!("Said in other words."));
            keywords.remove(*dice.one(&said));
        }
        _ => bounds(dice, keywords),
    }
}

/// Keywords with a number or a text: other ones, new ones, or none any more.
fn bounds(dice: &mut Dice, keywords: &mut Map<String, Value>) {
    let is_text = keywords.get("type") == Some(&json!("string"));
    let name = if is_text {
        *dice.one(&["minLength", "maxLength", "pattern", "format"])
    } else {
        *dice.one(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "maxLength", "pattern"])
    };
    if dice.chance(30) && keywords.remove(name).is_some() {
        return;
    }
    let was = keywords.get(name).and_then(Value::as_i64);
    let value = match name {
        "pattern" => json!(*dice.one(PATTERNS)),
        "format" => json!(*dice.one(FORMATS)),
        "multipleOf" => json!(1 + dice.below(4)),
        _ => json!(was.map_or(dice.below(70) as i64, |was| (was + dice.below(5) as i64 - 2).max(0))),
    };
    keywords.insert(name.into(), value);
}

fn kind(dice: &mut Dice) -> Value {
    if dice.chance(60) { json!(*dice.one(TYPES)) } else { json!([*dice.one(&TYPES[1..]), "null"]) }
}

fn scalar(dice: &mut Dice) -> Value {
    dice.one(&[json!("a"), json!("USD"), json!(1), json!(2), json!(true), json!(null), json!("1.0"), json!("")]).clone()
}

fn listed(dice: &mut Dice, mut known: Vec<Value>) -> Value {
    if !known.is_empty() && dice.chance(60) {
        known.remove(dice.below(known.len()));
    }
    if known.is_empty() || dice.chance(50) {
        known.push(scalar(dice));
    }
    known.dedup();
    known.into()
}

fn of_object(dice: &mut Dice, keywords: &mut Map<String, Value>, definitions: &[String]) {
    let members = keywords.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let names: Vec<String> = members.keys().cloned().collect();
    let known = if names.is_empty() { "extra".to_owned() } else { dice.one(&names).clone() };
    let required = |keywords: &Map<String, Value>| -> Vec<Value> {
        keywords.get("required").and_then(Value::as_array).cloned().unwrap_or_default()
    };
    match dice.below(12) {
        0..=2 => {
            let name = if dice.chance(70) { "extra".to_owned() } else { format!("more_{}", dice.below(3)) };
            let schema = plain(dice, definitions);
            put(keywords, "properties", &name, schema);
            if dice.chance(40) {
                let mut all = required(keywords);
                all.push(json!(name));
                all.dedup();
                keywords.insert("required".into(), all.into());
            }
        }
        3 | 4 => {
            if let Some(Value::Object(members)) = keywords.get_mut("properties") {
                members.remove(&known);
            }
            if dice.chance(80) {
                let left: Vec<Value> = required(keywords).into_iter().filter(|name| *name != json!(known)).collect();
                keywords.insert("required".into(), left.into());
            }
        }
        5 | 6 => {
            let mut all = required(keywords);
            match all.iter().position(|name| *name == json!(known)) {
                Some(index) => drop(all.remove(index)),
                None => all.push(json!(known)),
            }
            keywords.insert("required".into(), all.into());
        }
        7 if keywords.remove("additionalProperties").is_some() => {}
        7 => {
            let others = if dice.chance(60) { json!(false) } else { plain(dice, definitions) };
            keywords.insert("additionalProperties".into(), others);
        }
        8 => {
            let pattern = *dice.one(&["^x", "_id$", "^[a-z]$"]);
            put(keywords, "patternProperties", pattern, plain(dice, definitions));
        }
        9 if !names.is_empty() => put(keywords, "dependentRequired", &known, json!([names.first()])),
        10 => {
            keywords.insert((*dice.one(&["minProperties", "maxProperties"])).into(), json!(1 + dice.below(8)));
        }
        _ => {
            keywords.insert("propertyNames".into(), json!({ "pattern": "^[a-z_A-Z]+$" }));
        }
    }
}

fn put(keywords: &mut Map<String, Value>, keyword: &str, name: &str, schema: Value) {
    if let Value::Object(named) = keywords.entry(keyword).or_insert_with(|| json!({})) {
        named.insert(name.to_owned(), schema);
    }
}

fn of_array(dice: &mut Dice, keywords: &mut Map<String, Value>) {
    match dice.below(6) {
        0 => {
            keywords.insert("minItems".into(), json!(dice.below(3)));
        }
        1 => {
            keywords.insert("maxItems".into(), json!(1 + dice.below(4)));
        }
        2 if keywords.remove("uniqueItems").is_some() => {}
        2 => {
            keywords.insert("uniqueItems".into(), json!(true));
        }
        3 => {
            keywords.insert("items".into(), plain(dice, &[]));
        }
        4 => {
            keywords.insert("prefixItems".into(), json!([plain(dice, &[])]));
        }
        _ => {
            keywords.insert("contains".into(), plain(dice, &[]));
        }
    }
}

/// Keywords that put schemas together.
fn combined(dice: &mut Dice, keywords: &mut Map<String, Value>, definitions: &[String]) {
    for union in ["oneOf", "anyOf"] {
        if let Some(Value::Array(branches)) = keywords.get_mut(union) {
            if dice.chance(50) && branches.len() > 1 {
                branches.remove(dice.below(branches.len()));
            } else {
                branches.push(plain(dice, definitions));
            }
            return;
        }
    }
    match dice.below(5) {
        0 => {
            let is_said =
                |name: &str| !matches!(name, "$schema" | "$id" | "title" | "description" | "x-event" | "$defs");
            let own: Map<String, Value> = keywords
                .iter()
                .filter(|(name, _)| is_said(name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            keywords.retain(|name, _| !is_said(name));
            let union = *dice.one(&["oneOf", "anyOf"]);
            keywords.insert(union.into(), json!([own, plain(dice, definitions)]));
        }
        1 => {
            keywords.insert("allOf".into(), json!([plain(dice, definitions)]));
        }
        2 => {
            keywords.insert("not".into(), json!({ "const": scalar(dice) }));
        }
        3 => {
            keywords.insert("if".into(), json!({ "required": ["extra"] }));
            keywords.insert("then".into(), json!({ "minProperties": 1 + dice.below(6) }));
        }
        _ => {
            for name in ["allOf", "not", "if", "then", "else"] {
                keywords.remove(name);
            }
        }
    }
}

/// A small schema.
fn plain(dice: &mut Dice, definitions: &[String]) -> Value {
    let mut schema = match dice.below(8) {
        0 | 1 if !definitions.is_empty() => json!({ "$ref": dice.one(definitions) }),
        2 => json!({ "enum": ["a", "b"] }),
        3 => json!({ "type": "object", "properties": { "x": { "description": "X.", "type": "integer" } } }),
        4 => json!({ "type": "array", "items": { "type": "integer", "minimum": 0 } }),
        5 => json!({}),
        _ => json!({ "type": *dice.one(TYPES) }),
    };
    schema["description"] = json!("Something.");
    schema
}
