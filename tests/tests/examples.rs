//! Every example of every event, through the generated types: valid ones decode and come back the same, invalid ones are
//! refused at the right place.

use std::fs;
use std::path::{Path, PathBuf};

use event_contracts::{Category, DecodeError, Event};
use my_contracts::{commerce, first_viscount, flowops, order_service, order_workflow};
use serde_json::Value;

/// What a decoder made of a message: its JSON after encoding again.
type Decoded = Result<Value, DecodeError>;

/// A system with the decoder of all its events.
type System = (&'static str, fn(&[u8]) -> Decoded);

const SYSTEMS: [System; 5] = [
    ("commerce", |bytes| {
        commerce::CommerceEvent::decode(bytes).map(|event| known(event.info().is_some(), event.encode_planned()))
    }),
    ("first-viscount", |bytes| {
        first_viscount::FirstViscountEvent::decode(bytes)
            .map(|event| known(event.info().is_some(), event.encode_planned()))
    }),
    ("flowops", |bytes| {
        flowops::FlowopsEvent::decode(bytes).map(|event| known(event.info().is_some(), event.encode_planned()))
    }),
    ("order-service", |bytes| {
        order_service::OrderServiceEvent::decode(bytes)
            .map(|event| known(event.info().is_some(), event.encode_planned()))
    }),
    ("order-workflow", |bytes| {
        order_workflow::OrderWorkflowEvent::decode(bytes)
            .map(|event| known(event.info().is_some(), event.encode_planned()))
    }),
];

fn known(is_known: bool, encoded: Result<Vec<u8>, event_contracts::EncodeError>) -> Value {
    assert!(is_known, "an example must be of a known event");
    serde_json::from_slice(&encoded.expect("what was decoded can be encoded")).expect("encoding writes JSON")
}

#[test]
fn valid_examples_come_back_the_same() {
    let mut events = Vec::new();
    for (system, decode) in SYSTEMS {
        for path in examples(system, "valid") {
            let text = fs::read(&path).unwrap();
            let original: Value = serde_json::from_slice(&text).unwrap();
            let decoded = decode(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert_eq!(decoded, original, "{}", path.display());
            events.push(path.parent().unwrap().to_owned());
        }
    }
    events.dedup();
    assert_eq!(events.len(), 45, "every event of the five systems has examples");
}

#[test]
fn invalid_examples_are_refused_where_they_say() {
    let mut seen = 0;
    for (system, decode) in SYSTEMS {
        for path in examples(system, "invalid") {
            let expected: Value =
                serde_json::from_slice(&fs::read(path.with_extension("refused.json")).unwrap()).unwrap();
            let error =
                decode(&fs::read(&path).unwrap()).err().unwrap_or_else(|| panic!("{} was accepted", path.display()));
            assert_eq!(error.pointer(), expected["pointer"], "{}: {error}", path.display());
            match error.category() {
                Category::Invalid => assert_eq!(error.keyword(), expected["keyword"], "{}: {error}", path.display()),
                Category::UnsupportedVersion => {}
                other => panic!("{}: {other:?}", path.display()),
            }
            seen += 1;
        }
    }
    assert!(seen >= 45 * 3, "at least three per event, found {seen}");
}

/// The example files of a system, side files apart.
fn examples(system: &str, judgement: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas").join(system);
    for topic in folders(&root) {
        for event in folders(&topic.join("examples")) {
            let mut files: Vec<PathBuf> =
                fs::read_dir(event.join(judgement)).unwrap().map(|entry| entry.unwrap().path()).collect();
            files.retain(|path| !path.to_string_lossy().ends_with(".refused.json"));
            files.sort();
            found.extend(files);
        }
    }
    assert!(!found.is_empty(), "{system} has {judgement} examples");
    found
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(path)
        .map(|entries| entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect())
        .unwrap_or_default();
    folders.sort();
    folders
}

#[test]
fn o2_a_caused_event_names_its_cause() {
    let text = fs::read_to_string(&examples("order-service", "valid")[0]).unwrap();
    let event: Value = serde_json::from_str(&text).unwrap();
    let order_service::OrderServiceEvent::OrderAudit(decoded) =
        order_service::OrderServiceEvent::decode(text.as_bytes()).unwrap()
    else {
        panic!("the first example is of `order.audit`")
    };
    assert_eq!(decoded.causation_id().as_deref(), event["metadata"]["causation_id"].as_str());
    let headers = decoded.headers();
    let header = |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    assert_eq!(header("causation-id"), event["metadata"]["causation_id"].as_str());
    assert_eq!(header("correlation-id"), event["metadata"]["correlation_id"].as_str());
    assert!(header("causation-id").is_some(), "the example has a cause");
}
