//! What is said about bad schema folders: one folder per case below `tests/diagnostics/`.
//!
//! A case holds only the files in which it differs from `base/`; an empty file takes one of `base/` away. What the
//! generator and the linter say about the whole stands in `expected.txt`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use event_contracts_codegen::diagnostic::{Diagnostics, Level, RULES};
use event_contracts_codegen::lint::{self, Day};
use event_contracts_tests::fixtures::{folders, lay};

/// The day on which waivers are judged.
const TODAY: &str = "2026-06-01";

#[test]
fn every_case_says_what_is_expected() {
    let cases = root();
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for case in folders(&cases) {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let said = said(&cases.join("base/schemas"), &case.join("schemas"), &name);
        let path = case.join("expected.txt");
        if update {
            fs::write(&path, &said).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if said != expected {
            wrong.push(format!("=== {name}: expected\n{expected}\n=== {name}: said\n{said}"));
        }
        seen += 1;
    }
    assert!(seen >= 25, "found {seen} cases only");
    let accept = "`UPDATE_EXPECT=1 cargo test -p event-contracts-tests --test diagnostics` writes what is said now";
    assert!(wrong.is_empty(), "{}\n{accept}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case_of_its_name() {
    // Payloads have transcripts in `cargo-contracts/tests`, edits a test of their own; no schema is deep enough for EV614 and still readable.
    let elsewhere = |id: &str| id.starts_with("EV7") || id == "EV614";
    let missing: BTreeSet<&str> = RULES
        .iter()
        .filter(|rule| !elsewhere(rule.id) && !rule.is_of_evolution())
        .filter(|rule| {
            let expected = fs::read_to_string(root().join(rule.name).join("expected.txt")).unwrap_or_default();
            !expected.contains(&format!("[{} {}]", rule.id, rule.name))
        })
        .map(|rule| rule.name)
        .collect();
    assert!(missing.is_empty(), "no case in tests/diagnostics is named like these and speaks of them: {missing:?}");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics")
}

/// Everything that is said about a case, as a person reads it, and how much it is.
fn said(base: &Path, case: &Path, name: &str) -> String {
    let whole = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diagnostics").join(name);
    let _ = fs::remove_dir_all(&whole);
    lay(base, &whole);
    lay(case, &whole);
    let found = match event_contracts_codegen::load(&whole) {
        Ok(loaded) => lint::lint(&loaded, Day::parse(TODAY).unwrap()).found,
        Err(found) => found,
    };
    let text = frames(found);
    text.replace(&*whole.to_string_lossy(), "schemas")
}

fn frames(found: Diagnostics) -> String {
    let findings = found.sorted();
    let errors = findings.iter().filter(|finding| finding.level == Level::Error).count();
    let mut text = String::new();
    for finding in &findings {
        writeln!(text, "{}\n", finding.frame(false)).unwrap();
    }
    writeln!(text, "errors: {errors}, warnings: {}", findings.len() - errors).unwrap();
    text
}
