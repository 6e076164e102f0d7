//! The only reader of the disk: a folder becomes texts with the place of every value. So does an earlier state of it, out
//! of git or out of a bundle.

mod baseline;
pub mod bundle;
mod git;
mod rust;
mod value;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::diagnostic::{Diagnostic, Diagnostics, File, Location, Rule};
pub use baseline::{Baseline, Earlier};
pub use git::{Commit, Git, Point, Revision};
pub use rust::RustFiles;
pub(crate) use value::join;
pub use value::{Kind, Member, Value};

/// A file bigger than this is no schema that a person wrote; reading on would only fill memory.
const MAX_BYTES: u64 = 16 << 20;

/// A JSON file, read.
#[derive(Debug, Clone)]
pub struct Document {
    /// Name and text.
    pub file: Arc<File>,
    /// The value with all its places.
    pub value: Arc<Value>,
}

impl Document {
    /// The place of a value in this document.
    #[must_use]
    pub fn at(&self, pointer: &str, value: &Value) -> Location {
        Location { file: Arc::clone(&self.file), pointer: pointer.to_owned(), span: value.span.clone() }
    }
}

/// All JSON files below a folder, by their path relative to it.
#[derive(Debug, Default)]
pub struct Folder {
    /// The folder.
    pub root: PathBuf,
    /// Documents by path, `commerce/order.events/order.created.v1.schema.json`.
    pub documents: BTreeMap<String, Document>,
    /// Every folder that was listed, the root included: a build script watches them for new files.
    pub folders: Vec<PathBuf>,
    /// Where addresses of the web are kept as files: what an address begins with, and the folder or file that it stands for.
    pub mounts: Vec<(String, PathBuf)>,
    /// Where the texts come from.
    pub origin: Origin,
}

/// Where the texts of a folder come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Origin {
    /// The disk, where more may be read as references ask for it.
    #[default]
    Disk,
    /// A commit; what is not among its documents is not there.
    Commit(Commit),
    /// Texts that were handed over; what is not among them is not there.
    Memory,
    /// A bundle, by its file; what is not among its documents is not there.
    Bundle(PathBuf),
}

impl Folder {
    /// What people call it: `schemas`, `origin/main (3f2c1ab0c4, merge base)`, `baseline.json`.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.origin {
            Origin::Disk => slashed(&self.root),
            Origin::Commit(commit) => commit.to_string(),
            Origin::Memory => "the schemas at hand".to_owned(),
            Origin::Bundle(file) => slashed(file),
        }
    }

    /// The whole hash of the commit that the texts are of.
    #[must_use]
    pub fn commit(&self) -> Option<&str> {
        match &self.origin {
            Origin::Commit(commit) => Some(&commit.id),
            Origin::Disk | Origin::Memory | Origin::Bundle(_) => None,
        }
    }

    /// The place of a value: file by its path below the folder, value by its pointer.
    #[must_use]
    pub fn place(&self, path: &str, pointer: &str) -> Option<Location> {
        let document = self.documents.get(path)?;
        document.value.pointer(pointer).map(|value| document.at(pointer, value))
    }

    /// Whether a document goes by an address of the web, not by a path of this folder.
    #[must_use]
    pub(crate) fn is_of_web(&self, path: &str) -> bool {
        path.contains("://") || path.starts_with("urn:")
    }

    /// Reads the file at a path below the folder, unless it was read before; whether it is there.
    pub(crate) fn fetch_path(&mut self, path: &str, found: &mut Diagnostics) -> bool {
        if self.documents.contains_key(path) || self.origin != Origin::Disk {
            return self.documents.contains_key(path);
        }
        let file = path.split('/').fold(self.root.clone(), |folder, part| folder.join(part));
        self.fetch(path, &self.root.clone(), &file, found)
    }

    /// Reads the file that an address of the web is kept as; whether there is one.
    pub(crate) fn fetch_address(&mut self, address: &str, found: &mut Diagnostics) -> bool {
        if self.documents.contains_key(address) || self.origin != Origin::Disk {
            return self.documents.contains_key(address);
        }
        let mounted = self.mounts.iter().find_map(|(prefix, place)| {
            let rest = address.strip_prefix(prefix.as_str())?;
            (!rest.split('/').any(|part| part == "..")).then(|| (place.clone(), rest.to_owned()))
        });
        let Some((place, rest)) = mounted else { return false };
        let file = if rest.is_empty() { place.clone() } else { place.join(rest.trim_start_matches('/')) };
        self.fetch(address, &place, &file, found)
    }

    fn fetch(&mut self, name: &str, root: &Path, file: &Path, found: &mut Diagnostics) -> bool {
        // A link could lead out of the folder, as `..` could.
        let below = file.strip_prefix(root).unwrap_or(file);
        let mut here = root.to_owned();
        for part in below.components() {
            here.push(part);
            let is_plain = fs::symlink_metadata(&here).is_ok_and(|metadata| !metadata.is_symlink());
            if !is_plain || matches!(part, std::path::Component::ParentDir) {
                return false;
            }
        }
        if !file.is_file() {
            return false;
        }
        match read_file(file, &slashed(file)) {
            Ok(document) => {
                self.documents.insert(name.to_owned(), document);
                true
            }
            Err(error) => {
                found.push(*error);
                false
            }
        }
    }
}

