//! A value may be of other types.

use crate::evolution::facts::Change;
use crate::evolution::rules::Words;
use crate::schema::Kinds;

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let Change::Types { gone, come } = change else { return None };
    let names = |kinds: &Kinds| kinds.names().join(" or ");
    let message = match (gone.is_empty(), come.is_empty()) {
        (false, true) => format!("{place} is never {} any more", names(gone)),
        (true, _) => format!("{place} may be {}, too", names(come)),
        (false, false) => format!("{place} has become {}, no longer {}", names(come), names(gone)),
    };
    Some(Words {
        message,
        old: "of these types before".to_owned(),
        new: "of these types now".to_owned(),
        help: "add a member of another name and keep this one, or make a new major version with an upcaster",
    })
}
