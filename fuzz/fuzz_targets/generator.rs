//! Any schema is refused or becomes Rust; the generator does not panic.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use event_contracts_codegen::{Types, write};
use event_contracts_fuzz::grammar::Choices;
use libfuzzer_sys::fuzz_target;

/// One file for the whole process.
static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let folder = folder.join(format!("event-contracts-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder.join("schema.json")
});

fuzz_target!(|bytes: &[u8]| {
    // What looks like a schema is taken as it is; of the rest a schema is made.
    if bytes.starts_with(b"{") {
        fs::write(&*FILE, bytes).expect("a file can be written");
    } else {
        fs::write(&*FILE, Choices(bytes).schema(0)).expect("a file can be written");
    }
    let Ok((plains, _)) = Types::of([&*FILE]).load() else { return };
    for file in write::render_plain(&plains) {
        if file.path.ends_with(".rs") {
            syn::parse_file(&file.text).expect("what is generated is Rust");
        }
    }
});
