//! The generated code of two systems, as its users read it. `cargo insta review` shows a change as a diff.

use std::path::Path;

use event_contracts_codegen::write;

#[test]
fn generated_code() {
    let contract = event_contracts_codegen::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas"))
        .expect("the schemas are in order")
        .contract;
    let files = write::render(&contract);
    for name in ["flowops.rs", "commerce.rs", "mod.rs"] {
        let file = files.iter().find(|file| file.path == name).expect("every system has a file");
        insta::assert_snapshot!(name, file.text);
    }
}

/// The same folder, wherever it stands and whenever it is read, gives the same bytes; a second run writes nothing.
#[test]
fn generation_is_deterministic_and_quiet() {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("deterministic");
    let _ = std::fs::remove_dir_all(&out);
    let contracts = event_contracts_codegen::Contracts::at(schemas);
    let first = contracts.generate_to(&out).expect("the schemas are in order");
    let second = contracts.generate_to(&out).expect("the schemas are in order");
    assert!(first.written.len() > 45, "a schema per event and a module per system");
    assert_eq!(second.written, Vec::<std::path::PathBuf>::new());
    let text = std::fs::read_to_string(out.join("commerce.rs")).unwrap();
    assert!(!text.contains(env!("CARGO_MANIFEST_DIR")), "no path of this machine");
}

#[test]
fn the_surface_of_a_contract_and_what_its_edits_break() {
    let fixtures = "../cargo-contracts/tests/fixtures";
    event_contracts_codegen::snapshot!(&format!("{fixtures}/untidy"), &format!("{fixtures}/deployed"));
}
