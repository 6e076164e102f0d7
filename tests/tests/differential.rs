//! The generated decoders against the validator: valid examples, changed in one place, must get the same verdict from both.
//!
//! So must `validate`; and what is accepted must be written as the JSON value that was read.

use std::fs;
use std::path::{Path, PathBuf};

use event_contracts::{Category, DecodeError, Json};
use event_contracts_codegen::contract::{Contract, Event};
use my_contracts::{commerce, first_viscount, flowops, order_service, order_workflow};
use serde_json::{Value, json};

/// What a set of events does with a message.
struct Set {
    system: &'static str,
    /// Decodes it, and encodes it again.
    decode: fn(&[u8]) -> Result<Vec<u8>, DecodeError>,
    validate: fn(&[u8]) -> Result<(), DecodeError>,
    /// How many violations there are.
    count: fn(&[u8]) -> usize,
}

macro_rules! set {
    ($system:literal, $set:ty) => {
        Set {
            system: $system,
            decode: |bytes| {
                <$set>::decode(bytes).map(|event| event.encode_planned().expect("what is read can be written"))
            },
            validate: <$set>::validate,
            count: |bytes| <$set>::decode_all(bytes).map_or_else(|all| all.len(), |_| 0),
        }
    };
}

const SYSTEMS: [Set; 5] = [
    set!("commerce", commerce::CommerceEvent),
    set!("first-viscount", first_viscount::FirstViscountEvent),
    set!("flowops", flowops::FlowopsEvent),
    set!("order-service", order_service::OrderServiceEvent),
    set!("order-workflow", order_workflow::OrderWorkflowEvent),
];

#[test]
fn reader_and_validator_agree_on_every_change_in_one_place() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let contract = event_contracts_codegen::load(&schemas).expect("the schemas are in order").contract;
    let (mut accepted, mut refused, mut disagreements) = (0, 0, Vec::new());
    for set in SYSTEMS {
        for (event, type_at, version_at) in events(&contract, set.system) {
            let schema: Value = serde_json::from_str(&event.schema).unwrap();
            let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
            for example in valid_examples(&schemas, event) {
                let original: Value = serde_json::from_slice(&fs::read(&example).unwrap()).unwrap();
                for (place, mutant) in mutants(&original, &type_at, version_at.as_deref()) {
                    let text = serde_json::to_vec(&mutant).unwrap();
                    let valid = validator.is_valid(&mutant);
                    let decoded = (set.decode)(&text);
                    let judged = (set.validate)(&text);
                    if valid {
                        accepted += 1
                    } else {
                        refused += 1
                    }
                    let agrees = judged.is_ok() == valid
                        && ((set.count)(&text) == 0) == valid
                        && match &decoded {
                            Ok(written) => valid && json(written) == json(&text),
                            Err(error) => !valid && error.category() == Category::Invalid,
                        };
                    if !agrees {
                        let ours = decoded.map_or_else(|error| error.to_string(), |_| "accepted".to_owned());
                        disagreements.push(format!(
                            "{} at `{place}`: the validator says {valid}, ours: {ours}, judged {judged:?}",
                            example.display()
                        ));
                    }
                }
            }
        }
    }
    assert!(accepted > 1_000 && refused > 10_000, "{accepted} accepted, {refused} refused");
    assert!(
        disagreements.is_empty(),
        "{} disagreements\n{}",
        disagreements.len(),
        disagreements[..disagreements.len().min(20)].join("\n")
    );
}

fn json(bytes: &[u8]) -> Json {
    str::from_utf8(bytes).unwrap().parse().unwrap()
}

/// The events of a system, with the places of type and version.
fn events<'a>(contract: &'a Contract, system: &str) -> Vec<(&'a Event, String, Option<String>)> {
    let system = contract.systems.iter().find(|one| one.name.wire == system).expect("the system is there");
    let envelope = &system.manifest.envelope;
    let version_at =
        |event: &Event| event.says.version_at.as_ref().or(envelope.version.as_ref()).map(|pointer| pointer.0.clone());
    system.events.iter().map(|event| (event, envelope.event_type.0.clone(), version_at(event))).collect()
}

fn valid_examples(schemas: &Path, event: &Event) -> Vec<PathBuf> {
    let folder = schemas
        .join(&event.path)
        .parent()
        .unwrap()
        .join(format!("examples/{}.v{}/valid", event.name.wire, event.major));
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// The value with each place changed in many ways, one at a time. Type and version are left alone: those are routing.
fn mutants(original: &Value, type_at: &str, version_at: Option<&str>) -> Vec<(String, Value)> {
    let mut places = vec![String::new()];
    collect(original, "", &mut places);
    let mut mutants = Vec::new();
    for place in places.iter().filter(|place| *place != type_at && Some(place.as_str()) != version_at) {
        let here = original.pointer(place).unwrap();
        for replacement in replacements(here) {
            let mut mutant = original.clone();
            *mutant.pointer_mut(place).unwrap() = replacement;
            // A message whose type cannot be found is refused by routing before any schema is asked.
            if mutant.pointer(type_at).is_some_and(Value::is_string)
                && version_at.is_none_or(|at| mutant.pointer(at) == original.pointer(at))
            {
                mutants.push((place.clone(), mutant));
            }
        }
    }
    mutants
}

fn collect(value: &Value, place: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let here = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
                places.push(here.clone());
                collect(value, &here, places);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                let here = format!("{place}/{index}");
                places.push(here.clone());
                collect(value, &here, places);
            }
        }
        _ => {}
    }
}

/// What a value can be replaced by: values of other types, near misses of its own, its parts taken away or doubled.
fn replacements(value: &Value) -> Vec<Value> {
    let mut all = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1),
        json!(1.5),
        json!(1.0),
        json!(1e3),
        json!(9_007_199_254_740_992_u64),
        json!(u64::MAX),
        json!(""),
        json!(" "),
        json!("x"),
        json!("USD"),
        json!("1"),
        json!("24.99"),
        json!("2025-01-01T00:00:00Z"),
        json!("2025-02-30T00:00:00Z"),
        json!("550E8400-e29b-41d4-a716-446655440000"),
        json!("\u{0}"),
        json!("é".repeat(300)),
        json!([]),
        json!([1]),
        json!({}),
        json!({"a": 1}),
    ];
    match value {
        Value::String(text) => {
            all.extend([
                json!(text.to_uppercase()),
                json!(text.to_lowercase()),
                json!(format!("{text} ")),
                json!(format!("{text}\n")),
                json!(text.replace('-', "")),
            ]);
            all.extend([
                json!(text.replace('Z', "+00:00")),
                json!(text.replace('Z', "z")),
                json!(text.replace('Z', ".123456789012Z")),
                json!(text.repeat(40)),
            ]);
            all.push(json!(text.chars().skip(1).collect::<String>()));
        }
        Value::Array(elements) => {
            all.extend((0..elements.len()).map(|index| {
                Value::Array(
                    elements.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, one)| one.clone()).collect(),
                )
            }));
            all.push(Value::Array(elements.iter().chain(elements.first()).cloned().collect()));
        }
        Value::Object(members) => {
            for name in members.keys() {
                let mut without = members.clone();
                without.remove(name);
                all.push(Value::Object(without));
            }
            let mut with = members.clone();
            with.insert("a member that nobody declares".to_owned(), json!({"deep": [1, 2.50, null]}));
            all.push(Value::Object(with));
        }
        _ => {}
    }
    all
}
