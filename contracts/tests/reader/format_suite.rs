//! Formats: every case of the JSON Schema test suite, and what is one edit away from one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use event_contracts::rules::Format;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::formats::is_known_mismatch;

use crate::edit::{edited, edits};

/// What the suite says otherwise than the second oracle: the format, the text and why. There is
/// nothing now; what the next version of either brings goes here.
const DIFFERENCES: &[(Format, &str, &str)] = &[];

struct Case {
    format: Format,
    text: String,
    valid: bool,
}

/// The cases of the drafts at hand; `None`, which CI does not accept, if there is no suite.
fn suite() -> Option<Vec<Case>> {
    let data = std::env::var_os("CONTRACTS_TEST_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        |data| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(data),
    );
    let tests = data.join("json-schema-test-suite/tests");
    if !tests.is_dir() {
        assert!(std::env::var_os("CI").is_none(), "no test suite in {}", tests.display());
        #[expect(clippy::print_stderr, reason = "a test that did nothing says so")]
        {
            eprintln!("skipped: no test suite in {}", tests.display());
        }
        return None;
    }
    let mut cases = Vec::new();
    for draft in ["draft7", "draft2020-12"] {
        for file in std::fs::read_dir(tests.join(draft).join("optional/format")).unwrap() {
            let groups: Value = serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
            groups.as_array().unwrap().iter().for_each(|group| read_group(group, &mut cases));
        }
    }
    Some(cases)
}

fn read_group(group: &Value, cases: &mut Vec<Case>) {
    let name = group["schema"]["format"].as_str().unwrap();
    let Some(format) = Format::named(name) else {
        assert_eq!(name, "unknown");
        return;
    };
    for case in group["tests"].as_array().unwrap() {
        // What is no string has every format.
        if let Some(text) = case["data"].as_str() {
            cases.push(Case { format, text: text.to_owned(), valid: case["valid"].as_bool().unwrap() });
        }
    }
}

fn oracle(format: Format) -> jsonschema::Validator {
    let schema = json!({ "format": format.name() });
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
}

#[test]
fn every_case_of_the_suite() {
    let Some(cases) = suite() else { return };
    let wrong: Vec<_> = cases.iter().filter(|case| case.format.admits(&case.text) != case.valid).collect();
    let wrong: Vec<_> = wrong.iter().map(|case| (case.format.name(), &case.text, case.valid)).collect();
    assert!(wrong.is_empty(), "of {}: {wrong:#?}", cases.len());
    assert!(cases.len() > 1000, "only {} cases", cases.len());
}

#[test]
fn the_suite_and_the_oracle_differ_as_listed() {
    let Some(cases) = suite() else { return };
    let differs = |case: &Case| oracle(case.format).is_valid(&json!(case.text)) != case.valid;
    let mut found: Vec<_> = cases.iter().filter(|case| differs(case)).map(|case| (case.format, &*case.text)).collect();
    found.sort_by_key(|(format, text)| (format.name(), *text));
    found.dedup();
    let listed: Vec<_> = DIFFERENCES.iter().map(|(format, text, _)| (*format, *text)).collect();
    assert_eq!(found, listed);
}

#[test]
fn one_edit_from_a_case() {
    let Some(cases) = suite() else { return };
    let mut texts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for case in cases {
        texts.entry(case.format.name()).or_default().push(case.text);
    }
    assert_eq!(texts.len(), 19, "the suite leaves a format out");
    for (name, texts) in texts {
        let format = Format::named(name).unwrap();
        let validator = oracle(format);
        let mut runner = TestRunner::new(ProptestConfig {
            cases: 4_000,
            rng_seed: proptest::test_runner::RngSeed::Fixed(4),
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let outcome = runner.run(&near(texts), |text| {
            let (ours, theirs) = (format.admits(&text), validator.is_valid(&Value::String(text.clone())));
            prop_assert!(ours == theirs || is_known_mismatch(format, &text, ours), "{:?}: {}", text, ours);
            Ok(())
        });
        assert!(outcome.is_ok(), "{name}: {outcome:?}");
    }
}

/// One of the texts with one letter or two more, less or changed: mostly for some of the others' letters.
fn near(texts: Vec<String>) -> impl Strategy<Value = String> {
    let mut letters: Vec<char> = texts.concat().chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let letter = prop_oneof![4 => prop::sample::select(letters), 1 => prop::char::range(' ', '~'), 1 => any::<char>()];
    (prop::sample::select(texts), edits(letter, 1..3)).prop_map(|(text, edits)| edited(&text, edits))
}