/// The files that were read for a folder, those of mounted addresses left out: they are watched with their folder.
pub(crate) fn files_of(folder: &Folder) -> Vec<PathBuf> {
    let paths = folder.documents.values().map(|document| PathBuf::from(&document.file.path));
    paths.filter(|path| path.is_file()).collect()
}

/// Reads every `.json` file below `root`, in the order of their names.
///
/// # Errors
/// Every file that cannot be read or is not JSON.
pub fn read_folder(root: &Path) -> Result<Folder, Diagnostics> {
    let mut folder = Folder { root: root.to_owned(), ..Folder::default() };
    let mut found = Diagnostics::new();
    list(root, root, &mut folder, &mut found);
    found.gate().map(|_| folder)
}

fn list(root: &Path, here: &Path, folder: &mut Folder, found: &mut Diagnostics) {
    let mut paths: Vec<PathBuf> = match fs::read_dir(here) {
        Ok(entries) => entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect(),
        Err(error) => {
            found.push(
                Diagnostic::nowhere(Rule::FOLDER, format!("cannot read the folder `{}`: {error}", here.display()))
                    .help("name the folder that holds one folder per system, each with a `system.json`"),
            );
            return;
        }
    };
    paths.sort();
    folder.folders.push(here.to_owned());
    for path in paths {
        // A link could lead out of the folder; what the contract says must be what the folder holds.
        let Ok(kind) = fs::symlink_metadata(&path).map(|metadata| metadata.file_type()) else { continue };
        if kind.is_dir() && !is_hidden(&path) {
            list(root, &path, folder, found);
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "json") {
            let name = slashed(path.strip_prefix(root).unwrap_or(&path));
            match read_file(&path, &slashed(&path)) {
                Ok(document) => {
                    folder.documents.insert(name, document);
                }
                Err(error) => found.push(*error),
            }
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// A path with `/` between its parts on every system, so that output and messages are the same everywhere.
fn slashed(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
        .replacen("//", "/", 1)
}

/// Reads one JSON file, to be called `name` in messages.
///
/// # Errors
/// What is wrong with it.
pub fn read_file(path: &Path, name: &str) -> Result<Document, Box<Diagnostic>> {
    parse(name, read_text(path, name, MAX_BYTES)?)
}

/// The text of a file of at most `limit` bytes.
fn read_text(path: &Path, name: &str, limit: u64) -> Result<String, Box<Diagnostic>> {
    let size = fs::metadata(path).map_err(|error| unreadable(name, error))?.len();
    if size > limit {
        return Err(too_big(name, size, limit));
    }
    text(name, fs::read(path).map_err(|error| unreadable(name, error))?)
}

/// Bytes as text.
fn text(name: &str, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    String::from_utf8(bytes)
        .map_err(|error| unreadable(name, format_args!("byte {} is not UTF-8", error.utf8_error().valid_up_to())))
}

fn too_big(name: &str, size: u64, limit: u64) -> Box<Diagnostic> {
    unreadable(name, format_args!("it has {size} bytes, more than {limit}"))
}

fn unreadable(name: &str, reason: impl std::fmt::Display) -> Box<Diagnostic> {
    Box::new(Diagnostic::nowhere(Rule::FOLDER, format!("cannot read `{name}`: {reason}")))
}

/// Reads JSON out of a text that is called `name` in messages.
///
/// # Errors
/// Where it is not JSON, or which member stands twice.
pub fn parse(name: &str, text: String) -> Result<Document, Box<Diagnostic>> {
    let file = Arc::new(File { path: name.to_owned(), text });
    let syntax = |span: std::ops::Range<usize>, message: String| {
        let at = Location { file: Arc::clone(&file), pointer: String::new(), span };
        Box::new(Diagnostic::new(Rule::SYNTAX, &at, message).label("here"))
    };
    // Nobody sees it in a frame.
    if file.text.starts_with('\u{feff}') {
        let finding = syntax(0..'\u{feff}'.len_utf8(), "the file begins with a byte order mark".to_owned());
        return Err(Box::new(finding.help("save it as UTF-8 without one: JSON begins with its value")));
    }
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = parse_to_ast(&file.text, &CollectOptions::default(), &strict).map_err(|error| {
        let mut finding = syntax(error.range().start..error.range().end, lower_first(&error.kind().to_string()));
        if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
            finding.rule = Rule::TOO_DEEP;
        }
        finding
    })?;
    let ast = parsed.value.ok_or_else(|| syntax(0..0, "the file is empty".to_owned()))?;
    // That parser lets pass what JSON does not have, such as a line end inside a text; nothing may read it as JSON here
    // that is none elsewhere.
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&file.text) {
        let line_start: usize =
            file.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = file.text.floor_char_boundary(line_start + error.column().saturating_sub(1));
        let message = error.to_string();
        let message = message.split_once(" at line ").map_or(&*message, |(message, _)| message);
        return Err(syntax(at..at, lower_first(message)));
    }
    let value = Value::from_ast(&ast).map_err(|duplicate| {
        let at = Location { file: Arc::clone(&file), pointer: duplicate.pointer, span: duplicate.second };
        let first = Location { file: Arc::clone(&file), pointer: at.pointer.clone(), span: duplicate.first };
        Box::new(
            Diagnostic::new(
                Rule::DUPLICATE_MEMBER,
                &at,
                format!("the member `{}` stands twice in one object", duplicate.name),
            )
            .label("the second")
            .related(&first, "the first")
            .help("parsers disagree on which of the two counts; remove one"),
        )
    })?;
    Ok(Document { value: Arc::new(value), file })
}

fn lower_first(message: &str) -> String {
    let is_word = message.chars().nth(1).is_some_and(char::is_lowercase);
    let mut letters = message.chars();
    match letters.next() {
        // `EOF` stays as it is.
        Some(first) if is_word => first.to_lowercase().chain(letters).collect(),
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Rule, parse};

    #[test]
    fn a_byte_order_mark_is_called_so() {
        let said = parse("windows.json", "\u{feff}{}".to_owned()).expect_err("JSON has none");
        assert_eq!(said.message, "the file begins with a byte order mark");
        assert_eq!(said.at.as_ref().map(|at| at.line_column()), Some((1, 1)));
    }

    #[test]
    fn frames_show_lines_that_end_as_windows_ends_them() {
        let document = parse("a.json", "{\r\n  \"a\": {\r\n  }\r\n}\r\n".to_owned()).expect("it is JSON");
        let value = document.value.pointer("/a").expect("it is there");
        let frame = Diagnostic::new(Rule::MANIFEST, &document.at("/a", value), "wrong").label("here").frame(false);
        assert!(frame.lines().any(|line| line == "2 |   \"a\": {"), "{frame}");
    }

    /// A text is JSON here exactly if it is for `serde_json`; only duplicate members are refused on top.
    #[test]
    fn json_is_json() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        for text in [
            "",
            " ",
            "{}",
            "[]",
            "null",
            "true",
            "\"\"",
            "0",
            "-0",
            "1.5e3",
            "1E+2",
            " {\"a\" : [1, 2, {\"b\": null}]}\r\n\t",
            "01",
            "-01",
            "-",
            "+1",
            "1.",
            ".5",
            "1e",
            "0x10",
            "NaN",
            "Infinity",
            "nul",
            "tru",
            "'a'",
            "{a:1}",
            "{\"a\":1,}",
            "[1,]",
            "[1 2]",
            "{\"a\" 1}",
            "{\"a\":1 \"b\":2}",
            "// c\n1",
            "/* c */1",
            "1 2",
            "{} {}",
            "\"a\nb\"",
            "\"a\tb\"",
            "\"\u{0}\"",
            "\"\\x41\"",
            "\"\\'\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83dx\"",
            "\"\\\n\"",
            "\"\\v\"",
            "\"\\/\\b\\f\\n\\r\\t\\\\\\\"\"",
            "\u{feff}1",
            "\u{a0}1",
            "\u{b}1",
            "\u{2028}1",
            "[",
            "]",
            "{",
            "}",
            "\"",
            "{\"a\":}",
            "[,]",
            "{,}",
            "{\"a\":1}}",
            "1,",
            "\"\u{7f}\"",
            &deep(100),
            &deep(127),
            &deep(100_000),
        ] {
            let ours = parse("t", text.to_owned());
            let theirs = serde_json::from_str::<serde_json::Value>(text);
            let shown: String = text.chars().take(40).collect();
            assert_eq!(
                ours.is_ok(),
                theirs.is_ok(),
                "{shown:?}: {:?} {theirs:?}",
                ours.map(|_| ()).map_err(|finding| finding.message)
            );
        }
    }
}
