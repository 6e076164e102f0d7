//! Candidates for witnesses: values that both documents suggest, read as plain JSON, independently of any formula.
//!
//! They find most witnesses before anything is proved, and would show it if a proof were wrong.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Direction, Pairing};

/// Candidates that are tried for each pair of schemas.
const MAX_TRIED: usize = 160;

/// How much work all of them together may be.
const MAX_ALL: u64 = 500_000;

/// Values that one schema suggests for one place.
const MAX_SAMPLES: usize = 12;

/// How deep schemas are followed.
const MAX_DEPTH: usize = 5;

/// The first candidate that shows a difference backward, and the first that shows one forward.
pub(super) fn try_all(pairing: &Pairing<'_>) -> [Option<Value>; 2] {
    let mut found = [None, None];
    if pairing.old.validator().is_none() || pairing.new.validator().is_none() {
        return found;
    }
    let (mut tried, mut weight) = (BTreeSet::new(), 0_u64);
    for candidate in candidates(&pairing.old.value, &pairing.new.value) {
        if tried.len() >= MAX_TRIED || found.iter().all(Option::is_some) {
            break;
        }
        if !tried.insert(candidate.to_string()) {
            continue;
        }
        weight = weight.saturating_add(pairing.weight(&candidate));
        if weight > MAX_ALL {
            break;
        }
        for (found, direction) in found.iter_mut().zip([Direction::Backward, Direction::Forward]) {
            if found.is_none() && pairing.tells_apart(direction, &candidate) {
                *found = Some(candidate.clone());
            }
        }
    }
    found
}

/// Candidates, the likelier first.
fn candidates(old: &Value, new: &Value) -> impl Iterator<Item = Value> {
    let mut samples = Samples { root: old, names: Vec::new() };
    let old_samples = samples.of(old, 0);
    let mut names = std::mem::take(&mut samples.names);
    let mut samples = Samples { root: new, names: Vec::new() };
    let new_samples = samples.of(new, 0);
    names.extend(samples.names);
    names.sort_unstable();
    names.dedup();
    names.truncate(8);
    let plain = [json!(null), json!(true), json!(0), json!(0.5), json!(""), json!("a"), json!([]), json!({})];
    let all: Vec<Value> = interleave(old_samples, new_samples);
    let mutants = all.clone().into_iter().flat_map(move |value| mutants(&value, &names));
    all.into_iter().chain(plain).chain(mutants)
}

fn interleave(some: Vec<Value>, others: Vec<Value>) -> Vec<Value> {
    let mut all = Vec::with_capacity(some.len() + others.len());
    let (mut some, mut others) = (some.into_iter(), others.into_iter());
    loop {
        match (some.next(), others.next()) {
            (None, None) => return all,
            (one, other) => all.extend(one.into_iter().chain(other)),
        }
    }
}

/// Values much like another one: a member or element more or less, or of another kind.
fn mutants(value: &Value, names: &[String]) -> Vec<Value> {
    let mut mutants = Vec::new();
    match value {
        Value::Object(members) => {
            for name in members.keys().take(MAX_SAMPLES) {
                let mut fewer = members.clone();
                fewer.shift_remove(name);
                mutants.push(Value::Object(fewer));
                for other in [json!(null), json!(1), json!("a"), json!([]), json!({}), json!(0.5), json!(false)] {
                    let mut changed = members.clone();
                    changed[name] = other;
                    mutants.push(Value::Object(changed));
                }
            }
            for name in names.iter().map(String::as_str).chain(["zz"]) {
                for extra in [json!(1), json!("a"), json!(null)] {
                    if !members.contains_key(name) {
                        let mut more = members.clone();
                        more.insert(name.to_owned(), extra);
                        mutants.push(Value::Object(more));
                    }
                }
            }
        }
        Value::Array(elements) => {
            let shorter = elements.len().saturating_sub(1);
            mutants.push(Value::Array(elements[..shorter].to_vec()));
            for extra in [json!(1), json!("a"), json!(null)] {
                mutants.push(Value::Array(elements.iter().cloned().chain([extra]).collect()));
            }
            if let Some(last) = elements.last() {
                mutants.push(Value::Array(elements.iter().chain([last]).cloned().collect()));
            }
        }
        _ => {}
    }
    mutants
}

/// What a document suggests.
struct Samples<'d> {
    root: &'d Value,
    /// Names of members anywhere in it.
    names: Vec<String>,
}

