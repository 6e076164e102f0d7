//! A text must have another form.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, of_keyword};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let words = of_keyword(change, &["pattern"], "form", place)?;
    Some(Words { help: "allow the old form beside the new one", ..words })
}
