//! What is read is written as the same JSON value, and read again as the same event.
#![no_main]

use event_contracts::Json;
use event_contracts_fuzz::sets::SETS;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for set in SETS {
        if let Some(written) = (set.round_trip)(bytes) {
            assert_eq!(json(bytes), json(&written));
        }
    }
});

fn json(bytes: &[u8]) -> Json {
    str::from_utf8(bytes).expect("it was read").parse().expect("it was read")
}
