//! Which Rust files are looked through for upcasters.

use std::fs;
use std::path::{Path, PathBuf};

use event_contracts_codegen::source::RustFiles;

/// A folder of its own for a test, with these files.
fn laid(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust-files").join(test);
    let _ = fs::remove_dir_all(&root);
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn paths(found: &RustFiles, root: &Path) -> Vec<String> {
    let from = root.file_name().unwrap().to_str().unwrap();
    found.files.iter().map(|file| file.path.split_once(&format!("{from}/")).unwrap().1.to_owned()).collect()
}

#[test]
fn every_source_is_read_but_what_is_built_hidden_or_linked() {
    let root = laid(
        "below",
        &[
            ("src/lib.rs", "mod upcast;"),
            ("src/upcast.rs", "impl Upcast"),
            ("src/deep/er/more.rs", "impl Upcast"),
            ("src/upcast.md", "impl Upcast"),
            ("target/debug/out.rs", "impl Upcast"),
            (".git/hook.rs", "impl Upcast"),
        ],
    );
    fs::write(root.join("src/bytes.rs"), b"impl Upcast \xFF").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(root.join("src"), root.join("linked")).unwrap();
    let found = RustFiles::below(&root, "Upcast").unwrap();
    assert_eq!(paths(&found, &root), ["src/deep/er/more.rs", "src/upcast.rs"]);
    assert_eq!(found.count, 4, "one speaks of something else, one is no text");
    let nothing = RustFiles::below(&root.join("src/nowhere"), "Upcast").unwrap_err();
    assert!(nothing.iter().next().unwrap().message.starts_with("cannot read the folder `"));
}

#[test]
fn the_nearest_package_above_the_schemas_counts() {
    let root = laid(
        "around",
        &[
            ("Cargo.toml", "[workspace]"),
            ("service/src/lib.rs", "impl Upcast"),
            ("contracts/Cargo.toml", "[package]"),
            ("contracts/src/lib.rs", "impl Upcast"),
            ("contracts/schemas/shop/system.json", "{}"),
            ("schemas/shop/system.json", "{}"),
        ],
    );
    let of = |schemas: &str| RustFiles::around(&root.join(schemas), "Upcast").unwrap().unwrap();
    assert_eq!(paths(&of("contracts/schemas"), &root), ["contracts/src/lib.rs"]);
    assert_eq!(paths(&of("schemas"), &root), ["contracts/src/lib.rs", "service/src/lib.rs"]);
    assert!(RustFiles::around(&root.join("nowhere"), "Upcast").unwrap().is_none());
}
