//! Random schemas and values: the verdict must be that of the `jsonschema` validator.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::compile::compile;

/// Few names and values, so that schemas and values meet.
fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..9).prop_map(Value::from),
        select(vec![0.5, 1.5, 2.0, -0.25, 100.0]).prop_map(Value::from),
        select(vec!["", "a", "b", "aé", "with \"quotes\"", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"])
            .prop_map(Value::from),
    ]
}

fn name() -> impl Strategy<Value = String> {
    select(vec!["a", "b", "c", "d\"e", "dé", ""]).prop_map(str::to_owned)
}

fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    vec((name(), value), 0..5).prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>()))
}

fn value() -> impl Strategy<Value = Value> {
    scalar()
        .prop_recursive(4, 24, 4, |value| prop_oneof![vec(value.clone(), 0..5).prop_map(Value::from), object(value)])
}

fn kind() -> impl Strategy<Value = Value> {
    select(vec!["null", "boolean", "integer", "number", "string", "array", "object"]).prop_map(Value::from)
}

/// One keyword with its value.
fn keyword(schema: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let schemas = vec(schema.clone(), 1..4);
    let count = 0..4_u32;
    let number = select(vec![json!(-1), json!(0), json!(1.5), json!(2), json!(6)]);
    let name_of = |names: &[&'static str]| select(names.to_vec());
    prop_oneof![
        2 => kind().prop_map(|kind| json!({ "type": kind })),
        2 => vec(kind(), 2..4).prop_map(|mut kinds| {
            kinds.sort_by_key(Value::to_string);
            kinds.dedup();
            json!({ "type": kinds })
        }),
        1 => value().prop_map(|value| json!({ "const": value })),
        1 => vec(value(), 1..4).prop_map(|values| json!({ "enum": values })),
        2 => (name_of(&["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"]), count.clone())
            .prop_map(|(name, count)| json!({ name: count })),
        2 => (name_of(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]), number)
            .prop_map(|(name, number)| json!({ name: number })),
        1 => select(vec![json!(2), json!(0.5), json!(0.75), json!(3)]).prop_map(|divisor| json!({ "multipleOf": divisor })),
        1 => Just(json!({ "uniqueItems": true })),
        1 => Just(json!({ "format": "uuid" })),
        4 => vec((name(), schema.clone()), 0..4)
            .prop_map(|members| json!({ "properties": members.into_iter().collect::<Map<_, _>>() })),
        2 => vec(name(), 0..3).prop_map(|mut names| {
            names.sort();
            names.dedup();
            json!({ "required": names })
        }),
        3 => (name_of(&["additionalProperties", "propertyNames", "items", "not", "unevaluatedProperties", "unevaluatedItems"]), schema.clone())
            .prop_map(|(name, schema)| json!({ name: schema })),
        3 => name_of(&["additionalProperties", "unevaluatedProperties", "unevaluatedItems"]).prop_map(|name| json!({ name: false })),
        3 => (name_of(&["prefixItems", "allOf", "anyOf", "oneOf"]), schemas).prop_map(|(name, schemas)| json!({ name: schemas })),
        1 => (schema.clone(), count.clone(), proptest::option::of(count))
            .prop_map(|(schema, least, most)| match most {
                None => json!({ "contains": schema, "minContains": least }),
                Some(most) => json!({ "contains": schema, "minContains": least, "maxContains": most }),
            }),
        2 => (schema.clone(), schema.clone(), schema.clone())
            .prop_map(|(condition, then, otherwise)| json!({ "if": condition, "then": then, "else": otherwise })),
        1 => (name(), name()).prop_map(|(name, needed)| json!({ "dependentRequired": { name: [needed] } })),
        1 => (name(), schema).prop_map(|(name, schema)| json!({ "dependentSchemas": { name: schema } })),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    let leaf =
        prop_oneof![8 => kind().prop_map(|kind| json!({ "type": kind })), 1 => any::<bool>().prop_map(Value::from)];
    leaf.prop_recursive(4, 40, 4, |schema| {
        vec(keyword(schema.boxed()), 1..5).prop_map(|keywords| {
            let keywords = keywords.into_iter().filter_map(|keyword| match keyword {
                Value::Object(keyword) => Some(keyword),
                _ => None,
            });
            Value::Object(keywords.flatten().collect())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn verdicts_agree(schema in schema(), values in vec(value(), 6)) {
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|error| TestCaseError::reject(error.to_string()))?;
        let tables = compile(&schema);
        for value in values {
            let text = value.to_string();
            let judged = tables.check(&text);
            prop_assert_eq!(judged.is_ok(), validator.is_valid(&value), "{} judged by {}: {:?}", text, schema, judged);
            let spaced = serde_json::to_string_pretty(&value).expect("a value is written");
            prop_assert_eq!(tables.check(&spaced).is_ok(), judged.is_ok());
            let violations = tables.violations(&text);
            prop_assert_eq!(violations.is_empty(), judged.is_ok(), "{} judged by {}: {:?}", text, schema, violations);
            prop_assert!(violations.is_sorted_by_key(event_contracts::Refusal::offset));
        }
    }
}
