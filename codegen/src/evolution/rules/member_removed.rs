//! A member is declared no more.

use crate::evolution::facts::Change;
use crate::evolution::rules::Words;

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::MemberRemoved { required, deprecated, .. } = change else { return None };
    let was = match (required, deprecated) {
        (true, _) => "every event had it",
        (false, true) => "it was deprecated",
        (false, false) => "events could have it",
    };
    Some(Words {
        message: format!("{place} was removed"),
        old: was.to_owned(),
        new: "it is not among these any more".to_owned(),
        help: "keep the member, call it `deprecated`, and remove it with the next major version",
    })
}
