//! Every schema and every instance of the JSON-Schema-Test-Suite, in every draft: an instance alone is within a schema
//! exactly if the validator accepts it.

use event_contracts_codegen::Draft;
use event_contracts_codegen::evolution::{Options, Pair, Verdict, compare_pairs};
use event_contracts_evolution_tests::{data, files};
use serde_json::{Value, json};

const DRAFTS: [(Draft, jsonschema::Draft); 5] = [
    (Draft::Four, jsonschema::Draft::Draft4),
    (Draft::Six, jsonschema::Draft::Draft6),
    (Draft::Seven, jsonschema::Draft::Draft7),
    (Draft::Y2019, jsonschema::Draft::Draft201909),
    (Draft::Y2020, jsonschema::Draft::Draft202012),
];

#[test]
#[allow(clippy::print_stderr, reason = "a test that did nothing must say so")]
fn an_instance_is_within_a_schema_if_it_is_valid() {
    let Some(folder) = data("json-schema-test-suite/tests") else {
        eprintln!("skipped: the JSON-Schema-Test-Suite is not there; `CONTRACTS_TEST_DATA` names its parent folder");
        return;
    };
    let groups: Vec<Value> = files(&folder).iter().flat_map(|path| groups(path)).collect();
    let (mut right, mut unproven, mut wrong) = (0, 0, Vec::new());
    for (draft, theirs) in DRAFTS {
        let (mut pairs, mut truths) = (Vec::new(), Vec::new());
        for group in &groups {
            let schema = without_dialect(&group["schema"]);
            let options = jsonschema::options().with_draft(theirs).should_validate_formats(false).offline();
            let Ok(validator) = options
                .without_content_media_type_support("application/json")
                .without_content_encoding_support("base64")
                .build(&schema)
            else {
                continue;
            };
            for test in group["tests"].as_array().into_iter().flatten() {
                let only = json!({ "enum": [test["data"]] });
                pairs.push(Pair { draft: Some(draft), old: only.to_string(), new: schema.to_string() });
                truths.push(validator.is_valid(&test["data"]));
            }
        }
        for ((pair, answer), truth) in pairs.iter().zip(compare_pairs(&pairs, &Options::default())).zip(truths) {
            match (answer.map(|answer| answer.backward), truth) {
                (Ok(Verdict::Safe), true) | (Ok(Verdict::Breaking { .. }), false) => right += 1,
                // Of `1`, draft 4 has a second spelling that is no integer.
                (Ok(Verdict::Breaking { witness }), true)
                    if draft == Draft::Four && witness.to_string().contains(".0") =>
                {
                    right += 1;
                }
                (Ok(Verdict::Unproven { reason }), _) => {
                    if std::env::var_os("SHOW").is_some() {
                        eprintln!("{draft:?} {reason}\n  {}\n  {}", pair.old, pair.new);
                    }
                    unproven += 1;
                }
                (answer, _) => wrong.push(format!("{draft:?} {truth} {answer:?}\n  {}\n  {}", pair.old, pair.new)),
            }
        }
    }
    eprintln!("{right} right, {unproven} unproven, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(right > 50 * unproven, "{right} right, {unproven} unproven");
}

fn groups(path: &std::path::Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("the suite can be read");
    let all: Vec<Value> = serde_json::from_str(&text).expect("the suite is JSON");
    all
}

/// The schema, to be read in any draft.
fn without_dialect(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(members) = schema.as_object_mut() {
        members.remove("$schema");
    }
    schema
}
