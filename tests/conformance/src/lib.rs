//! What the tests share: a generated decoder without its type, and where the public suites are kept.

use std::path::PathBuf;

use event_contracts::{Document, Json};

/// The decoder of one schema.
#[derive(Debug)]
pub struct Decoder {
    /// Where the schema comes from: `draft7/enum.json/0`, or the name of a folder.
    pub name: &'static str,
    /// The schema's file.
    pub schema: &'static str,
    /// Runs it; what it writes.
    pub run: fn(&str) -> Result<String, String>,
}

/// A schema for which there is no decoder.
#[derive(Debug)]
pub struct Refused {
    /// As of a decoder.
    pub name: &'static str,
    /// What the generator has against it.
    pub reason: &'static str,
}

/// Decodes a text, and holds everything that a type can do with it to that; what is written, if the text is accepted.
///
/// # Errors
/// Why the text is refused, the keyword first.
///
/// # Panics
/// If two ways to judge the text disagree, or what was read is written as another value.
pub fn run<T: Document>(text: &str) -> Result<String, String> {
    let decoded = T::decode(text.as_bytes());
    let judged = T::validate(text.as_bytes());
    assert_eq!(
        decoded.is_ok(),
        judged.is_ok(),
        "decoding and judging disagree on {text}: {:?} {judged:?}",
        decoded.err()
    );
    match decoded {
        Ok(value) => {
            let written =
                value.encode().unwrap_or_else(|refusal| panic!("{text} was read but is not written: {refusal}"));
            let written = String::from_utf8(written).expect("JSON is UTF-8");
            let (before, after): (Json, Json) =
                (text.parse().expect("it was read"), written.parse().expect("it is JSON"));
            assert_eq!(before, after, "{text} is written as {written}");
            Ok(written)
        }
        Err(refusal) => {
            let all = T::decode_all(text.as_bytes()).err().expect("it was refused");
            assert!(!all.is_empty());
            Err(format!("`{}`: {refusal}", refusal.keyword()))
        }
    }
}

/// The folder of the public suites; `None` if there is none and nobody insists.
///
/// # Panics
/// On CI, if it is missing.
#[must_use]
pub fn data() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var_os("CONTRACTS_TEST_DATA").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let folder = folder.join("json-schema-test-suite");
    assert!(folder.is_dir() || std::env::var_os("CI").is_none(), "no test data in {}", folder.display());
    folder.is_dir().then_some(folder)
}
