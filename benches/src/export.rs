//! Payloads and schemas as files, for the peers in other languages.

use std::fs;
use std::path::Path;

use bench_cases::CASES;
use serde_json::{Value, json};

/// Writes `cases.json`: every event with its schema and its payload as text.
pub fn write(folder: &Path) {
    let cases = CASES.iter().map(|case| {
        let schema: Value = serde_json::from_str(case.schema).expect("the schema is JSON");
        json!({ "system": case.system, "event": case.event, "schema": schema, "payload": case.compact })
    });
    let cases = Value::Array(cases.collect());
    fs::create_dir_all(folder).expect("the folder can be made");
    fs::write(folder.join("cases.json"), cases.to_string()).expect("the cases can be written");
}
