//! A member that could be left out must be there.

use crate::evolution::facts::Change;
use crate::evolution::rules::Words;

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::MemberRequired { .. } = change else { return None };
    Some(Words {
        message: format!("{place} must be there from now on"),
        old: "events could lack it".to_owned(),
        new: "events without it are refused".to_owned(),
        help: "leave the member optional, and let consumers say what its absence means",
    })
}
