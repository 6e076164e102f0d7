//! A member is declared that was not.

use crate::evolution::facts::Change;
use crate::evolution::rules::Words;

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::MemberAdded { required, .. } = change else { return None };
    let (new, help) = if *required {
        ("events without it are refused", "make the new member optional: retained events do not have it")
    } else {
        ("events may have it", "deploy every consumer before a producer writes the new member")
    };
    Some(Words {
        message: format!("{place} was added"),
        old: "it was not among these".to_owned(),
        new: new.to_owned(),
        help,
    })
}
