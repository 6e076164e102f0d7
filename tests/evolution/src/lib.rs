//! What the tests share: the public containment suite and our own pairs, each with what is true of it.

pub mod contract;
pub mod dice;
pub mod edit;
pub mod guide;
pub mod payload;

use std::path::{Path, PathBuf};

use event_contracts_codegen::Draft;
use event_contracts_codegen::evolution::Pair;
use serde_json::Value;

/// Two schemas, and what is true of them.
#[derive(Debug, Clone)]
pub struct Case {
    /// `draft7/valid/enum.json/3`, or the id of one of our own.
    pub id: String,
    /// The schemas.
    pub pair: Pair,
    /// Whether `format` is a rule in this case.
    pub formats: bool,
    /// Whether the new schema accepts every value of the old one, if that is known.
    pub backward: Option<bool>,
    /// Whether the old schema accepts every value of the new one, if that is known.
    pub forward: Option<bool>,
}

/// The folder of a public suite; nothing if it is not there and nobody insists.
///
/// # Panics
/// On CI, if it is missing.
#[must_use]
pub fn data(name: &str) -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var_os("CONTRACTS_TEST_DATA").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let folder = folder.join(name);
    assert!(folder.is_dir() || std::env::var_os("CI").is_none(), "no test data in {}", folder.display());
    folder.is_dir().then_some(folder)
}

/// The containment suite; nothing if it is not there and nobody insists. Optional cases only if asked for.
///
/// # Panics
/// On CI, if it is missing.
#[must_use]
pub fn suite(optional: bool) -> Option<Vec<Case>> {
    let folder = data("json-schema-containment/tests")?;
    let mut cases = Vec::new();
    for path in files(&folder) {
        let name = path.strip_prefix(&folder).ok()?.display().to_string();
        if name.contains("/optional/") == optional {
            cases.extend(cases_of(&name, &path));
        }
    }
    Some(cases)
}

fn cases_of(name: &str, path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("the suite can be read");
    let tests: Vec<Value> = serde_json::from_str(&text).expect("the suite is JSON");
    let case = |test: Value| Case {
        id: format!("{name}/{}", test["id"]),
        pair: Pair { draft: Some(Draft::Seven), old: test["schema1"].to_string(), new: test["schema2"].to_string() },
        formats: name.contains("/optional/"),
        backward: test["tests"]["s1SubsetEqOfs2"].as_bool(),
        forward: test["tests"]["s2SubsetEqOfs1"].as_bool(),
    };
    tests.into_iter().map(case).collect()
}

/// Every JSON file below a folder.
///
/// # Panics
/// If the folder cannot be listed.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be listed").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every line of the `.jsonl` files of a folder.
///
/// # Panics
/// If a line is not JSON.
#[must_use]
pub fn lines(folder: &Path) -> Vec<Value> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed").flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let texts = paths.iter().map(|path| std::fs::read_to_string(path).expect("the file can be read"));
    let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    texts.flat_map(|text| text.lines().map(parse).collect::<Vec<_>>()).collect()
}

/// The validator of a schema, built without any of our code; nothing if it is no schema.
#[must_use]
pub fn validator(schema: &Value, draft: Option<Draft>, formats: bool) -> Option<jsonschema::Validator> {
    let stated = schema.get("$schema").and_then(Value::as_str).and_then(Draft::at);
    let draft = match draft.or(stated).unwrap_or(Draft::Y2020) {
        Draft::Four => jsonschema::Draft::Draft4,
        Draft::Six => jsonschema::Draft::Draft6,
        Draft::Seven => jsonschema::Draft::Draft7,
        Draft::Y2019 => jsonschema::Draft::Draft201909,
        Draft::Y2020 => jsonschema::Draft::Draft202012,
    };
    let options = jsonschema::options().with_draft(draft).should_validate_formats(formats).offline();
    let options = options.without_content_media_type_support("application/json");
    options.without_content_encoding_support("base64").build(schema).ok()
}
