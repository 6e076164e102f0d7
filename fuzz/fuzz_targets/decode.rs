//! All ways to judge a message agree: decoding, judging, listing what is wrong, and a validator of others.
#![no_main]

use std::collections::HashMap;
use std::sync::LazyLock;

use event_contracts::{Category, DecodeError, EventInfo, Json};
use event_contracts_fuzz::sets::{SETS, Set};
use jsonschema::Validator;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// The validator of each event, by its schema.
static VALIDATORS: LazyLock<HashMap<&str, Validator>> = LazyLock::new(|| {
    let documents = SETS.iter().flat_map(|set| set.events).filter_map(|info| info.document);
    let validator = |document| {
        let schema: Value = serde_json::from_str(document).expect("a schema is JSON");
        jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema is one")
    };
    documents.map(|document| (document, validator(document))).collect()
});

fuzz_target!(|bytes: &[u8]| {
    let held = held(bytes);
    for set in SETS {
        let decoded = (set.decode)(bytes);
        let (judged, all) = ((set.validate)(bytes), (set.decode_all)(bytes));
        assert_eq!(decoded.is_ok(), judged.is_ok(), "decoding and judging differ: {decoded:?}, {judged:?}");
        assert_eq!(decoded.is_ok(), all.is_ok(), "decoding and listing differ: {decoded:?}, {all:?}");
        assert!(all.err().is_none_or(|all| !all.is_empty()), "refused for no reason");
        let Some(value) = &held else { continue };
        let (info, accepted) = match &decoded {
            Ok(info) => (*info, true),
            Err(error) if error.category() == Category::Invalid => (of_type(&set, error.event()), false),
            // What routing refuses, no schema was asked about.
            Err(_) => continue,
        };
        let Some(validator) = info.and_then(|info| VALIDATORS.get(info.document?)) else { continue };
        let theirs = validator.is_valid(value);
        assert!(theirs == accepted || is_known(&decoded, value), "the validator says {theirs}, ours {decoded:?}");
    }
});

/// The value, if `serde_json` keeps all of it: no digit lost, no member dropped.
fn held(bytes: &[u8]) -> Option<Value> {
    let text = str::from_utf8(bytes).ok()?;
    let (value, ours): (Value, Json) = (serde_json::from_str(text).ok()?, text.parse().ok()?);
    (Json::from(value.clone()) == ours).then_some(value)
}

/// The only event of a type, so that there is no question which major was asked.
fn of_type(set: &Set, event_type: Option<&str>) -> Option<&'static EventInfo> {
    let mut events = set.events.iter().filter(|info| Some(info.event_type) == event_type);
    events.next().filter(|_| events.next().is_none()).copied()
}

/// Where the validator is known to be wrong: at the digits of dates and times it takes `*+,-./` for digits.
fn is_known(decoded: &Result<Option<&EventInfo>, DecodeError>, value: &Value) -> bool {
    let Some(error) = decoded.as_ref().err().filter(|error| error.keyword() == "format") else { return false };
    let Some(text) = value.pointer(error.pointer()).and_then(Value::as_str) else { return false };
    let offset = text.len().saturating_sub(5);
    let digits = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, offset, offset + 1, offset + 3, offset + 4];
    digits.iter().any(|at| text.as_bytes().get(*at).is_some_and(|byte| b"*+,-./".contains(byte)))
}
