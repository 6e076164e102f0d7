//! A schema folder of any size, varied as real ones are: systems with envelopes, shared definitions, topics, nested payloads.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

const MANIFEST: &str = include_str!("../../../cargo-contracts/template/schemas/shop/system.json");
const ENVELOPE: &str = include_str!("../../../cargo-contracts/template/schemas/shop/envelope.schema.json");
const COMMON: &str = include_str!("../../../cargo-contracts/template/schemas/shop/common.schema.json");

const TOPICS: usize = 5;
const EVENTS_OF_A_TOPIC: usize = 10;

/// Writes so many events, fifty to a system.
///
/// # Panics
/// If the folder cannot be written.
pub fn write(root: &Path, events: usize) {
    for system in 0..events.div_ceil(TOPICS * EVENTS_OF_A_TOPIC) {
        let name = format!("system-{system}");
        let folder = root.join(&name);
        fs::create_dir_all(&folder).expect("the folder can be made");
        put(&folder.join("system.json"), &manifest(&name).to_string());
        put(&folder.join("envelope.schema.json"), ENVELOPE);
        put(&folder.join("common.schema.json"), COMMON);
        for topic in 0..TOPICS {
            let folder = folder.join(format!("topic-{topic}"));
            fs::create_dir_all(&folder).expect("the folder can be made");
            for event in 0..EVENTS_OF_A_TOPIC {
                let number = (system * TOPICS + topic) * EVENTS_OF_A_TOPIC + event;
                let schema = serde_json::to_string_pretty(&schema(topic, number)).expect("JSON values have a text");
                put(&folder.join(format!("topic{topic}.done_{number}.v1.schema.json")), &schema);
            }
        }
    }
}

fn put(path: &Path, text: &str) {
    fs::write(path, text).expect("the file can be written");
}

fn manifest(name: &str) -> Value {
    let mut manifest: Value = serde_json::from_str(MANIFEST).expect("the template is JSON");
    let topic = manifest["topics"]["orders"].clone();
    let topics = (0..TOPICS).map(|number| {
        let mut topic = topic.clone();
        topic["rustName"] = format!("Topic{number}Events").into();
        (format!("topic-{number}"), topic)
    });
    manifest["topics"] = Value::Object(topics.collect());
    manifest["lifecycles"] = json!({});
    manifest["name"] = name.into();
    manifest
}

fn schema(topic: usize, number: usize) -> Value {
    let event = format!("topic{topic}.done_{number}");
    let data = format!("Done{number}Data");
    let defs = Map::from_iter([
        (data.clone(), object(number, 5 + number % 13, "order_id")),
        (format!("Part{number}"), object(number + 5, 3 + number % 5, "id")),
        (format!("Detail{number}"), object(number + 11, 2 + number % 3, "id")),
    ]);
    let mut defs = Value::Object(defs);
    defs[&data]["properties"]["parts"] = json!({
        "type": "array", "items": { "$ref": format!("#/$defs/Part{number}") }, "maxItems": 50, "description": "The parts." });
    defs[format!("Part{number}")]["properties"]["detail"] =
        json!({ "$ref": format!("#/$defs/Detail{number}"), "description": "More about it." });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Done{number}"),
        "description": "Something is done.",
        "x-event": { "type": event, "version": "1.0", "status": "live", "producers": ["order-service"],
            "consumers": ["warehouse"], "partitionKey": "/data/order_id", "idempotencyKey": ["/id"] },
        "$ref": "../envelope.schema.json",
        "properties": { "type": { "const": event }, "data": { "$ref": format!("#/$defs/{data}") } },
        "$defs": defs
    })
}

/// An object of so many members; which, depends on the seed.
fn object(seed: usize, count: usize, id: &str) -> Value {
    let mut properties = Map::from_iter([(
        id.to_owned(),
        json!({ "$ref": "../common.schema.json#/$defs/OrderId", "description": "Which." }),
    )]);
    let mut required = vec![json!(id)];
    for at in 0..count {
        let name = format!("member_{at}");
        let mut member = member(seed * 7 + at * 3);
        member["description"] = format!("Member {at} of {count}.").into();
        properties.insert(name.clone(), member);
        if !(seed + at).is_multiple_of(3) {
            required.push(name.into());
        }
    }
    json!({ "type": "object", "description": "An object.", "properties": properties, "required": required })
}

fn member(seed: usize) -> Value {
    let most = seed % 90 + 10;
    match seed % 12 {
        0 => json!({ "type": "string", "minLength": 1, "maxLength": most }),
        1 => json!({ "type": "string", "pattern": format!("^[A-Z]{{2}}-[0-9]{{{}}}$", seed % 7 + 2) }),
        2 => json!({ "type": "integer", "minimum": 0, "maximum": most * 1000 }),
        3 => json!({ "$ref": "../common.schema.json#/$defs/UtcTime" }),
        4 => json!({ "type": "string", "format": "uuid" }),
        5 => json!({ "type": "string", "enum": ["open", "closed", format!("state_{most}")] }),
        6 => json!({ "type": "string", "minLength": 1, "maxLength": 64, "x-open-enum": ["card", "cash"] }),
        7 => json!({ "type": "string", "pattern": "^(0|[1-9][0-9]{0,8})\\.[0-9]{2}$", "x-decimal": true }),
        8 => json!({ "type": ["string", "null"], "maxLength": most }),
        9 => json!({ "type": "array", "items": { "type": "integer", "minimum": 0, "maximum": 255 }, "maxItems": most }),
        10 => json!({ "type": "object", "additionalProperties": { "type": "string", "maxLength": most } }),
        _ => json!({ "type": "number", "minimum": 0, "maximum": most }),
    }
}
