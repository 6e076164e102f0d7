//! Random schemas and random values: generated decoders and the `jsonschema` crate give the same verdicts.

use event_contracts_conformance::{Decoder, Refused, run};
use serde_json::{Value, json};

mod types {
    #![allow(missing_docs, unreachable_pub, clippy::all, dead_code, deprecated, non_camel_case_types)]
    include!(concat!(env!("OUT_DIR"), "/random/types/mod.rs"));
}
include!(concat!(env!("OUT_DIR"), "/random/table.rs"));

#[test]
#[allow(clippy::print_stdout, reason = "how many values there were, for who asks")]
fn verdicts_agree() {
    let reasons: Vec<&str> = REFUSED.iter().map(|refused| refused.reason).collect();
    assert!(REFUSED.is_empty(), "{reasons:?}");
    let (mut accepted, mut judged, mut wrong) = (0, 0, Vec::new());
    for decoder in DECODERS {
        let schema: Value = serde_json::from_slice(&std::fs::read(decoder.schema).unwrap()).unwrap();
        let oracle = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        let mut values = Values { seed: 7, schema: &schema };
        for round in 0..150 {
            let value = values.of(&schema, 0, round % 3 != 0);
            let valid = oracle.is_valid(&value);
            judged += 1;
            accepted += usize::from(valid);
            match std::panic::catch_unwind(|| (decoder.run)(&value.to_string())) {
                Ok(verdict) if verdict.is_ok() == valid => {}
                verdict => wrong.push(format!("{value} valid: {valid}, {verdict:?}, by {schema}")),
            }
        }
    }
    assert!(accepted * 5 > judged, "too few of the values are valid: {accepted} of {judged}");
    let shown: Vec<&String> = wrong.iter().take(5).collect();
    assert!(wrong.is_empty(), "{} verdicts differ: {shown:#?}", wrong.len());
}

/// Makes values that have to do with a schema: mostly what it asks for, now and then something else.
struct Values<'a> {
    seed: u64,
    schema: &'a Value,
}

impl Values<'_> {
    fn below(&mut self, limit: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.seed >> 33) % limit as u64).unwrap()
    }

    fn of(&mut self, schema: &Value, depth: usize, faithful: bool) -> Value {
        if depth > 6 || (!faithful && self.below(5) == 0) {
            return self.any();
        }
        if let Some(target) = schema["$ref"].as_str().filter(|_| self.below(3) > 0) {
            let target = self.schema.pointer(&target[1..]).cloned().unwrap_or_default();
            return self.of(&target, depth + 1, faithful);
        }
        for keyword in ["oneOf", "anyOf", "allOf"] {
            if let Some(branches) = schema[keyword].as_array().filter(|_| self.below(2) == 0) {
                let branch = branches[self.below(branches.len())].clone();
                let value = self.of(&branch, depth + 1, faithful);
                return if schema["properties"].is_object() { self.beside(schema, value, depth) } else { value };
            }
        }
        if let Some(values) = schema["enum"].as_array() {
            return values[self.below(values.len())].clone();
        }
        let kind = match &schema["type"] {
            Value::String(kind) => kind.clone(),
            Value::Array(kinds) => kinds[self.below(kinds.len())].as_str().unwrap().to_owned(),
            _ => ["object", "array", "string", "integer"][self.below(4)].to_owned(),
        };
        match kind.as_str() {
            "null" => Value::Null,
            "boolean" => json!(self.below(2) == 0),
            "integer" => self.integer(schema),
            "number" => {
                if self.below(2) == 0 {
                    self.integer(schema)
                } else {
                    json!([0.25, 1.5, -0.5, 2.0, 1e3][self.below(5)])
                }
            }
            "string" => self.text(schema),
            "array" => self.array(schema, depth, faithful),
            _ => self.object(schema, depth, faithful),
        }
    }

    fn any(&mut self) -> Value {
        let all = [
            json!(null),
            json!(true),
            json!(0),
            json!(1.0),
            json!(-7),
            json!(1.5),
            json!("a"),
            json!(""),
            json!([]),
            json!({}),
            json!([1, 1]),
            json!({ "a": null }),
            json!(18_446_744_073_709_551_615_u64),
            json!("2024-02-30"),
            json!([[], {}]),
            json!({ "kind": "a", "x-y": 1 }),
        ];
        all[self.below(all.len())].clone()
    }

    /// A value of a branch, with what the schema itself says of members.
    fn beside(&mut self, schema: &Value, mut value: Value, depth: usize) -> Value {
        let own = self.object(schema, depth, true);
        if let (Value::Object(members), Value::Object(own)) = (&mut value, own) {
            for (name, member) in own {
                members.entry(name).or_insert(member);
            }
        }
        value
    }

    fn integer(&mut self, schema: &Value) -> Value {
        let near = schema["minimum"].as_i64().or(schema["maximum"].as_i64()).unwrap_or(0);
        let shift = i64::try_from(self.below(7)).unwrap() - 3;
        let value = near.saturating_add(shift);
        if self.below(8) == 0 && value.abs() < 1 << 50 { json!(value as f64) } else { json!(value) }
    }

    fn text(&mut self, schema: &Value) -> Value {
        let by_format = match schema["format"].as_str() {
            Some("date") => Some("2024-02-29"),
            Some("date-time") => Some("2024-02-29T23:59:60Z"),
            Some("uuid") => Some("2EB8AA08-aa98-11ea-B4AA-73B441D16380"),
            Some("email") => Some("a@b.example"),
            Some("ipv4") => Some("127.0.0.1"),
            Some("uri") => Some("https://a.example/ü"),
            Some("hostname") => Some("a-b.example"),
            _ => None,
        };
        let all = ["a", "ab", "abc", "x-1", "b", "", "💩", "a💩b", "0", "cab\u{0}"];
        json!(by_format.filter(|_| self.below(4) > 0).unwrap_or(all[self.below(all.len())]))
    }

    fn array(&mut self, schema: &Value, depth: usize, faithful: bool) -> Value {
        let least = usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap();
        let count = least + self.below(3);
        let element = |index: usize, maker: &mut Self| {
            let part = schema["prefixItems"].get(index).or(schema.get("items")).or(schema.get("contains"));
            match part {
                Some(part) => maker.of(&part.clone(), depth + 1, faithful),
                None => maker.any(),
            }
        };
        (0..count).map(|index| element(index, self)).collect()
    }

    fn object(&mut self, schema: &Value, depth: usize, faithful: bool) -> Value {
        let mut object = serde_json::Map::new();
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            let required = schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
            if self.below(10) < if required { 9 } else { 6 } {
                object.insert(name.clone(), self.of(member, depth + 1, faithful));
            }
        }
        for name in ["a", "b", "abc", "x-y", "orderId", "zzzzzz"] {
            if self.below(8) == 0 && !object.contains_key(name) {
                let member = schema["additionalProperties"].clone();
                let value = if member.is_object() { self.of(&member, depth + 1, faithful) } else { self.any() };
                object.insert(name.to_owned(), value);
            }
        }
        object.into()
    }
}
