//! The meta-schemas of the drafts: known to everybody, so nobody need map them to files.

use std::sync::{Arc, LazyLock};

use referencing::meta as published;
use serde_json::Value;

static PUBLISHED: [&LazyLock<Arc<Value>>; 19] = [
    &published::DRAFT4,
    &published::DRAFT6,
    &published::DRAFT7,
    &published::DRAFT201909,
    &published::DRAFT201909_APPLICATOR,
    &published::DRAFT201909_CONTENT,
    &published::DRAFT201909_CORE,
    &published::DRAFT201909_FORMAT,
    &published::DRAFT201909_META_DATA,
    &published::DRAFT201909_VALIDATION,
    &published::DRAFT202012,
    &published::DRAFT202012_APPLICATOR,
    &published::DRAFT202012_CONTENT,
    &published::DRAFT202012_CORE,
    &published::DRAFT202012_FORMAT_ANNOTATION,
    &published::DRAFT202012_FORMAT_ASSERTION,
    &published::DRAFT202012_META_DATA,
    &published::DRAFT202012_UNEVALUATED,
    &published::DRAFT202012_VALIDATION,
];

/// The text of the meta-schema at an address.
pub(super) fn text(address: &str) -> Option<String> {
    let has_address = |schema: &&&LazyLock<Arc<Value>>| {
        let id = schema.get("$id").or_else(|| schema.get("id")).and_then(Value::as_str);
        id.is_some_and(|id| id.trim_end_matches('#') == address.trim_end_matches('#'))
    };
    PUBLISHED.iter().find(has_address).map(|schema| schema.to_string())
}
