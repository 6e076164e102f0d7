//! A number is bounded in another way.

use crate::evolution::facts::Change;
use crate::evolution::rules::{Words, of_keyword};

pub(super) fn speak(change: &Change, place: &str) -> Option<Words> {
    let words = of_keyword(
        change,
        &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
        "numbers",
        place,
    )?;
    Some(Words { help: "widen a bound instead of narrowing it, and deploy consumers before producers", ..words })
}
