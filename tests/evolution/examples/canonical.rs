//! Where canonical forms and our verdicts differ, over the containment suite.

#![allow(clippy::print_stdout, reason = "this is what it is for")]

use event_contracts_codegen::evolution::{Options, Pair, Verdict, compare_pairs};
use event_contracts_evolution_tests::suite;
use jsonschema::canonical::{CanonicalSchema, Containment, Satisfiability};

fn main() {
    let cases = suite(false).unwrap_or_default();
    let pairs: Vec<Pair> = cases.iter().map(|case| case.pair.clone()).collect();
    let answers = compare_pairs(&pairs, &Options::default());
    for (case, answer) in cases.iter().zip(answers) {
        let canonical = |text: &str| -> Option<CanonicalSchema> {
            let value = serde_json::from_str(text).ok()?;
            let options = jsonschema::canonical::options().with_draft(jsonschema::Draft::Draft7);
            options.should_validate_formats(false).canonicalize(&value).ok()
        };
        let (Some(old), Some(new), Ok(answer)) = (canonical(&case.pair.old), canonical(&case.pair.new), answer) else {
            continue;
        };
        for (name, outer, inner, verdict) in [("b", &new, &old, answer.backward), ("f", &old, &new, answer.forward)] {
            let covers = outer.covers(inner).ok();
            let rest = inner.subtract(outer).ok().map(|rest| rest.satisfiability());
            let differs = match &verdict {
                Verdict::Safe => covers == Some(Containment::No) || rest == Some(Satisfiability::Yes),
                Verdict::Breaking { .. } => covers == Some(Containment::Yes) || rest == Some(Satisfiability::No),
                Verdict::Unproven { .. } => true,
            };
            if differs {
                println!(
                    "{} {name} {covers:?} {rest:?} {verdict:?}\n  {}\n  {}",
                    case.id, case.pair.old, case.pair.new
                );
            }
        }
    }
}
