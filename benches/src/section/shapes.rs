//! The same payloads as other producers spell them.

use std::hint::black_box;

use bench_cases::{CASES, Case};

use crate::clock::Clock;
use crate::section::{name, typify};
use crate::table::{Kind, Table};

/// A spelling by its name.
type Shape = (&'static str, fn(&Case) -> &'static str);

const SHAPES: [Shape; 4] = [
    ("members sorted", |case| case.sorted),
    ("reversed", |case| case.reversed),
    ("pretty-printed", |case| case.pretty),
    ("an escape in every string", |case| case.escaped),
];

/// Prints the section.
pub fn print(clock: Clock) {
    println!("### 2. Other spellings of the same payloads, against serde's derived decoder\n");
    println!("typify's type, unvalidated, by `serde_json::from_slice`: its time divided by ours.\n");
    for (what, decode) in [("`E::decode`", true), ("2b. The generated reader alone", false)] {
        let mut table = Table::new(&SHAPES.map(|(heading, _)| (heading, Kind::Faster(1.5))));
        for case in &CASES {
            let ours = if decode { case.ours.decode } else { case.ours.read };
            table.row(name(case), SHAPES.iter().map(|(_, shape)| measured(clock, case, ours, shape(case))).collect());
        }
        println!("#### {what}\n\n{table}");
    }
}

fn measured(clock: Clock, case: &Case, ours: fn(&[u8]) -> bool, payload: &str) -> Option<f64> {
    let typify = typify(case, payload)?;
    let bytes = payload.as_bytes();
    let [ours, typify] = clock.race([&|| ours(black_box(bytes)), &|| (typify.decode)(black_box(bytes))]);
    Some(typify / ours)
}
