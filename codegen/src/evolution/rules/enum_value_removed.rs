//! A list of values lacks some that it had.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, listed};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::Values { gone, .. } = change else { return None };
    (!gone.is_empty()).then(|| Words {
        message: format!("{place} no longer allows {}", listed(gone)),
        old: "retained events may hold these".to_owned(),
        new: "only these are read now".to_owned(),
        help: "keep the value and say in the description that nobody writes it any more",
    })
}
