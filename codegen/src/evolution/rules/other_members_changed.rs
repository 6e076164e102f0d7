//! Members that are not declared are refused, or no more.

use crate::evolution::facts::Change;
use crate::evolution::rules::Words;

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::OtherMembers { closed } = change else { return None };
    let (message, help) = if *closed {
        (
            format!("{place} refuses members that are not declared"),
            "leave the object open: consumers ignore what they do not know",
        )
    } else {
        (
            format!("{place} may have members that are not declared"),
            "deploy every consumer before a producer adds members",
        )
    };
    Some(Words { message, old: "before".to_owned(), new: "now".to_owned(), help })
}
