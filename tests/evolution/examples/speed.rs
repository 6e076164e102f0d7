//! Pairs per second and the time of one pair, over the containment suite: `cargo run --release --example speed`.

#![allow(clippy::print_stdout, reason = "this is what it is for")]

use std::time::Instant;

use event_contracts_codegen::evolution::{Options, Pair, compare_each, compare_pairs};
use event_contracts_evolution_tests::suite;

fn main() {
    let Some(cases) = suite(false) else {
        println!("the containment suite is not there; `CONTRACTS_TEST_DATA` names its parent folder");
        return;
    };
    let pairs: Vec<Pair> = cases.into_iter().map(|case| case.pair).collect();
    let start = Instant::now();
    let answered = compare_pairs(&pairs, &Options::default()).len();
    println!("{:.0} pairs/s over all cores", answered as f64 / start.elapsed().as_secs_f64());
    // One thread for all, as starting a thread would cost more than most answers do.
    let (mut micros, mut last) = (Vec::new(), Instant::now());
    compare_each(&pairs, &Options::default(), |_| {
        micros.push(last.elapsed().as_secs_f64() * 1e6);
        last = Instant::now();
    });
    micros.sort_by(f64::total_cmp);
    let at = |share: f64| micros[((micros.len() - 1) as f64 * share) as usize];
    println!(
        "one pair, both directions: median {:.0} µs, p90 {:.0} µs, p99 {:.0} µs, max {:.0} µs",
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
}
