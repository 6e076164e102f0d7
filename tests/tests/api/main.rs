//! What is said about the Rust of an edit, held to the compiler: a service that uses everything that is generated, compiled with
//! the contract after each edit. It must stop compiling exactly where that is what the comparison says.

mod cases;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cases::Case;
use event_contracts_codegen::evolution::{Report, changes};
use event_contracts_codegen::lint::Day;
use event_contracts_codegen::{Contracts, load};

#[test]
fn code_stops_compiling_where_it_is_said() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("api");
    let cases = cases::all();
    let folders: Vec<PathBuf> = (0..cases.len()).map(|number| folder.join(number.to_string())).collect();
    let mut expected = Vec::new();
    for (case, folder) in cases.iter().zip(&folders) {
        let said = said(case, folder);
        let says: Vec<&str> = said.iter().map(|(says, _)| says.as_str()).collect();
        assert_eq!(says, case.says, "{}", case.name);
        expected.push((case.name, said.iter().all(|(_, compiles)| *compiles)));
        Contracts::at(folder.join("schemas")).generate_to(&folder.join("contracts")).unwrap();
        fs::copy(cases::root().join("user.rs"), folder.join("user.rs")).unwrap();
    }
    let (some, others) = folders.split_at(folders.len() / 2);
    let compile = |folders: &[PathBuf]| folders.iter().map(|folder| compiles(folder)).collect::<Vec<bool>>();
    let found = std::thread::scope(|scope| {
        let some = scope.spawn(|| compile(some));
        let others = compile(others);
        [some.join().unwrap(), others].concat()
    });
    let found: Vec<(&str, bool)> = cases.iter().map(|case| case.name).zip(found).collect();
    assert_eq!(found, expected, "what the compiler says, and what is said");
    assert!(found.iter().any(|(_, compiles)| *compiles) && found.iter().any(|(_, compiles)| !compiles));
}

/// Neither once per event nor once per member that holds it.
#[test]
fn a_type_that_events_share_is_told_once() {
    let case = cases::all().into_iter().find(|case| case.name == "a type of two events has another name").unwrap();
    let report = compared(&case, &Path::new(env!("CARGO_TARGET_TMPDIR")).join("api-shared"));
    let messages: Vec<&str> = report.findings.iter().map(|finding| finding.diagnostic.message.as_str()).collect();
    assert_eq!(messages, ["code that uses `Address` may stop compiling: `Address` is called `Home` now"]);
}

/// What the comparison says about the Rust of an edit, each with whether code compiles: in the order of the alphabet.
fn said(case: &Case, folder: &Path) -> BTreeSet<(String, bool)> {
    let report = compared(case, folder);
    let rust = report.findings.iter().flat_map(|finding| &finding.rust);
    rust.map(|one| (one.says.clone(), one.compiles)).collect()
}

/// The schemas before and after an edit.
fn compared(case: &Case, folder: &Path) -> Report {
    let _ = fs::remove_dir_all(folder);
    let old = load(&cases::root().join("schemas")).unwrap();
    let new = load(&case.lay(folder)).unwrap_or_else(|found| {
        panic!("{}: {}", case.name, found.iter().map(|finding| finding.frame(false)).collect::<String>())
    });
    changes(&old, &new, Day::parse("2026-06-01").unwrap())
}

/// Whether the service compiles with the contract in a folder.
fn compiles(folder: &Path) -> bool {
    let root = folder.join("all.rs");
    fs::write(&root, "mod user; mod contracts { include!(\"contracts/mod.rs\"); }").unwrap();
    let dependencies = dependencies();
    let out = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--cap-lints=allow", "--out-dir"])
        .arg(folder)
        .arg(format!("--extern=event_contracts={}", runtime(&dependencies).display()))
        .arg(format!("-Ldependency={}", dependencies.display()))
        .arg(&root)
        .output()
        .unwrap();
    let said = String::from_utf8(out.stderr).unwrap();
    // What is wrong must be wrong in the schemas' own Rust or its use, not in how it is compiled here.
    assert!(out.status.success() || said.contains("user.rs:") || said.contains("depot.rs:"), "{said}");
    out.status.success()
}

/// Where Cargo has put what this test depends on: beside the test.
fn dependencies() -> PathBuf {
    std::env::current_exe().unwrap().parent().unwrap().to_owned()
}

/// The runtime that was compiled for this test: the newest there is.
fn runtime(dependencies: &Path) -> PathBuf {
    let files = fs::read_dir(dependencies).unwrap().map(|entry| entry.unwrap().path());
    let is_runtime = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.strip_prefix("libevent_contracts-").is_some_and(|rest| rest.ends_with(".rlib"))
    };
    let age = |path: &PathBuf| fs::metadata(path).unwrap().modified().unwrap();
    files.filter(is_runtime).max_by_key(age).expect("the runtime is a dependency of this test")
}