impl Samples<'_> {
    fn of(&mut self, schema: &Value, depth: usize) -> Vec<Value> {
        let Value::Object(keywords) = schema else { return vec![json!(1), json!("a")] };
        let mut found = Vec::new();
        if depth > MAX_DEPTH {
            return found;
        }
        if let Some(constant) = keywords.get("const") {
            found.push(constant.clone());
        }
        for list in ["enum", "examples"] {
            found.extend(keywords.get(list).and_then(Value::as_array).into_iter().flatten().take(6).cloned());
        }
        found.extend(keywords.get("default").cloned());
        self.scalars(keywords, &mut found);
        self.arrays(keywords, depth, &mut found);
        self.objects(keywords, depth, &mut found);
        for list in ["anyOf", "oneOf", "allOf"] {
            for branch in keywords.get(list).and_then(Value::as_array).into_iter().flatten().take(6) {
                found.extend(self.of(branch, depth + 1));
            }
        }
        for inner in ["not", "if", "then", "else"] {
            if let Some(inner) = keywords.get(inner) {
                found.extend(self.of(inner, depth + 1));
            }
        }
        if let Some(target) = keywords.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'))
            && let Some(target) = self.root.pointer(target).cloned()
        {
            found.extend(self.of(&target, depth + 1));
        }
        found.truncate(MAX_SAMPLES);
        found
    }

    fn scalars(&self, keywords: &Map<String, Value>, found: &mut Vec<Value>) {
        let types: Vec<&str> = match keywords.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        for bound in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] {
            let Some(bound) = keywords.get(bound).filter(|bound| bound.is_number()) else { continue };
            found.push(bound.clone());
            if let Some(whole) = bound.as_i64().filter(|whole| whole.abs() < 1 << 52) {
                found.extend([json!(whole + 1), json!(whole - 1), json!(whole as f64 + 0.5)]);
            } else if let Some(float) = bound.as_f64() {
                found.extend([json!(float + 1.0), json!(float - 1.0), json!(float / 2.0)]);
            }
        }
        for bound in ["minLength", "maxLength"] {
            if let Some(length) = keywords.get(bound).and_then(Value::as_u64).filter(|length| *length < 200) {
                let length = usize::try_from(length).unwrap_or(0);
                found.extend([length, length + 1, length.saturating_sub(1)].map(|length| json!("a".repeat(length))));
            }
        }
        for name in types {
            match name {
                "null" => found.push(json!(null)),
                "boolean" => found.extend([json!(true), json!(false)]),
                "integer" => found.extend([json!(0), json!(1), json!(-1), json!(2.0)]),
                "number" => found.extend([json!(0), json!(0.5), json!(-1)]),
                "string" => found.extend([json!("a"), json!(""), json!("1")]),
                "array" => found.push(json!([])),
                "object" => found.push(json!({})),
                _ => {}
            }
        }
    }

    fn arrays(&mut self, keywords: &Map<String, Value>, depth: usize, found: &mut Vec<Value>) {
        let mut elements: Vec<Value> = Vec::new();
        for list in ["prefixItems", "items"] {
            for schema in keywords.get(list).and_then(Value::as_array).into_iter().flatten().take(8) {
                elements.push(self.of(schema, depth + 1).into_iter().next().unwrap_or(Value::Null));
            }
        }
        if !elements.is_empty() {
            found.push(Value::Array(elements.clone()));
        }
        for inner in ["items", "contains", "additionalItems", "unevaluatedItems"] {
            let Some(schema @ Value::Object(_)) = keywords.get(inner) else { continue };
            for value in self.of(schema, depth + 1).into_iter().take(4) {
                let mut more = elements.clone();
                more.push(value);
                found.push(Value::Array(more));
            }
        }
        for bound in ["minItems", "maxItems", "minContains", "maxContains"] {
            if let Some(count) = keywords.get(bound).and_then(Value::as_u64).filter(|count| *count < 20) {
                found.extend([count, count + 1].map(|count| (0..count).map(|one| json!(one)).collect::<Value>()));
            }
        }
        if keywords.contains_key("uniqueItems") {
            found.extend([json!([1, 1]), json!([1, true])]);
        }
    }

    fn objects(&mut self, keywords: &Map<String, Value>, depth: usize, found: &mut Vec<Value>) {
        let mut full = Map::new();
        let mut single = Vec::new();
        for (name, schema) in keywords.get("properties").and_then(Value::as_object).into_iter().flatten().take(12) {
            self.names.push(name.clone());
            let samples = self.of(schema, depth + 1);
            single.extend(samples.iter().take(5).map(|value| (name.clone(), value.clone())));
            full.insert(name.clone(), samples.into_iter().next().unwrap_or(Value::Null));
        }
        for name in keywords.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            self.names.push(name.to_owned());
            full.entry(name).or_insert(json!(1));
        }
        for list in ["dependencies", "dependentRequired", "dependentSchemas"] {
            let names = keywords.get(list).and_then(Value::as_object).into_iter().flatten();
            self.names.extend(names.map(|(name, _)| name.clone()));
        }
        if full.is_empty() {
            return;
        }
        found.push(Value::Object(full.clone()));
        for (name, value) in single {
            let mut one = full.clone();
            one[&name] = value;
            found.push(Value::Object(one));
        }
    }
}
