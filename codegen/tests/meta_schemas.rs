//! `schemas/meta/` holds the meta-schemas of our own files, derived from the types that read them.

use std::fs;
use std::path::Path;

use event_contracts_codegen::contract::manifest::meta_schemas;
use event_contracts_codegen::source::bundle;

#[test]
fn meta_schemas_are_those_of_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/meta");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    for (name, schema) in meta_schemas().into_iter().chain([("bundle.schema.json", bundle::meta_schema())]) {
        let path = folder.join(name);
        let expected = format!("{schema:#}\n");
        if update {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &expected).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == expected,
            "schemas/meta/{name} is out of date; `UPDATE_EXPECT=1 cargo test -p event-contracts-codegen --test meta_schemas` writes it"
        );
        assert!(jsonschema::meta::is_valid(&schema), "{name} is a schema itself");
    }
}

#[test]
fn our_own_files_follow_them() {
    let [(_, system), (_, x_event)] = meta_schemas();
    let (system, x_event) = (jsonschema::validator_for(&system).unwrap(), jsonschema::validator_for(&x_event).unwrap());
    let loaded = event_contracts_codegen::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")).unwrap();
    let mut seen = 0;
    for (path, document) in &loaded.folder.documents {
        let json = document.value.to_json();
        if path.ends_with("/system.json") {
            assert!(system.is_valid(&json), "{path}");
            seen += 1;
        }
        if let Some(says) = json.get("x-event").filter(|_| !path.starts_with("meta/")) {
            assert!(x_event.is_valid(says), "{path}");
            seen += 1;
        }
    }
    assert!(seen >= 50, "five systems and their events, found {seen}");
}
