//! What is said about edits of a contract: one folder per case below `tests/breaking/`.
//!
//! A case holds the files in which its old and its new contract differ from `base/`, below `old/` and `new/`. What the
//! comparison says about them stands in `expected.txt`. A case of major versions that live side by side has one contract,
//! below `versions/`, and the Rust sources around it below `src/`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use event_contracts_codegen::Loaded;
use event_contracts_codegen::diagnostic::{File, RULES};
use event_contracts_codegen::evolution::{UPCAST, changes, versions};
use event_contracts_codegen::lint::Day;
use event_contracts_codegen::source::RustFiles;
use event_contracts_tests::fixtures::{folders, lay};

#[test]
fn every_case_says_what_is_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for case in cases() {
        let said = said(&case);
        let path = case.join("expected.txt");
        if update {
            fs::write(&path, &said).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if said != expected {
            wrong.push(format!("=== {}: expected\n{expected}\n=== said\n{said}", case.display()));
        }
        seen += 1;
    }
    assert!(seen >= 18, "found {seen} cases only");
    let accept = "`UPDATE_EXPECT=1 cargo test -p event-contracts-tests --test breaking` writes what is said now";
    assert!(wrong.is_empty(), "{}\n{accept}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case_of_its_name() {
    let missing: BTreeSet<&str> = RULES
        .iter()
        .filter(|rule| rule.is_of_evolution())
        .filter(|rule| {
            let expected = fs::read_to_string(root().join(rule.name).join("expected.txt")).unwrap_or_default();
            !expected.contains(&format!("[{} {}]", rule.id, rule.name))
        })
        .map(|rule| rule.name)
        .collect();
    assert!(missing.is_empty(), "no case in tests/breaking is named like these and speaks of them: {missing:?}");
}

#[test]
fn a_contract_against_itself_is_silent() {
    for case in cases() {
        for side in sides(&case) {
            let loaded = loaded("silent", &case, side);
            let report = changes(&loaded, &loaded, today());
            // A waiver of a change that was made waives nothing.
            let is_silent = !report.findings.iter().any(|finding| finding.diagnostic.rule.is_of_evolution());
            assert!(is_silent && !report.compared.is_empty(), "{} {side}", case.display());
        }
    }
}

/// The day on which waivers are judged.
fn today() -> Day {
    Day::parse("2026-06-01").unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("breaking")
}

fn cases() -> Vec<PathBuf> {
    folders(&root()).into_iter().filter(|path| !path.ends_with("base")).collect()
}

/// The contracts of a case.
fn sides(case: &Path) -> &'static [&'static str] {
    if case.join("versions").is_dir() { &["versions"] } else { &["old", "new"] }
}

/// One side of a case, whole.
fn loaded(test: &str, case: &Path, side: &str) -> Loaded {
    let whole = laid(test, case).join(side);
    let _ = fs::remove_dir_all(&whole);
    lay(&root().join("base/schemas"), &whole);
    lay(&case.join(side), &whole);
    event_contracts_codegen::load(&whole).unwrap_or_else(|found| {
        let found: Vec<String> = found.iter().map(|finding| finding.frame(false)).collect();
        panic!("{} {side}: {}", case.display(), found.join("\n"))
    })
}

/// Where the contracts of a case are laid; tests run side by side.
fn laid(test: &str, case: &Path) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("breaking").join(test).join(case.file_name().unwrap())
}

/// Everything that is said about a case, as a person reads it.
fn said(case: &Path) -> String {
    let report = match sides(case).iter().map(|side| loaded("said", case, side)).collect::<Vec<_>>().as_slice() {
        [old, new] => changes(old, new, today()),
        [one] => versions(one, rust(case).as_ref(), today()),
        _ => panic!("a case has one contract or two"),
    };
    let mut text = String::new();
    for finding in report.findings.iter().chain(&report.mitigated) {
        let directions: Vec<String> = finding.breaks.iter().map(|one| one.direction.to_string()).collect();
        writeln!(text, "{}", finding.diagnostic.frame(false)).unwrap();
        writeln!(text, "{} {}\n", finding.fingerprint, directions.join(" ")).unwrap();
    }
    for step in &report.rollout {
        writeln!(text, "{step}").unwrap();
    }
    writeln!(text, "compared: {}, changed: {}", report.compared.len(), report.changed()).unwrap();
    let whole = laid("said", case);
    sides(case).iter().fold(text, |text, side| text.replace(&*whole.join(side).to_string_lossy(), side))
}

/// The Rust sources around a contract, if it has any.
fn rust(case: &Path) -> Option<RustFiles> {
    let sources = case.join("src");
    sources.is_dir().then(|| {
        let mut rust = RustFiles::below(&sources, UPCAST).expect("the sources can be read");
        rust.folder = "src".to_owned();
        for file in &mut rust.files {
            let path = file.path[file.path.rfind("/src/").unwrap() + 1..].to_owned();
            *file = Arc::new(File { path, text: file.text.clone() });
        }
        rust
    })
}
