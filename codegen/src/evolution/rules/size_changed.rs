//! An array or object may have another size.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, of_keyword};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let words =
        of_keyword(change, &["minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"], "size", place)?;
    Some(Words { help: "allow more sizes rather than fewer, and deploy consumers before producers", ..words })
}
