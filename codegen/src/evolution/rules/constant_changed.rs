//! One constant has become another one.

use crate::evolution::facts::Change;
use crate::evolution::rules::Words;

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::Constant { old, new } = change else { return None };
    Some(Words {
        message: format!("{place} is `{new}` now, no longer `{old}`"),
        old: "what it always was".to_owned(),
        new: "what it always is".to_owned(),
        help: "keep the constant; what is another fact is another event",
    })
}
