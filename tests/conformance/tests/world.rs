//! Schemas as the world writes them: each folder of `tests/fixtures/world` compiles, and judges its payloads rightly.
#![allow(mixed_script_confusables, uncommon_codepoints, reason = "members are named in any script")]

use std::fs;
use std::path::Path;

use event_contracts_conformance::{Decoder, Refused, run};

mod types {
    #![allow(missing_docs, unreachable_pub, clippy::all, dead_code, deprecated, non_camel_case_types)]
    include!(concat!(env!("OUT_DIR"), "/world/types/mod.rs"));
}
include!(concat!(env!("OUT_DIR"), "/world/table.rs"));

/// Folders that no decoder can be generated for, each with the reason that its README gives.
const UNSUPPORTED: &[&str] = &["strings-by-backreference"];

#[test]
fn payloads_are_judged_rightly() {
    assert!(DECODERS.len() > 40, "the folders were not found");
    let (mut count, mut wrong) = (0, Vec::new());
    for decoder in DECODERS {
        let folder = Path::new(decoder.schema).parent().unwrap();
        for (kind, valid) in [("valid", true), ("invalid", false)] {
            // A schema may accept everything, or nothing.
            for entry in fs::read_dir(folder.join(kind)).into_iter().flatten().flatten() {
                count += 1;
                let text = fs::read_to_string(entry.path()).unwrap();
                match std::panic::catch_unwind(|| (decoder.run)(&text)) {
                    Ok(verdict) if verdict.is_ok() == valid => {}
                    verdict => wrong.push(format!("{}: {verdict:?}", entry.path().display())),
                }
            }
        }
    }
    assert!(count > 400, "the payloads were not found");
    assert!(wrong.is_empty(), "{} payloads are judged wrongly:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_refused_is_known() {
    let refused: Vec<&str> = REFUSED.iter().map(|refused| refused.name).collect();
    let reasons: Vec<&str> = REFUSED.iter().map(|refused| refused.reason).collect();
    assert_eq!(refused, UNSUPPORTED, "{reasons:?}");
}
