//! Internationalised host names: IDNA 2008, with the rewriting of UTS #46 before.
//!
//! What is rewritten is known by its kind, not by what it becomes: there are no tables of that. So
//! upper case, wide letters and what is left out are exact; other compatibility letters and marks
//! that would be composed count as they are in the length of a label.

mod tables;

use self::tables::{
    ARABIC_DIGITS, DIGITS, IGNORED, JOINING_LEFT, JOINING_RIGHT, MAPPED, NEUTRAL, REFUSED, RIGHT_TO_LEFT, SPACING,
    SYMBOLS, TRANSPARENT, VIRAMAS,
};
use crate::rules::hostname::is_unicode_label;
use crate::rules::punycode::{LONGEST, Letters, decode, encode};
use crate::rules::pvalid::{LETTERS, MARKS, holds};

/// Labels with a dot, or one of its likenesses in other scripts, between each two.
pub(super) fn is_valid(name: &str) -> bool {
    let mut length = 0;
    let (mut right_to_left, mut sound) = (false, true);
    for label in name.split(['.', '\u{3002}', '\u{FF0E}', '\u{FF61}']) {
        let Some(label) = read_label(label) else { return false };
        length += label.length + 1;
        right_to_left |= label.right_to_left;
        sound &= label.sound;
    }
    // One label from right to left makes the rules of direction hold for all.
    length <= 253 + 1 && (sound || !right_to_left)
}

/// What the name as a whole must know of a label that is sound by itself.
struct Label {
    /// The bytes of its A-label.
    length: usize,
    right_to_left: bool,
    /// Whether it keeps the rules of direction (RFC 5893).
    sound: bool,
}

fn read_label(text: &str) -> Option<Label> {
    let mut letters = Letters::new();
    for letter in text.chars() {
        fold(letter, &mut letters)?;
    }
    let mut length = letters.as_slice().len();
    if let ['x', 'n', '-', '-', encoded @ ..] = letters.as_slice() {
        letters = read_encoded(encoded)?;
    } else if !letters.as_slice().iter().all(char::is_ascii) {
        length = "xn--".len();
        encode(letters.as_slice(), |_| length += 1)?;
    }
    let letters = letters.as_slice();
    let hyphens =
        letters.first() == Some(&'-') || letters.last() == Some(&'-') || letters.get(2..4) == Some(&['-', '-']);
    let is_known = |letter: &char| match letter {
        ascii if ascii.is_ascii() => ascii.is_ascii_alphanumeric() || *ascii == '-',
        letter => !holds(&REFUSED, *letter),
    };
    let sound = (1..=LONGEST).contains(&length)
        && !letters.is_empty()
        && !hyphens
        && letters.iter().all(is_known)
        && is_unicode_label(letters, |letter| holds(&SYMBOLS, letter))
        && (0..letters.len()).all(|at| letters[at] != '\u{200C}' || may_part(&letters[..at], &letters[at + 1..]));
    let is_right_to_left = |letter: &char| matches!(direction(*letter), Direction::Right | Direction::ArabicDigit);
    sound.then(|| Label { length, right_to_left: letters.iter().any(is_right_to_left), sound: is_directed(letters) })
}

/// The letters of an A-label, which must be spelled as we would spell them.
fn read_encoded(encoded: &[char]) -> Option<Letters> {
    let mut spelling = [0; LONGEST];
    for (byte, letter) in spelling.iter_mut().zip(encoded) {
        *byte = u8::try_from(*letter).ok()?;
    }
    let spelling = spelling.get(..encoded.len())?;
    let letters = decode(std::str::from_utf8(spelling).ok()?)?;
    let mut rest = spelling.iter();
    let mut same = true;
    encode(letters.as_slice(), |byte| same &= rest.next() == Some(&byte))?;
    let foreign = letters.as_slice().iter().any(|letter| !letter.is_ascii());
    (same && rest.len() == 0 && foreign && letters.as_slice().iter().all(|letter| is_stable(*letter)))
        .then_some(letters)
}

