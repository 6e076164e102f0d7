//! A schema folder in one file: for builds from an archive, and to keep what was released.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Document, Folder, Origin, Value, join, parse, read_text, slashed};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Rule};

/// The version of the form that this crate reads and writes.
const VERSION: u32 = 1;

/// A bundle bigger than this holds no schemas that people wrote.
const MAX_BUNDLE: u64 = 256 << 20;

const AGAIN: &str = "`cargo contracts bundle --out FILE` writes a new one";

/// The texts of a schema folder, in one file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Bundle {
    /// The version of this form.
    #[schemars(schema_with = "version")]
    bundle: u32,
    /// What has written it, for people.
    tool: String,
    /// SHA-256 over all files in the order of their paths (by bytes): for path and then for text, the number of bytes, `:`,
    /// and the bytes.
    #[schemars(regex(pattern = "^sha256:[0-9a-f]{64}$"))]
    hash: String,
    /// The texts, letter by letter, by their paths below the schema folder.
    #[schemars(schema_with = "files")]
    files: BTreeMap<String, String>,
}

fn version(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "const": VERSION })
}

/// What no path of a bundle has: a part that leads elsewhere, a drive, a control character.
const NO_PATH: &str = r"(^|/)\.\.?(/|$)|^[A-Za-z]:|[\u0000-\u001f]";

fn files(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "propertyNames": { "pattern": r"^[^/\\]+(/[^/\\]+)*\.json$", "not": { "pattern": NO_PATH } },
        "additionalProperties": { "type": "string" },
    })
}

/// The schema of the form, as it stands in `schemas/meta/bundle.schema.json`.
#[must_use]
pub fn meta_schema() -> serde_json::Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Bundle>();
    schema.insert("title".to_owned(), "bundle".into());
    schema.to_value()
}

