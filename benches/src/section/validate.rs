//! A gateway's question: does the schema accept these bytes?

use std::hint::black_box;

use bench_cases::CASES;
use serde_json::Value;

use crate::clock::Clock;
use crate::heap::allocations;
use crate::section::{name, validator};
use crate::table::{Kind, Table};

/// Prints the section.
pub fn print(clock: Clock) {
    println!("### 3. Validation alone\n");
    println!("A peer's time divided by ours; allocations per call on valid input.\n");
    let mut table = Table::new(&[
        ("ours, ns", Kind::Time),
        ("`Value` + validator at run time", Kind::Faster(6.0)),
        ("`Value` + compiled validator", Kind::Faster(6.0)),
        ("our allocations", Kind::Count(0.0)),
        ("the peers'", Kind::Plain),
    ]);
    for case in &CASES {
        let bytes = case.compact.as_bytes();
        let validator = validator(case);
        let parsed = || serde_json::from_slice::<Value>(black_box(bytes));
        let ours = || (case.ours.validate)(black_box(bytes));
        let runtime = || parsed().is_ok_and(|value| validator.is_valid(&value));
        let compiled = || parsed().is_ok_and(|value| (case.compiled)(&value));
        let [time, at_runtime, at_compile_time] = clock.race([&ours, &runtime, &compiled]);
        let counts = [&ours as &dyn Fn() -> bool, &runtime].map(|call| Some(allocations(call) as f64));
        table.row(
            name(case),
            vec![Some(time), Some(at_runtime / time), Some(at_compile_time / time), counts[0], counts[1]],
        );
    }
    println!("{table}");
}
