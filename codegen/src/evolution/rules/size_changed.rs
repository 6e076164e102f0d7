//! An array or object may have another size.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, said};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::Rule { keyword, old, new } = change else { return None };
    matches!(*keyword, "minItems" | "maxItems" | "uniqueItems" | "minProperties" | "maxProperties").then(|| Words {
        message: format!("the size of {place} changed: `{keyword}` said {} and says {}", said(old), said(new)),
        old: "before".to_owned(),
        new: "now".to_owned(),
        help: "allow more sizes rather than fewer, and deploy consumers before producers",
    })
}
