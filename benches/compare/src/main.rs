//! What is answered of the public containment suite, and how fast: `cargo run --release -p bench-compare`.
//!
//! The suite is looked for in `$CONTRACTS_TEST_DATA/json-schema-containment`, or beside the repository in `shared/data`.

mod canonical;
mod suite;

use std::time::Instant;

use event_contracts_codegen::Draft;
use event_contracts_codegen::evolution::{Options, Pair, Verdict, compare_each, compare_pairs};
use suite::Case;

/// Of a pair, the best of so many rounds counts.
const ROUNDS: usize = 5;

/// What is said of one direction: that it is safe, that it is not, or nothing.
type Said = Option<bool>;

/// What somebody says of the suite, and how long each pair took.
struct Answers {
    said: Vec<[Said; 2]>,
    micros: Vec<f64>,
}

fn main() {
    let Some(cases) = suite::read() else {
        eprintln!("the containment suite is not there; `CONTRACTS_TEST_DATA` names its parent folder");
        std::process::exit(1);
    };
    let (ours, theirs) = (best(|| ours(&cases)), best(|| canonical::answers(&cases)));
    println!("### 9. Comparing schemas\n");
    println!("| {} pairs, both directions | as the suite | not so | open | median | p99 | one core |", cases.len());
    println!("|---|--:|--:|--:|--:|--:|--:|");
    print("ours", &cases, &ours);
    print("`jsonschema::canonical`", &cases, &theirs);
    let ratio = median(&theirs) / median(&ours);
    println!(
        "\nIts median is {ratio:.2} of ours; over all cores we answer {:.0} pairs a second.",
        over_all_cores(&cases)
    );
    println!(
        "Where we are not as the suite, validators show that the suite is wrong (`tests/evolution/tests/containment.rs`)."
    );
}

fn pairs(cases: &[Case]) -> Vec<Pair> {
    let pair = |case: &Case| Pair { draft: Some(Draft::Seven), old: case.old.to_string(), new: case.new.to_string() };
    cases.iter().map(pair).collect()
}

fn ours(cases: &[Case]) -> Answers {
    let pairs = pairs(cases);
    let mut answers = Answers { said: Vec::new(), micros: Vec::new() };
    let mut last = Instant::now();
    compare_each(&pairs, &Options::default(), |answer| {
        answers.micros.push(last.elapsed().as_secs_f64() * 1e6);
        let said = |verdict: &Verdict| match verdict {
            Verdict::Safe => Some(true),
            Verdict::Breaking { .. } => Some(false),
            Verdict::Unproven { .. } => None,
        };
        answers.said.push(answer.map_or([None, None], |answer| [said(&answer.backward), said(&answer.forward)]));
        last = Instant::now();
    });
    answers
}

/// The answers, each with the shortest of its times.
fn best(mut answer: impl FnMut() -> Answers) -> Answers {
    let mut best = answer();
    for _ in 1..ROUNDS {
        for (best, micros) in best.micros.iter_mut().zip(answer().micros) {
            *best = best.min(micros);
        }
    }
    best
}

fn over_all_cores(cases: &[Case]) -> f64 {
    let pairs = pairs(cases);
    let start = Instant::now();
    let answered = compare_pairs(&pairs, &Options::default()).len();
    answered as f64 / start.elapsed().as_secs_f64()
}

fn print(name: &str, cases: &[Case], answers: &Answers) {
    let (mut right, mut wrong, mut open) = (0, 0, 0);
    for (case, said) in cases.iter().zip(&answers.said) {
        for (truth, said) in case.truth.iter().zip(said) {
            match (truth, said) {
                (None, _) => {}
                (_, None) => open += 1,
                (truth, said) if truth == said => right += 1,
                _ => wrong += 1,
            }
        }
    }
    let all: f64 = answers.micros.iter().sum();
    println!(
        "| {name} | {right} | {wrong} | {open} | {:.0} µs | {:.0} µs | {:.0} pairs/s |",
        median(answers),
        at(answers, 0.99),
        cases.len() as f64 / all * 1e6
    );
}

fn median(answers: &Answers) -> f64 {
    at(answers, 0.5)
}

fn at(answers: &Answers, share: f64) -> f64 {
    let mut sorted = answers.micros.clone();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share) as usize]
}
