//! The second opinion: the canonical forms of the `jsonschema` crate, whose interface is experimental and stays here.
//!
//! It is asked only where our own search came to no end, and believed only where it says that a schema covers another:
//! it takes constants whose members stand in another order for different, so what it says against a containment is at
//! most a hint, and that needs a witness anyway. It has no budget, so it is only asked about small schemas that do not
//! refer to anything.

use jsonschema::canonical::{self, CanonicalSchema, Containment, Satisfiability};
use serde_json::Value;

use super::document::Document;
use super::{Direction, Pairing};

/// Longer documents are not given to what may take any time, nor those with more branches.
const MAX_LENGTH: usize = 2000;
const MAX_BRANCHES: usize = 12;

/// Whether canonical forms say that the reader accepts whatever the writer does.
pub(super) fn covers(pairing: &Pairing<'_>, direction: Direction) -> bool {
    is_covered(pairing, direction).unwrap_or(false)
}

fn is_covered(pairing: &Pairing<'_>, direction: Direction) -> Option<bool> {
    let (writer, reader) = pairing.sides(direction);
    if !writer.is_of_draft_of(reader) {
        return None;
    }
    let (inner, outer) = (canonical(writer)?, canonical(reader)?);
    let is_covered = outer.covers(&inner).ok()? == Containment::Yes;
    let is_nothing_lost = inner.subtract(&outer).ok()?.satisfiability() == Satisfiability::No;
    Some(is_covered && is_nothing_lost)
}

fn canonical(document: &Document) -> Option<CanonicalSchema> {
    if document.value.to_string().len() > MAX_LENGTH
        || refers(&document.value)
        || branches(&document.value) > MAX_BRANCHES
    {
        return None;
    }
    let options = canonical::options().with_draft(document.validator_draft()).offline();
    options.should_validate_formats(document.assert_formats).canonicalize(&document.value).ok()
}

fn refers(value: &Value) -> bool {
    match value {
        Value::Array(elements) => elements.iter().any(refers),
        Value::Object(members) => {
            members.iter().any(|(name, value)| name.ends_with("ef") && name.starts_with('$') || refers(value))
        }
        _ => false,
    }
}

/// How many alternatives there are in all: each may double the work.
fn branches(value: &Value) -> usize {
    match value {
        Value::Array(elements) => elements.iter().map(branches).sum(),
        Value::Object(members) => {
            let of = |(name, value): (&String, &Value)| {
                let here = match (name.as_str(), value) {
                    ("anyOf" | "oneOf" | "allOf", Value::Array(all)) => all.len(),
                    ("not" | "if", _) => 1,
                    _ => 0,
                };
                here + branches(value)
            };
            members.iter().map(of).sum()
        }
        _ => 0,
    }
}
