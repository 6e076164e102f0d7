//! A keyword that looks at a whole value says something else.

use crate::evolution::facts::Change;
use crate::evolution::rules::Words;

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::Whole { keyword } = change else { return None };
    Some(Words {
        message: format!("`{keyword}` of {place} changed"),
        old: "before".to_owned(),
        new: "now".to_owned(),
        help: "let the new schema accept all that the old one accepts, or make a new major version with an upcaster",
    })
}
