//! The verdict on a text, which another validator has to share.

use std::fs;
use std::path::Path;

use event_contracts::Json;
use serde_json::Value;

use super::DECODERS;

/// Members of `patterns` where the validator is no ECMA: its `.` takes the other line ends, its `\b` knows all letters.
const NO_ECMA: &[&str] = &["{\"dot\":", "{\"boundary\":"];

/// What is written of a text that is accepted.
#[track_caller]
pub(super) fn accepted(schema: &str, text: &str) -> String {
    judge(schema, text).unwrap_or_else(|error| panic!("{schema}: {text} is refused: {error}"))
}

/// Sees to it that this keyword refuses the text.
#[track_caller]
pub(super) fn refused(schema: &str, text: &str, keyword: &str) {
    let error = judge(schema, text).expect_err(text);
    assert!(error.starts_with(&format!("`{keyword}`:")), "{schema}: {text} is refused for another reason: {error}");
}

/// Our verdict; the `jsonschema` crate must give the same one wherever `serde_json` holds the text.
#[track_caller]
fn judge(schema: &str, text: &str) -> Result<String, String> {
    let decoder = DECODERS.iter().find(|decoder| decoder.name == schema).expect("there is such a schema");
    let verdict = (decoder.run)(text);
    let is_known = schema == "patterns" && NO_ECMA.iter().any(|member| text.starts_with(member));
    if let Some(value) = held(text).filter(|_| !is_known) {
        let theirs = oracle(decoder.schema).is_valid(&value);
        assert_eq!(verdict.is_ok(), theirs, "{schema}: the validator says {theirs} to {text}: {verdict:?}");
    }
    verdict
}

/// The value, if `serde_json` keeps all of it: no digit lost, no member dropped.
fn held(text: &str) -> Option<Value> {
    let (value, ours): (Value, Json) = (serde_json::from_str(text).ok()?, text.parse().ok()?);
    (Json::from(value.clone()) == ours).then_some(value)
}

fn oracle(schema: &str) -> jsonschema::Validator {
    let read = |path: &Path| -> Value { serde_json::from_slice(&fs::read(path).unwrap()).unwrap() };
    let newer = read(&Path::new(schema).with_file_name("parts").join("newer.json"));
    let uri = newer["$id"].as_str().unwrap().to_owned();
    let registry = jsonschema::Registry::new().add(uri, newer).unwrap().prepare().unwrap();
    let options = jsonschema::options().should_validate_formats(true).with_registry(&registry);
    options.build(&read(Path::new(schema))).unwrap()
}
