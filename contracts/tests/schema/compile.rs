//! Tables from a JSON Schema, one keyword after the other, without any cleverness; references apart.

use event_contracts::rules::{Bound, Format, Kinds, Rules};
use event_contracts::schema::{Also, Array, Contains, Object, Others, Property, Schema};
use serde_json::Value;

pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_all<T>(values: Vec<T>) -> &'static [T] {
    Vec::leak(values)
}

fn text(text: &str) -> &'static str {
    String::from(text).leak()
}

pub(crate) fn compile(schema: &Value) -> &'static Schema {
    leak(match schema {
        Value::Bool(true) => Schema::ANY,
        Value::Bool(false) => Schema::NEVER,
        schema => Schema {
            rules: rules(schema),
            values: values(schema),
            object: object(schema),
            array: array(schema),
            also: also(schema),
            unevaluated_properties: schema.get("unevaluatedProperties").map(compile),
            unevaluated_items: schema.get("unevaluatedItems").map(compile),
            ..Schema::ANY
        }
        .planned(),
    })
}

fn all(schema: &Value, keyword: &str) -> Vec<&'static Schema> {
    schema.get(keyword).and_then(Value::as_array).into_iter().flatten().map(compile).collect()
}

fn members<'v>(schema: &'v Value, keyword: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    schema.get(keyword).and_then(Value::as_object).into_iter().flatten()
}

fn strings(value: &Value) -> Vec<&'static str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(text).collect()
}

fn rules(schema: &Value) -> Rules {
    let count = |keyword: &str| schema.get(keyword).and_then(Value::as_u64).map(|count| count as u32);
    let bound = |keyword: &str| schema.get(keyword).map(|number| bound(&number.to_string()));
    let kinds = schema.get("type").map(|kinds| match kinds {
        Value::String(kind) => Kinds::of(&[kind]),
        kinds => Kinds::of(&strings(kinds)),
    });
    let format = schema.get("format").and_then(Value::as_str).map(|format| match format {
        "uuid" => Format::Uuid,
        "date-time" => Format::DateTime,
        other => panic!("no format `{other}` in these tests"),
    });
    Rules {
        kinds,
        format,
        min_length: count("minLength"),
        max_length: count("maxLength"),
        minimum: bound("minimum"),
        maximum: bound("maximum"),
        exclusive_minimum: bound("exclusiveMinimum"),
        exclusive_maximum: bound("exclusiveMaximum"),
        multiple_of: bound("multipleOf"),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique_items: schema.get("uniqueItems") == Some(&Value::Bool(true)),
        min_properties: count("minProperties"),
        max_properties: count("maxProperties"),
        ..Rules::NONE
    }
}

/// Numbers of these tests have no exponent.
fn bound(number: &str) -> Bound {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    Bound::new(format!("{whole}{fraction}").parse().expect("digits"), fraction.len() as i32)
}

fn values(schema: &Value) -> Option<&'static [&'static str]> {
    if let Some(value) = schema.get("const") {
        return Some(leak_all(vec![text(&value.to_string())]));
    }
    listed(schema)
}

fn listed(schema: &Value) -> Option<&'static [&'static str]> {
    let values = schema.get("enum")?.as_array()?;
    Some(leak_all(values.iter().map(|value| text(&value.to_string())).collect()))
}

fn object(schema: &Value) -> Option<&'static Object> {
    let required = schema.get("required").map(strings).unwrap_or_default();
    let declared: Vec<&String> = members(schema, "properties").map(|(name, _)| name).collect();
    let prepared = |name: &str| text(&format!("{}:", Value::from(name)));
    let additional = schema.get("additionalProperties").map(compile);
    let mut properties: Vec<Property> = members(schema, "properties")
        .map(|(name, schema)| Property {
            required: required.contains(&name.as_str()),
            ..Property::required(text(name), prepared(name), compile(schema))
        })
        .collect();
    for name in required.iter().filter(|name| !declared.iter().any(|declared| declared == *name)) {
        properties.push(match additional {
            Some(additional) => Property::required(name, prepared(name), additional),
            None => Property::unevaluated(name, prepared(name)),
        });
    }
    let dependent: Vec<_> =
        members(schema, "dependentRequired").map(|(name, needed)| (text(name), leak_all(strings(needed)))).collect();
    let others = additional.map(|additional| Others { patterns: &[], additional: Some(additional) });
    let names: Vec<_> = schema.get("propertyNames").map(compile).into_iter().collect();
    let any = !(properties.is_empty() && others.is_none() && names.is_empty() && dependent.is_empty());
    any.then(|| {
        leak(Object {
            properties: leak_all(properties),
            others: leak_all(others.into_iter().collect()),
            names: leak_all(names),
            dependent: leak_all(dependent),
        })
    })
}

fn array(schema: &Value) -> Option<&'static Array> {
    let count = |keyword: &str| schema.get(keyword).and_then(Value::as_u64).map(|count| count as u32);
    let contains: Vec<Contains> = schema
        .get("contains")
        .map(|contains| Contains {
            schema: compile(contains),
            least: count("minContains").unwrap_or(1),
            most: count("maxContains"),
            evaluates: true,
        })
        .into_iter()
        .collect();
    let (prefix, rest) = (all(schema, "prefixItems"), schema.get("items").map(compile));
    let any = !(prefix.is_empty() && rest.is_none() && contains.is_empty());
    any.then(|| leak(Array { prefix: leak_all(prefix), rest, contains: leak_all(contains) }))
}

fn also(schema: &Value) -> &'static [Also] {
    let mut also: Vec<Also> = all(schema, "allOf").into_iter().map(Also::All).collect();
    // A table has one list of values.
    if schema.get("const").is_some() && schema.get("enum").is_some() {
        also.push(Also::All(leak(Schema { values: listed(schema), ..Schema::ANY })));
    }
    also.extend(schema.get("anyOf").map(|_| Also::Any(leak_all(all(schema, "anyOf")))));
    also.extend(schema.get("oneOf").map(|_| Also::One(leak_all(all(schema, "oneOf")))));
    also.extend(schema.get("not").map(|not| Also::Not(compile(not))));
    also.extend(schema.get("if").map(|condition| Also::If {
        condition: compile(condition),
        then: schema.get("then").map(compile),
        otherwise: schema.get("else").map(compile),
    }));
    also.extend(
        members(schema, "dependentSchemas")
            .map(|(member, schema)| Also::With { member: text(member), schema: compile(schema) }),
    );
    leak_all(also)
}
