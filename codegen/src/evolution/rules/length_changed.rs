//! A text may have another length.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, said};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::Rule { keyword, old, new } = change else { return None };
    matches!(*keyword, "minLength" | "maxLength").then(|| Words {
        message: format!("the length of {place} changed: `{keyword}` said {} and says {}", said(old), said(new)),
        old: "before".to_owned(),
        new: "now".to_owned(),
        help: "allow longer texts rather than shorter ones, and deploy consumers before producers",
    })
}
