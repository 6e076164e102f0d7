//! A number is bounded in another way.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, said};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::Rule { keyword, old, new } = change else { return None };
    matches!(*keyword, "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf").then(|| Words {
        message: format!("the numbers of {place} changed: `{keyword}` said {} and says {}", said(old), said(new)),
        old: "before".to_owned(),
        new: "now".to_owned(),
        help: "widen a bound instead of narrowing it, and deploy consumers before producers",
    })
}
