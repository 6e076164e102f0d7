//! Generates a decoder for every schema of the public suites, of `tests/fixtures/world`, of the named traps, and of some
//! hundred random ones.

use std::fs;
use std::path::{Path, PathBuf};

use event_contracts_codegen::{Draft, Types, write};
use serde_json::Value;

#[path = "build/random.rs"]
mod random;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-env-changed=CONTRACTS_TEST_DATA");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("Cargo names it"));
    suite(&out);
    world(&out);
    traps(&out);
    random(&out);
}

/// Decoders to be written as one module tree, and a table of them.
struct Batch {
    out: PathBuf,
    plains: Vec<event_contracts_codegen::contract::Plain>,
    decoders: String,
    refused: String,
}

impl Batch {
    fn new(out: &Path, name: &str) -> Self {
        let out = out.join(name);
        fs::create_dir_all(&out).expect("a folder can be made");
        Self { out, plains: Vec::new(), decoders: String::new(), refused: String::new() }
    }

    fn add(&mut self, name: &str, file: &Path, types: &Types) {
        match types.one(file) {
            Ok((mut plain, _)) => {
                plain.name.rust = format!("m{}", self.plains.len());
                let root = &plain.types[plain.root.0].rust;
                self.decoders += &format!(
                    "Decoder {{ name: {name:?}, schema: {file:?}, run: run::<types::{}::{root}> }},\n",
                    plain.name.rust
                );
                self.plains.push(plain);
            }
            Err(found) => {
                let reasons: Vec<String> = found.sorted().iter().map(|finding| finding.message.clone()).collect();
                self.refused += &format!("Refused {{ name: {name:?}, reason: {:?} }},\n", reasons.join("; "));
            }
        }
    }

    fn finish(self) {
        write::write(&write::render_plain(&self.plains), &self.out.join("types")).expect("files can be written");
        let table = format!(
            "const DECODERS: &[Decoder] = &[\n{}];\nconst REFUSED: &[Refused] = &[\n{}];\n",
            self.decoders, self.refused
        );
        fs::write(self.out.join("table.rs"), table).expect("a file can be written");
    }
}

/// Every group of every file of the JSON-Schema-Test-Suite.
fn suite(out: &Path) {
    let mut batch = Batch::new(out, "suite");
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("CONTRACTS_TEST_DATA").map_or(default, PathBuf::from);
    let root = data.join("json-schema-test-suite");
    println!("cargo::rerun-if-changed={}", root.display());
    for (folder, draft) in [("draft7", Draft::Seven), ("draft2020-12", Draft::Y2020)] {
        for path in json_files(&root.join("tests").join(folder)) {
            let name = path.strip_prefix(root.join("tests")).expect("it is below").display().to_string();
            let groups: Value = serde_json::from_slice(&fs::read(&path).expect("it can be read")).expect("it is JSON");
            // By default `format` is an annotation; the tests of each format want it asserted.
            let formats = !name.ends_with("/format.json") || name.contains("optional");
            for (index, group) in groups.as_array().into_iter().flatten().enumerate() {
                let file = batch
                    .out
                    .join(format!("schemas/{}-{index}.json", name.replace('/', "-").trim_end_matches(".json")));
                fs::create_dir_all(file.parent().expect("it has one")).expect("a folder can be made");
                fs::write(&file, group["schema"].to_string()).expect("a file can be written");
                let types = Types::of([&file])
                    .mount("http://localhost:1234/", root.join("remotes"))
                    .draft(draft)
                    .formats(formats);
                batch.add(&format!("{name}/{index}"), &file, &types);
            }
        }
    }
    batch.finish();
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return files };
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        if path.is_dir() {
            files.extend(json_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Every folder of the schemas as the world writes them.
fn world(out: &Path) {
    let mut batch = Batch::new(out, "world");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/world");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut folders: Vec<PathBuf> =
        fs::read_dir(&root).into_iter().flatten().filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let name = folder.file_name().expect("it has one").to_string_lossy().into_owned();
        let file = folder.join("schema.json");
        batch.add(&name, &file, &Types::of([&file]));
    }
    batch.finish();
}

/// Every file of `traps`; what stands in a folder below is there for a `$ref`.
fn traps(out: &Path) {
    let mut batch = Batch::new(out, "traps");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("traps");
    println!("cargo::rerun-if-changed={}", root.display());
    for file in json_files(&root).iter().filter(|file| file.parent() == Some(&root)) {
        let name = file.file_stem().expect("it has one").to_string_lossy().into_owned();
        batch.add(&name, file, &Types::of([file]));
    }
    batch.finish();
}

/// Some hundred schemas that nobody would write.
fn random(out: &Path) {
    let mut batch = Batch::new(out, "random");
    for (index, schema) in random::schemas(SEED, RANDOM_SCHEMAS).iter().enumerate() {
        let file = batch.out.join(format!("schemas/{index}.json"));
        fs::create_dir_all(file.parent().expect("it has one")).expect("a folder can be made");
        fs::write(&file, schema.to_string()).expect("a file can be written");
        batch.add(&index.to_string(), &file, &Types::of([&file]));
    }
    batch.finish();
}

const SEED: u64 = 20;
const RANDOM_SCHEMAS: usize = 250;
