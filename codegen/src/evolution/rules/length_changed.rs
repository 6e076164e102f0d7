//! A text may have another length.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, of_keyword};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let words = of_keyword(change, &["minLength", "maxLength"], "length", place)?;
    Some(Words { help: "allow longer texts rather than shorter ones, and deploy consumers before producers", ..words })
}
