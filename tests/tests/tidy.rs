//! What the house style promises and a machine can see: sizes, first lines, who may use whom.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules of `codegen` and what each may use; `lib.rs` alone sees all of them.
const MAY_USE: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("source", &["diagnostic"]),
    ("schema", &["diagnostic", "source"]),
    ("contract", &["diagnostic"]),
    ("names", &["contract", "diagnostic"]),
    ("lower", &["contract", "diagnostic", "judge", "names", "schema", "source"]),
    ("emit", &["contract", "names"]),
    ("examples", &["contract", "source"]),
    ("waivers", &["contract", "diagnostic", "source"]),
    (
        "evolution",
        &[
            "build",
            "contract",
            "diagnostic",
            "emit",
            "examples",
            "judge",
            "lower",
            "names",
            "schema",
            "source",
            "waivers",
        ],
    ),
    ("judge", &["contract", "diagnostic", "source"]),
    // The two that begin with `load` are functions of `lib.rs`.
    ("snapshot", &["evolution", "load", "load_folder", "source", "waivers"]),
    ("lint", &["contract", "diagnostic", "examples", "judge", "lower", "names", "schema", "source", "waivers"]),
    ("build", &["diagnostic"]),
    ("plain", &["build", "contract", "diagnostic", "lower", "names", "schema", "source", "write"]),
    ("validate", &["contract", "diagnostic", "judge", "source"]),
    ("write", &["contract", "diagnostic", "emit"]),
];

/// Modules of `codegen` that may touch the disk.
const DISK: &[&str] = &["source", "write"];

/// The file of `codegen` that may start a program.
const PROGRAM: &str = "source/git/program";

/// Crates and the crates of this workspace that they may depend on; a build-dependency counts as `build:`.
const CRATES: &[(&str, &[&str])] = &[
    ("contracts", &["event-contracts-derive"]),
    ("contracts-derive", &[]),
    ("codegen", &[]),
    ("cargo-contracts", &["event-contracts-codegen"]),
    ("delivery", &["event-contracts"]),
];

#[test]
fn every_file_is_small_and_says_what_it_is_for() {
    let mut wrong = Vec::new();
    for path in rust_files(&root()) {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        let first = text.lines().next().unwrap_or_default();
        // A crate's README is its documentation.
        if !first.starts_with("//!") && !first.starts_with("#![doc = include_str!") && !name.contains("/ui/") {
            wrong.push(format!("{name}: the first line must be `//!` and say what the file is for"));
        }
        let lines = text.lines().count();
        if lines > 500 {
            wrong.push(format!("{name}: {lines} lines, more than 500"));
        }
        for (line, length) in long_functions(&text) {
            wrong.push(format!("{name}:{line}: a function of {length} lines, more than 100"));
        }
        for word in ["todo!(", "unimplemented!(", "dbg!("] {
            if text.contains(word) && !name.ends_with("tidy.rs") {
                wrong.push(format!("{name}: `{word}…)`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn modules_of_the_generator_keep_to_their_arrows() {
    let sources = root().join("codegen/src");
    let (mut wrong, mut looked_at) = (Vec::new(), 0);
    for path in rust_files(&sources) {
        let name = path.strip_prefix(&sources).unwrap().with_extension("").display().to_string();
        let module = name.split('/').next().unwrap().to_owned();
        if module == "lib" {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == module) else {
            wrong.push(format!("`{module}` is not in the table: which modules may it use?"));
            continue;
        };
        looked_at += 1;
        for used in uses(&text) {
            if used != module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("codegen/src/{name}.rs uses `crate::{used}`; `{module}` may use {allowed:?}"));
            }
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if (code.contains("std::fs") || code.contains("File::open")) && !DISK.contains(&module.as_str()) {
            wrong.push(format!("codegen/src/{name}.rs touches the disk; only {DISK:?} may"));
        }
        if code.contains("Command::new") && name != PROGRAM {
            wrong.push(format!("codegen/src/{name}.rs starts a program; only codegen/src/{PROGRAM}.rs may"));
        }
    }
    assert!(looked_at > 20, "the sources were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_keep_to_their_arrows() {
    for (folder, allowed) in CRATES {
        let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
        let dependencies = section(&manifest, "[dependencies]");
        for line in dependencies
            .lines()
            .filter(|line| line.starts_with("event-contracts") || line.starts_with("cargo-contracts"))
        {
            let name = line.split(['.', ' ', '=']).next().unwrap();
            assert!(allowed.contains(&name), "{folder} depends on {name}");
        }
    }
    for manifest in manifests(&root().join("examples")) {
        let text = fs::read_to_string(&manifest).unwrap();
        assert!(
            !section(&text, "[dependencies]").contains("codegen"),
            "{}: codegen is a build-dependency",
            manifest.display()
        );
        assert!(!text.contains("cargo-contracts"), "{}: nothing depends on the command", manifest.display());
    }
}

/// What a pattern means is decided twice, where services are compiled and where they are generated.
#[test]
fn patterns_are_the_same_on_both_sides() {
    let (derive, codegen) = (root().join("contracts-derive/src/pattern"), root().join("codegen/src/lower/pattern"));
    for file in ["look.rs", "split.rs", "table.rs", "view.rs"] {
        let [one, other] = [&derive, &codegen].map(|folder| fs::read_to_string(folder.join(file)).unwrap());
        assert!(one == other, "{file} differs: copy the newer one");
    }
}

/// The modules of the crate that a text uses, by `crate::name` or `crate::{name, …}`.
fn uses(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut used = Vec::new();
    for rest in code.join("\n").split("crate::").skip(1) {
        // Of a group, the first name of each part; what stands deeper belongs to the part.
        let group = rest.strip_prefix('{').map_or(rest, |group| group.split(';').next().unwrap_or(group));
        let mut depth = 0;
        let parts = group.split(|letter| {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            letter == ',' && depth == 0
        });
        let names = parts.take(if rest.starts_with('{') { usize::MAX } else { 1 });
        used.extend(names.map(|part| {
            part.trim().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect::<String>()
        }));
    }
    used.retain(|name| name.starts_with(char::is_lowercase));
    used
}

#[test]
fn uses_are_seen() {
    assert_eq!(
        uses("use crate::emit;\n// crate::not\nuse crate::{lower::{a, b}, schema};\ncrate::write::x(y, z)"),
        ["emit", "lower", "schema", "write"]
    );
}

/// Line and length of every function that is too long: from `fn` to the brace that closes it at the same indentation.
fn long_functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut long = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let starts = [
            "fn ",
            "pub fn ",
            "pub(crate) fn ",
            "pub(super) fn ",
            "async fn ",
            "pub async fn ",
            "const fn ",
            "pub const fn ",
        ];
        if starts.iter().any(|start| code.starts_with(start)) {
            let close = format!("{}}}", " ".repeat(line.len() - code.len()));
            let length = lines[index..].iter().position(|line| *line == close).unwrap_or(0) + 1;
            if length > 100 {
                long.push((index + 1, length));
            }
        }
    }
    long
}

fn section<'a>(manifest: &'a str, heading: &str) -> &'a str {
    manifest.split(heading).nth(1).map_or("", |rest| rest.split("\n[").next().unwrap_or(rest))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    files(folder, &|path| path.extension().is_some_and(|extension| extension == "rs"))
}

fn manifests(folder: &Path) -> Vec<PathBuf> {
    files(folder, &|path| path.file_name().is_some_and(|name| name == "Cargo.toml"))
}

fn files(folder: &Path, wanted: &dyn Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            found.extend(files(&path, wanted));
        } else if wanted(&path) {
            found.push(path);
        }
    }
    found.sort();
    found
}
