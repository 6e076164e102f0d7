//! Bundles: what is written is read again, and what has been tampered with is not.

mod repository;

use std::fs;
use std::path::{Path, PathBuf};

use event_contracts_codegen::source::bundle;
use event_contracts_codegen::{Baseline, load, load_folder, source, write};
use repository::{Repository, said};

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

/// A small folder, in a bundle.
fn small() -> String {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/diagnostics/base/schemas");
    bundle::write(&source::read_folder(&base).unwrap(), false)
}

fn unpacked(text: &str) -> String {
    let folder = bundle::unpack(Path::new("b.json"), text.to_owned());
    said(folder.and_then(load_folder).map(source::Earlier::State))
}

#[test]
fn a_bundle_holds_the_same_contract_as_its_folder() {
    let loaded = load(&schemas()).unwrap();
    let dir = Repository::none("bundle").dir;
    for with_examples in [false, true] {
        let text = bundle::write(&loaded.folder, with_examples);
        let path = dir.join("schemas.json");
        fs::write(&path, &text).unwrap();
        let again = Baseline::Bundle(path.clone()).load(&schemas(), &source::Git::at(&dir)).unwrap();
        let source::Earlier::State(again) = again else { panic!() };
        assert_eq!(write::render(&again.contract), write::render(&loaded.contract));
        assert_eq!(bundle::write(&again.folder, true), text, "the same folder gives the same bytes");
        assert_eq!(again.inputs(), [path]);
        for (path, document) in &again.folder.documents {
            assert_eq!(document.file.text, loaded.folder.documents[path].file.text);
            assert!(document.file.path.ends_with(&format!("schemas.json:{path}")));
        }
        let all = loaded.folder.documents.len() == again.folder.documents.len();
        assert_eq!(all, with_examples);
    }
}

#[test]
fn a_bundle_is_as_its_schema_says() {
    let schema = jsonschema::validator_for(&bundle::meta_schema()).unwrap();
    let text = small();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(schema.is_valid(&json));
    for (from, to) in WRONG {
        let edited = text.replacen(from, to, 1);
        assert_ne!(edited, text, "{from}");
        let json: serde_json::Value = serde_json::from_str(&edited).unwrap();
        // A hash is judged by its form only.
        assert!(!schema.is_valid(&json) || to.contains("\"sha256:"), "{to}");
    }
}

/// What is edited in a bundle that was right.
const WRONG: &[(&str, &str)] = &[
    ("\"bundle\": 1", "\"bundle\": 2"),
    ("\"bundle\": 1", "\"bundle\": \"1\""),
    ("\"bundle\"", "\"bundel\""),
    ("\"tool\"", "\"tools\""),
    ("\"hash\"", "\"sum\""),
    ("\"hash\": \"sha256:", "\"hash\": \"sha256:0"),
    ("\"files\": {", "\"files\": [], \"more\": {"),
    ("\"files\": {", "\"files\": { \"a.json\": 1,"),
    ("\"shop/system.json\"", "\"/shop/system.json\""),
    ("\"shop/system.json\"", "\"../shop/system.json\""),
    ("\"shop/system.json\"", "\"shop/../shop/system.json\""),
    ("\"shop/system.json\"", "\"shop/./system.json\""),
    ("\"shop/system.json\"", "\"shop//system.json\""),
    ("\"shop/system.json\"", "\"shop\\\\system.json\""),
    ("\"shop/system.json\"", "\"C:/shop/system.json\""),
    ("\"shop/system.json\"", "\"shop/sys\\u0000tem.json\""),
    ("\"shop/system.json\"", "\"shop/system.json/\""),
    ("\"shop/system.json\"", "\"shop/system.toml\""),
    ("\"shop/system.json\"", "\"\""),
];

#[test]
fn what_is_wrong_with_a_bundle_is_told_at_its_place() {
    let text = small();
    let said: Vec<String> = WRONG
        .iter()
        .map(|(from, to)| format!("{to}\n  {}", unpacked(&text.replacen(from, to, 1)).replace('\n', "\n  ")))
        .collect();
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bundle/wrong.txt");
    let said = said.join("\n\n") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(expected.parent().unwrap()).unwrap();
        fs::write(&expected, &said).unwrap();
    }
    assert_eq!(
        said,
        fs::read_to_string(&expected).unwrap_or_default(),
        "`UPDATE_EXPECT=1 cargo test -p event-contracts-codegen --test bundle` writes what is said now"
    );
}

#[test]
fn texts_that_were_changed_are_noticed_and_white_space_between_them_does_not_count() {
    let text = small();
    let whole = "Shop @ b.json:shop/system.json";
    assert_eq!(unpacked(&text), whole);
    for (from, to) in [("A moment in UTC", "A moment"), ("\"shop/common", "\"shop/commons"), ("\\n", "")] {
        let said = unpacked(&text.replacen(from, to, 1));
        assert!(said.starts_with("EV712 at b.json:4:"), "{from}: {said}");
    }
    // Another file, and one less.
    let more = text.replacen("\"files\": {", "\"files\": { \"shop/more.json\": \"{}\",", 1);
    assert!(unpacked(&more).starts_with("EV712"));
    assert_eq!(unpacked(&text.replace('\n', "\r\n")), whole);
    assert_eq!(unpacked(&text.replace("\n  ", "")), whole);
    let again: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(unpacked(&again.to_string()), whole);
}

#[test]
fn one_path_stands_once() {
    let twice = small().replacen("\"files\": {", "\"files\": { \"shop/system.json\": \"{}\",", 1);
    let said = unpacked(&twice);
    assert!(said.starts_with("EV601 at b.json:"), "{said}");
}

#[test]
fn mistakes_within_have_the_places_of_their_file() {
    let dir = Repository::none("bundle-places");
    dir.edit("one");
    dir.write("schemas/shop/system.json", "{\n  \"name\": 1\n}\n");
    // Such a folder loads nowhere; the bundle of a version that was less strict might hold it.
    let text = bundle::write(&source::read_folder(&dir.schemas()).unwrap(), false);
    let said = unpacked(&text);
    assert!(said.contains(" at b.json:shop/system.json:2:11: "), "{said}");
}

#[test]
fn a_bundle_is_all_there_is() {
    let dir = Repository::none("bundle-no-disk");
    dir.edit("one");
    let text = bundle::write(&load(&dir.schemas()).unwrap().folder, false);
    let mut folder = bundle::unpack(&dir.schemas(), text).unwrap();
    folder.documents.remove("shop/common.schema.json").unwrap();
    let said = said(load_folder(folder).map(source::Earlier::State));
    assert!(said.starts_with("EV604 at "), "{said}");
}

#[test]
fn what_is_no_bundle_is_refused() {
    for (text, expected) in [
        ("", "EV600 at b.json:1:1: the file is empty"),
        ("[]", "EV710 at b.json:1:1: the file is no bundle"),
        ("{\"name\": \"shop\"}", "EV710 at b.json:1:1: the file is no bundle"),
        ("{\"bundle\": 1}", "EV710 at b.json:1:1: the bundle lacks `tool`"),
    ] {
        assert!(unpacked(text).starts_with(expected), "{text}: {}", unpacked(text));
    }
}
