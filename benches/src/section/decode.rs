//! Bytes to typed, validated events.

use std::hint::black_box;

use bench_cases::{CASES, Case};
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::clock::Clock;
use crate::section::{name, print_missing, typify, validator};
use crate::table::{Kind, Table};

/// Prints the section.
pub fn print(clock: Clock) {
    println!("### 1. Typed and validated decode from bytes\n");
    println!(
        "`ours`: `E::decode`. `reader`: the generated reader alone, without type, version and what runs behind it."
    );
    println!("The other columns are a peer's time divided by that of `ours` (the last: ours divided by the peer's).\n");
    let mut table = Table::new(&[
        ("bytes", Kind::Plain),
        ("ours, ns", Kind::Time),
        ("`Value` + validator at run time + typify", Kind::Faster(5.0)),
        ("`Value` + compiled validator + typify", Kind::Faster(4.0)),
        ("typify alone, unvalidated", Kind::Faster(2.0)),
        ("ours / `IgnoredAny`", Kind::Within(2.0)),
    ]);
    let mut reader = Table::new(&[
        ("reader, ns", Kind::Time),
        ("`Value` + validator at run time + typify", Kind::Faster(5.0)),
        ("`Value` + compiled validator + typify", Kind::Faster(4.0)),
        ("typify alone, unvalidated", Kind::Faster(2.0)),
        ("reader / `IgnoredAny`", Kind::Within(2.0)),
    ]);
    for case in &CASES {
        let [ours, read, runtime, compiled, typify, ignored] = measured(clock, case);
        let known = self::typify(case, case.compact).is_some();
        let peer = |peer: f64, by: f64| known.then_some(peer / by);
        let bytes = Some(case.compact.len() as f64);
        table.row(
            name(case),
            vec![
                bytes,
                Some(ours),
                peer(runtime, ours),
                peer(compiled, ours),
                peer(typify, ours),
                Some(ours / ignored),
            ],
        );
        reader.row(
            name(case),
            vec![Some(read), peer(runtime, read), peer(compiled, read), peer(typify, read), Some(read / ignored)],
        );
    }
    println!("{table}");
    print_missing();
    println!("#### 1b. The same peers against the generated reader alone\n\n{reader}");
}

/// Ours, our reader, three peers with typify's type, a scan. Without that type, the three are measured without it.
fn measured(clock: Clock, case: &Case) -> [f64; 6] {
    let bytes = case.compact.as_bytes();
    let validator = validator(case);
    let peer = typify(case, case.compact);
    let parsed = || serde_json::from_slice::<Value>(black_box(bytes));
    let typed = |value: Value| peer.is_none_or(|typify| (typify.from_value)(value));
    clock.race([
        &|| (case.ours.decode)(black_box(bytes)),
        &|| (case.ours.read)(black_box(bytes)),
        &|| parsed().is_ok_and(|value| validator.is_valid(&value) && typed(value)),
        &|| parsed().is_ok_and(|value| (case.compiled)(&value) && typed(value)),
        &|| peer.is_none_or(|typify| (typify.decode)(black_box(bytes))),
        &|| serde_json::from_slice::<IgnoredAny>(black_box(bytes)).is_ok(),
    ])
}
