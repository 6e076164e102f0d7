//! Payloads and schemas as files, for the peers in other languages.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use bench_cases::CASES;
use serde_json::{Value, json};

use crate::clock::Clock;

/// Writes `cases.json`: every event with its schema, its payload as text and our times for it.
pub fn write(clock: Clock, folder: &Path) {
    let cases = CASES.iter().map(|case| {
        let schema: Value = serde_json::from_str(case.schema).expect("the schema is JSON");
        let bytes = case.compact.as_bytes();
        let [decode, read] =
            clock.race([&|| (case.ours.decode)(black_box(bytes)), &|| (case.ours.read)(black_box(bytes))]);
        json!({
            "system": case.system, "event": case.event, "schema": schema, "payload": case.compact,
            "decode_ns": decode, "read_ns": read,
        })
    });
    let cases = Value::Array(cases.collect());
    fs::create_dir_all(folder).expect("the folder can be made");
    fs::write(folder.join("cases.json"), cases.to_string()).expect("the cases can be written");
}
