//! A text must have another form.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, said};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::Rule { keyword, old, new } = change else { return None };
    matches!(*keyword, "pattern").then(|| Words {
        message: format!("the form of {place} changed: `{keyword}` said {} and says {}", said(old), said(new)),
        old: "before".to_owned(),
        new: "now".to_owned(),
        help: "allow the old form beside the new one",
    })
}
