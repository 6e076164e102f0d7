//! A member that had to be there may be left out.

use crate::evolution::facts::Change;
use crate::evolution::rules::Words;

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::MemberOptional { .. } = change else { return None };
    Some(Words {
        message: format!("{place} may be left out from now on"),
        old: "every event had it".to_owned(),
        new: "events may lack it".to_owned(),
        help: "deploy every consumer before a producer leaves the member out, or keep it required",
    })
}
