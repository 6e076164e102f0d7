//! The public containment suite: nothing wrong, nearly everything right, the rest unproven.

use event_contracts_codegen::evolution::{Options, Pair, Verdict, compare_pairs};
use event_contracts_evolution_tests::{Case, suite};
use serde_json::Value;

/// Answers of the suite that are not true, each with the reason; a witness, or the only instance, shows it.
///
/// The suite was made by joining schemas with their negations, and by rewriting references and addresses on the way.
/// Sometimes that makes of the negation something else.
const NOT_TRUE: &[(&str, &str)] = &[
    (
        "draft7/universal/id.json/1",
        "the copy under `not` has another `$id`, also in its constant, which is another value then",
    ),
    (
        "draft7/unsatisfiable/id.json/1",
        "the copy under `not` has another `$id`, also in its constant, which is another value then",
    ),
    (
        "draft7/universal/items.json/6",
        "`type` stands outside of `not` in the copy, so what is no array satisfies neither branch",
    ),
    (
        "draft7/universal/ref.json/13",
        "`type` stands outside of `not` in the copy, so what is no object satisfies neither branch",
    ),
    (
        "draft7/unsatisfiable/ref.json/13",
        "the copy refers to itself, and so to its own negation, where the original does not",
    ),
    ("draft7/universal/ref.json/17", "the `$ref` in `enum` is a value, and was rewritten as if it were a reference"),
    (
        "draft7/unsatisfiable/ref.json/17",
        "the `$ref` in `enum` is a value, and was rewritten as if it were a reference",
    ),
    ("draft7/nonvalid/ref.json/16", "`tree` is the negated schema itself, so that a subtree must not be a tree"),
];

#[test]
#[allow(
    clippy::print_stderr,
    reason = "how much was answered is worth knowing, and a test that did nothing must say so"
)]
fn the_suite_agrees() {
    let Some(cases) = suite(false) else {
        eprintln!("skipped: the containment suite is not there; `CONTRACTS_TEST_DATA` names its parent folder");
        return;
    };
    let pairs: Vec<Pair> = cases.iter().map(|case| case.pair.clone()).collect();
    let (mut right, mut unproven, mut wrong) = (0, Vec::new(), Vec::new());
    for (case, answer) in cases.iter().zip(compare_pairs(&pairs, &Options::default())) {
        let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", case.id));
        for (verdict, truth) in [(&answer.backward, case.backward), (&answer.forward, case.forward)] {
            match (verdict, truth) {
                (_, None) => {}
                (Verdict::Safe, Some(true)) | (Verdict::Breaking { .. }, Some(false)) => right += 1,
                (Verdict::Unproven { reason }, _) => unproven.push(format!("{}: {reason}", case.id)),
                (verdict, Some(_)) if is_shown(case, verdict) => right += 1,
                (verdict, _) => {
                    wrong.push(format!("{}: {verdict:?}\n  {}\n  {}", case.id, case.pair.old, case.pair.new))
                }
            }
        }
    }
    let all = right + unproven.len() + wrong.len();
    eprintln!("{right} of {all} right, {} wrong, {} unproven", wrong.len(), unproven.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all > 2_500 && right * 100 >= all * 99, "{right} of {all}; unproven:\n{}", unproven.join("\n"));
}

/// Optional files of the suite that ask for what we do not do, each with the reason.
const NOT_OURS: &[(&str, &str)] = &[
    ("unicode.json", "`\\w` and `\\d` mean ASCII in ECMA-262, and in the JSON-Schema-Test-Suite since"),
    ("content.json", "what content keywords say of a text is a remark"),
];

#[test]
#[allow(clippy::print_stderr, reason = "a test that did nothing must say so")]
fn the_optional_part_agrees() {
    let Some(cases) = suite(true) else {
        eprintln!("skipped: the containment suite is not there; `CONTRACTS_TEST_DATA` names its parent folder");
        return;
    };
    let pairs: Vec<Pair> = cases.iter().map(|case| case.pair.clone()).collect();
    let options = Options { assert_formats: true, ..Options::default() };
    let (mut right, mut open) = (0, 0);
    for (case, answer) in cases.iter().zip(compare_pairs(&pairs, &options)) {
        let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", case.id));
        let is_ours = !NOT_OURS.iter().any(|(file, _)| case.id.contains(file));
        for (verdict, truth) in [(&answer.backward, case.backward), (&answer.forward, case.forward)] {
            let Some(truth) = truth.filter(|_| is_ours) else { continue };
            match verdict {
                Verdict::Unproven { .. } => open += 1,
                verdict => {
                    assert_eq!(*verdict == Verdict::Safe, truth, "{}: {verdict:?}", case.id);
                    right += 1;
                }
            }
        }
    }
    assert!(right > 650 && open * 12 < right, "{right} right, {open} unproven");
}

/// Whether the verdict, and not the suite, is right: what is listed above is shown by validators.
fn is_shown(case: &Case, verdict: &Verdict) -> bool {
    let is_listed = NOT_TRUE.iter().any(|(id, _)| *id == case.id);
    let [old, new] = [&case.pair.old, &case.pair.new].map(|text| {
        let schema: Value = serde_json::from_str(text).expect("the suite is JSON");
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft7).should_validate_formats(false);
        (options.build(&schema).expect("the suite holds schemas"), schema)
    });
    is_listed
        && match verdict {
            Verdict::Breaking { witness } => old.0.is_valid(witness) != new.0.is_valid(witness),
            // The old schema has one instance, and the new one accepts it.
            Verdict::Safe => old.1.get("const").is_some_and(|only| new.0.is_valid(only)),
            Verdict::Unproven { .. } => false,
        }
}
