//! From bytes to the right event of a topic.

use std::hint::black_box;

use bench_cases::CASES;

use crate::clock::Clock;
use crate::section::name;
use crate::table::{Kind, Table};

/// Prints the section.
pub fn print(clock: Clock) {
    println!("### 4. The enum of a topic\n");
    println!("Against serde's internally tagged enum over typify's types, unvalidated: its time divided by ours.");
    println!(
        "Then the time to find type and version, as a share of our decode, and of itself and the reader together.\n"
    );
    let mut table = Table::new(&[
        ("ours, ns", Kind::Time),
        ("serde's tagged enum", Kind::Faster(4.0)),
        ("… / type, version and reader", Kind::Faster(4.0)),
        ("type and version, ns", Kind::Time),
        ("of a decode", Kind::Share(10.0)),
        ("of itself and the reader", Kind::Share(10.0)),
    ]);
    for case in &CASES {
        let bytes = case.compact.as_bytes();
        let tagged = || (case.tagged)(black_box(bytes));
        // An enum of a topic has no variant for what typify does not take.
        let has_peer = tagged();
        let [ours, read, serde, route] = clock.race([
            &|| (case.ours.topic)(black_box(bytes)),
            &|| (case.ours.read)(black_box(bytes)),
            &|| !has_peer || tagged(),
            &|| (case.ours.route)(black_box(bytes)),
        ]);
        let peer = |by: f64| has_peer.then_some(serde / by);
        table.row(
            name(case),
            vec![
                Some(ours),
                peer(ours),
                peer(read + route),
                Some(route),
                Some(100.0 * route / ours),
                Some(100.0 * route / (read + route)),
            ],
        );
    }
    println!("{table}");
}
