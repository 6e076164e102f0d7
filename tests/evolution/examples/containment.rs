//! How fast the containment suite is answered, and what is not: `cargo run --release --example containment`.

#![allow(clippy::print_stdout, reason = "this is what it is for")]

use std::time::Instant;

use event_contracts_codegen::evolution::{Options, Pair, Verdict, compare_pairs};
use event_contracts_evolution_tests::{Case, suite};

fn main() {
    let shown = std::env::args().nth(1).unwrap_or_default();
    for optional in [false, true] {
        let Some(cases) = suite(optional) else {
            println!("the containment suite is not there; `CONTRACTS_TEST_DATA` names its parent folder");
            return;
        };
        report(&cases, optional, &shown);
    }
}

fn report(cases: &[Case], optional: bool, shown: &str) {
    let options = Options { assert_formats: optional, ..Options::default() };
    let (mut right, mut wrong, mut unproven) = (0, 0, 0);
    let pairs: Vec<Pair> = cases.iter().map(|case| case.pair.clone()).collect();
    let start = Instant::now();
    let answers = compare_pairs(&pairs, &options);
    let taken = start.elapsed();
    for (case, answer) in cases.iter().zip(answers) {
        let answer = answer.unwrap_or_else(|error| panic!("{}: {error:?}", case.id));
        for (direction, verdict, truth) in
            [("backward", answer.backward, case.backward), ("forward", answer.forward, case.forward)]
        {
            let Some(truth) = truth else { continue };
            let kind = match (&verdict, truth) {
                (Verdict::Safe, true) | (Verdict::Breaking { .. }, false) => {
                    right += 1;
                    "right"
                }
                (Verdict::Unproven { .. }, _) => {
                    unproven += 1;
                    "unproven"
                }
                _ => {
                    wrong += 1;
                    "wrong"
                }
            };
            if !shown.is_empty() && kind != "right" && (shown == "all" || kind == shown) {
                println!(
                    "{kind} {} {direction} {truth} {verdict:?}\n  {}\n  {}",
                    case.id, case.pair.old, case.pair.new
                );
            }
        }
    }
    println!(
        "optional {optional}: right {right}, wrong {wrong}, unproven {unproven}; {:.0} pairs/s",
        cases.len() as f64 / taken.as_secs_f64()
    );
}