/// Adds a letter as it is looked up: in lower case, not wide, or not at all.
fn fold(letter: char, letters: &mut Letters) -> Option<()> {
    match letter {
        ascii if ascii.is_ascii() => letters.push(ascii.to_ascii_lowercase()),
        // What has a rule of its own, or begins with a mark, once it is rewritten.
        '\u{345}' => letters.push('\u{3B9}'),
        '\u{387}' => letters.push('\u{B7}'),
        '\u{13F}' | '\u{140}' => letters.push('l').and_then(|()| letters.push('\u{B7}')),
        '\u{E33}' => letters.push('\u{E4D}').and_then(|()| letters.push('\u{E32}')),
        '\u{EB3}' => letters.push('\u{ECD}').and_then(|()| letters.push('\u{EB2}')),
        '\u{FE63}' => letters.push('-'),
        '\u{FF65}' => letters.push('\u{30FB}'),
        '\u{FF9E}' => letters.push('\u{3099}'),
        '\u{FF9F}' => letters.push('\u{309A}'),
        '\u{FF01}'..='\u{FF5E}' => {
            let narrow = char::from_u32(u32::from(letter) - 0xFEE0)?;
            letters.push(narrow.to_ascii_lowercase())
        }
        // Cherokee is looked up in what the standard library takes for its upper case.
        '\u{13A0}'..='\u{13F5}' => letters.push(letter),
        letter if holds(&IGNORED, letter) => Some(()),
        letter => letter.to_lowercase().try_for_each(|lower| letters.push(lower)),
    }
}

/// Whether a letter is looked up as itself.
fn is_stable(letter: char) -> bool {
    match letter {
        '\u{B7}' | '\u{375}' | '\u{5F3}' | '\u{5F4}' | '\u{30FB}' | '\u{200C}' | '\u{200D}' => true,
        '\u{6FD}' | '\u{6FE}' | '\u{F0B}' | '\u{3007}' | '\u{30A0}' | '\u{13A0}'..='\u{13F5}' => true,
        '\u{345}' | '\u{387}' | '\u{13F}' | '\u{140}' | '\u{E33}' | '\u{EB3}' => false,
        '\u{FE63}' | '\u{FF01}'..='\u{FF5E}' | '\u{FF65}' | '\u{FF9E}' | '\u{FF9F}' => false,
        letter if holds(&MAPPED, letter) || holds(&IGNORED, letter) => false,
        letter if holds(&SYMBOLS, letter) && !holds(&LETTERS, letter) => false,
        letter => letter.to_lowercase().eq([letter]),
    }
}

/// Whether a zero-width non-joiner may stand between these letters: after a virama, or where the
/// letters would join without it (RFC 5892, appendix A.1).
fn may_part(before: &[char], after: &[char]) -> bool {
    let is_transparent = |letter: &char| direction(*letter) == Direction::Mark || holds(&TRANSPARENT, *letter);
    if before.last().is_some_and(|before| holds(&VIRAMAS, *before)) {
        return true;
    }
    let left = before.iter().rfind(|letter| !is_transparent(letter));
    let right = after.iter().find(|letter| !is_transparent(letter));
    left.is_some_and(|left| holds(&JOINING_LEFT, *left)) && right.is_some_and(|right| holds(&JOINING_RIGHT, *right))
}

/// Classes of the bidirectional algorithm, as far as RFC 5893 tells them apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Left,
    Right,
    Digit,
    ArabicDigit,
    Mark,
    Neutral,
}

fn direction(letter: char) -> Direction {
    match letter {
        '0'..='9' => Direction::Digit,
        ascii if ascii.is_ascii_alphabetic() => Direction::Left,
        '-' | '\u{B7}' | '\u{375}' | '\u{30FB}' | '\u{200C}' | '\u{200D}' => Direction::Neutral,
        letter if holds(&DIGITS, letter) => Direction::Digit,
        letter if holds(&ARABIC_DIGITS, letter) => Direction::ArabicDigit,
        letter if holds(&MARKS, letter) && !holds(&SPACING, letter) => Direction::Mark,
        letter if holds(&RIGHT_TO_LEFT, letter) => Direction::Right,
        letter if holds(&NEUTRAL, letter) => Direction::Neutral,
        _ => Direction::Left,
    }
}

/// The six rules of RFC 5893, section 2.
fn is_directed(letters: &[char]) -> bool {
    let mut directions = letters.iter().map(|letter| direction(*letter));
    let has = |wanted| letters.iter().any(|letter| direction(*letter) == wanted);
    let last = letters.iter().rev().map(|letter| direction(*letter)).find(|last| *last != Direction::Mark);
    match directions.next() {
        Some(Direction::Right) => {
            let mixed_digits = has(Direction::Digit) && has(Direction::ArabicDigit);
            !has(Direction::Left)
                && !mixed_digits
                && matches!(last, Some(Direction::Right | Direction::Digit | Direction::ArabicDigit))
        }
        Some(Direction::Left) => {
            !has(Direction::Right)
                && !has(Direction::ArabicDigit)
                && matches!(last, Some(Direction::Left | Direction::Digit))
        }
        _ => false,
    }
}
