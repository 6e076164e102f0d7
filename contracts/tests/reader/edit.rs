//! Texts that are one letter or a few away from another one.

use proptest::prelude::*;
use proptest::sample::Index;

/// Where, what (insert, replace, remove), and the letter for it.
pub(crate) type Edit = (Index, u8, char);

/// A few edits with letters of a kind.
pub(crate) fn edits(
    letter: impl Strategy<Value = char>,
    count: std::ops::Range<usize>,
) -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec((any::<Index>(), 0..3_u8, letter), count)
}

/// The text after these edits.
pub(crate) fn edited(text: &str, edits: Vec<Edit>) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (place, what, letter) in edits {
        let at = place.index(letters.len() + 1);
        match what {
            0 => letters.insert(at, letter),
            1 if at < letters.len() => letters[at] = letter,
            _ if at < letters.len() => drop(letters.remove(at)),
            _ => letters.push(letter),
        }
    }
    letters.into_iter().collect()
}
