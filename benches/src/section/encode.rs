//! Typed events to bytes.

use bench_cases::CASES;

use crate::clock::Clock;
use crate::section::{name, typify};
use crate::table::{Kind, Table};

/// Prints the section.
pub fn print(clock: Clock) {
    println!("### 5. Encode\n");
    println!(
        "`serde_json::to_vec` of typify's type, unchecked, divided by `encode`, which checks the event once more;"
    );
    println!("then by check and writer alone.\n");
    let mut table = Table::new(&[
        ("ours, ns", Kind::Time),
        ("`to_vec`", Kind::Faster(1.5)),
        ("check and writer, ns", Kind::Time),
        ("`to_vec` / check and writer", Kind::Faster(1.5)),
    ]);
    for case in &CASES {
        let bytes = case.compact.as_bytes();
        let (ours, writer) = ((case.ours.encoder)(bytes), (case.ours.writer)(bytes));
        let peer = typify(case, case.compact).map(|typify| (typify.encoder)(bytes));
        let [ours, writer, typify] = clock.race([&*ours, &*writer, &|| peer.as_ref().is_none_or(|encode| encode())]);
        let ratio = |by: f64| peer.as_ref().map(|_| typify / by);
        table.row(name(case), vec![Some(ours), ratio(ours), Some(writer), ratio(writer)]);
    }
    println!("{table}");
}
