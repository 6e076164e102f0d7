//! Values are listed that were free, or the other way round.

use crate::evolution::facts::Change;
use crate::evolution::rules::Words;

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::Listed { now } = change else { return None };
    let (message, help) = if *now {
        (format!("{place} must be one of a list from now on"), "leave the values free, or list them with `x-open-enum`")
    } else {
        (
            format!("{place} may hold other values than those of the list"),
            "deploy every consumer before a producer writes others",
        )
    };
    Some(Words { message, old: "before".to_owned(), new: "now".to_owned(), help })
}