/// The bundle of a folder: the same folder gives the same bytes. Examples, `<system>/<topic>/examples/…`, say nothing that a
/// comparison needs, and are left out unless they are asked for.
///
/// ```
/// use event_contracts_codegen::source::{bundle, read_folder};
///
/// let folder = read_folder("../schemas".as_ref()).unwrap();
/// let small = bundle::write(&folder, false);
/// assert!(small.starts_with("{\n  \"bundle\": 1,"));
/// assert!(small.len() < bundle::write(&folder, true).len());
/// ```
#[must_use]
pub fn write(folder: &Folder, with_examples: bool) -> String {
    let is_example = |path: &str| path.split('/').nth(2) == Some("examples");
    let documents = folder.documents.iter().filter(|(path, _)| !folder.is_of_web(path));
    let files: BTreeMap<String, String> = documents
        .filter(|(path, _)| with_examples || !is_example(path))
        .map(|(path, document)| (path.clone(), document.file.text.clone()))
        .collect();
    let hash = hash(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let tool = format!("event-contracts {}", env!("CARGO_PKG_VERSION"));
    let bundle = Bundle { bundle: VERSION, tool, hash, files };
    let mut text = serde_json::to_string_pretty(&bundle).expect("texts and numbers are JSON");
    text.push('\n');
    text
}

/// Reads the folder out of a bundle file. Its files are called `baseline.json:commerce/system.json`.
///
/// # Errors
/// What is wrong with the bundle or with a text in it, at its place.
pub fn read(path: &Path) -> Result<Folder, Diagnostics> {
    let name = slashed(path);
    unpack(path, read_text(path, &name, MAX_BUNDLE)?)
}

/// Reads the folder out of the text of a bundle; `path` is what it is called.
///
/// # Errors
/// As of [`read`].
pub fn unpack(path: &Path, text: String) -> Result<Folder, Diagnostics> {
    let name = slashed(path);
    let document = parse(&name, text)?;
    let texts = texts(&document)?;
    let mut folder =
        Folder { root: PathBuf::from(&name), origin: Origin::Bundle(path.to_owned()), ..Folder::default() };
    let mut found = Diagnostics::new();
    for (path, text) in texts {
        match parse(&format!("{name}:{path}"), text.to_owned()) {
            Ok(document) => drop(folder.documents.insert(path.to_owned(), document)),
            Err(error) => found.push(*error),
        }
    }
    found.gate().map(|_| folder)
}

/// The texts of a bundle, after everything about it was found to be as it should.
fn texts(document: &Document) -> Result<Vec<(&str, &str)>, Diagnostics> {
    is_of_version(document)?;
    let mut found = Diagnostics::new();
    for member in document.value.members() {
        if !["bundle", "tool", "hash", "files"].contains(&member.name.as_str()) {
            let message = format!("a bundle has no member `{}`", member.name);
            found
                .push(at(Rule::BUNDLE_FORM, document, &join("", &member.name), &member.name_span, message).help(AGAIN));
        }
    }
    if document.value.get("tool").and_then(Value::as_str).is_none() {
        found.push(lacks(document, "tool", "a text that says what has written it"));
    }
    let mut texts = Vec::new();
    match document.value.get("files") {
        Some(files) if files.is_object() => {
            for member in files.members() {
                let pointer = join("/files", &member.name);
                if let Some(wrong) = wrong_path(&member.name) {
                    let message = format!("the path `{}` {wrong}", member.name.escape_debug());
                    let finding = at(Rule::BUNDLE_PATH, document, &pointer, &member.name_span, message);
                    found.push(finding.help("paths lead to JSON files below the schema folder, `shop/system.json`"));
                } else if let Some(text) = member.value.as_str() {
                    texts.push((member.name.as_str(), text));
                } else {
                    let message = format!("`{}` is no text", member.name);
                    found.push(at(Rule::BUNDLE_FORM, document, &pointer, &member.name_span, message).help(AGAIN));
                }
            }
        }
        _ => found.push(lacks(document, "files", "an object with the texts by their paths")),
    }
    let mut found = found.gate()?;
    texts.sort_unstable();
    match document.value.get("hash").and_then(Value::as_str) {
        Some(stated) if stated == hash(texts.iter().copied()) => return Ok(texts),
        Some(_) => {
            let message = "the texts are not those that the hash was made of";
            let place = document.value.get("hash").unwrap_or(&document.value);
            found.push(
                at(Rule::BUNDLE_CHANGED, document, "/hash", &place.span, message)
                    .help(format!("take the file as it was written, or make another: {AGAIN}")),
            );
        }
        None => found.push(lacks(document, "hash", "a text, `sha256:…`")),
    }
    Err(found)
}

/// The version is looked at first: what a newer one looks like is not known.
fn is_of_version(document: &Document) -> Result<(), Box<Diagnostic>> {
    let Some(version) = document.value.get("bundle") else {
        return Err(Box::new(
            at(Rule::BUNDLE_FORM, document, "", &start(), "the file is no bundle: it has no member `bundle`")
                .help("a folder is named by `dir:PATH`, a revision by `git:NAME`")
                .help(AGAIN),
        ));
    };
    if version.to_text() == VERSION.to_string() {
        return Ok(());
    }
    let message = format!("the bundle is of version {}; known is {VERSION}", version.to_text());
    Err(Box::new(
        at(Rule::BUNDLE_FORM, document, "/bundle", &version.span, message)
            .help(format!("a newer `cargo contracts` may read it, or this one makes another: {AGAIN}")),
    ))
}

fn lacks(document: &Document, member: &str, what: &str) -> Diagnostic {
    let message = format!("the bundle lacks `{member}`, {what}");
    at(Rule::BUNDLE_FORM, document, "", &start(), message).help(AGAIN)
}

/// What is not there has no place of its own.
fn start() -> Range<usize> {
    0..0
}

fn at(
    rule: &'static Rule,
    document: &Document,
    pointer: &str,
    span: &Range<usize>,
    message: impl Into<String>,
) -> Diagnostic {
    let place = Location { file: Arc::clone(&document.file), pointer: pointer.to_owned(), span: span.clone() };
    Diagnostic::new(rule, &place, message).label("here")
}

/// What is wrong with a path, if it could not be that of a file below the schema folder.
fn wrong_path(path: &str) -> Option<&'static str> {
    let parts = || path.split('/');
    if path.starts_with('/') || matches!(path.as_bytes(), [b'A'..=b'Z' | b'a'..=b'z', b':', ..]) {
        Some("is absolute")
    } else if parts().any(|part| part == "..") {
        Some("leads out of the folder")
    } else if parts().any(|part| part.is_empty() || part == ".") {
        Some("is not in its shortest form")
    } else if path.contains('\\') || path.contains(|letter: char| letter < ' ') {
        Some("has letters that paths here do not have")
    } else if !path.ends_with(".json") {
        Some("is not that of a JSON file")
    } else {
        None
    }
}

fn hash<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut digest = Sha256::new();
    for part in files.flat_map(|(path, text)| [path, text]) {
        digest.update(format!("{}:", part.len()));
        digest.update(part);
    }
    let digits: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{digits}")
}
