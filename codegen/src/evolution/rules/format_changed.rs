//! A text must be of another format.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, of_keyword};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let words = of_keyword(change, &["format"], "format", place)?;
    Some(Words { help: "allow the old format beside the new one", ..words })
}
