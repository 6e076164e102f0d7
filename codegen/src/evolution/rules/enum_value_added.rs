//! A list of values has some that it had not.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, listed};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::Values { gone, come } = change else { return None };
    (gone.is_empty() && !come.is_empty()).then(|| Words {
        message: format!("{place} may be {}, too", listed(come)),
        old: "consumers of today read only these".to_owned(),
        new: "producers may write these".to_owned(),
        help: "deploy every consumer before a producer writes the new value, or keep the list open with `x-open-enum`",
    })
}
