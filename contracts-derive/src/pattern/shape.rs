//! Plain shapes: expressions that are a row of literals and counted classes, for which comparing beats a table.
//!
//! Only what ECMA-262 and the engine behind the table read alike is taken; everything else keeps to the table. A shape is
//! matched without going back, so each run must end in one place only.

use proc_macro2::TokenStream;
use quote::quote;

/// The tokens of an `Option<Shape>`.
pub(super) fn tokens(source: &str) -> TokenStream {
    let Some(Shape { bits, runs, from_end, to_end }) = Shape::of(source) else { return quote!(None) };
    let runs = runs.iter().map(|run| match run {
        Run::Text(text) => quote!(ec::Run::Text(#text)),
        Run::Class { bit, least, most, .. } => quote!(ec::Run::Class { bit: #bit, least: #least, most: #most }),
    });
    let from_end = from_end.map_or_else(|| quote!(None), |length| quote!(Some(#length)));
    quote!(Some(ec::Shape { bits: &[#(#bits),*], runs: &[#(#runs),*], from_end: #from_end, to_end: #to_end }))
}

struct Shape {
    bits: Vec<u8>,
    runs: Vec<Run>,
    from_end: Option<usize>,
    to_end: bool,
}

enum Run {
    Text(String),
    Class { bytes: u128, bit: u8, least: u32, most: u32 },
}

/// A byte out of a set, so many times.
struct Item {
    bytes: u128,
    least: u32,
    most: u32,
}

impl Item {
    fn is_fixed(&self) -> bool {
        self.least == self.most
    }
}

/// No pattern of a contract has longer ends.
const LONGEST_END: usize = 4096;

impl Shape {
    fn of(source: &str) -> Option<Self> {
        let (from_start, rest) = source.strip_prefix('^').map_or((false, source), |rest| (true, rest));
        let (to_end, rest) = match rest.strip_suffix('$') {
            Some(rest) if !rest.ends_with('\\') => (true, rest),
            _ => (false, rest),
        };
        let mut items = items(rest)?;
        let from_end = match (from_start, to_end) {
            (true, true) if ends_once(&items) => None,
            // What follows the shortest match may be anything.
            (true, false) => {
                let last = items.last_mut()?;
                last.most = last.least;
                items.iter().all(Item::is_fixed).then_some(())?;
                None
            }
            (false, true) if items.iter().all(Item::is_fixed) => {
                let length = items.iter().try_fold(0_usize, |length, item| length.checked_add(item.least as usize))?;
                Some(length).filter(|length| *length <= LONGEST_END)
            }
            _ => return None,
        };
        if from_end.is_none() && !from_start {
            return None;
        }
        let runs = runs(&items);
        let (bits, runs) = numbered(runs)?;
        Some(Self { bits, runs, from_end, to_end })
    }
}

/// Whether a run that takes all it can get leaves nothing to try again: a byte that goes on with it starts nothing that may
/// follow it.
fn ends_once(items: &[Item]) -> bool {
    items.iter().enumerate().filter(|(_, item)| !item.is_fixed()).all(|(index, item)| {
        for next in &items[index + 1..] {
            if next.bytes & item.bytes != 0 {
                return false;
            }
            if next.least > 0 {
                return true;
            }
        }
        true
    })
}

/// Single bytes that follow one another become a text.
fn runs(items: &[Item]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for item in items {
        let letter = (item.bytes.count_ones() == 1).then(|| item.bytes.trailing_zeros() as u8 as char);
        match (letter, item.least, item.most, runs.last_mut()) {
            (Some(letter), 1, 1, Some(Run::Text(text))) => text.push(letter),
            (Some(letter), 1, 1, _) => runs.push(Run::Text(letter.to_string())),
            _ => runs.push(Run::Class { bytes: item.bytes, bit: 0, least: item.least, most: item.most }),
        }
    }
    runs
}

/// Gives each class a bit of a byte, and each byte the bits of its classes.
fn numbered(mut runs: Vec<Run>) -> Option<(Vec<u8>, Vec<Run>)> {
    let mut classes: Vec<u128> = Vec::new();
    for run in &mut runs {
        let Run::Class { bytes, bit, .. } = run else { continue };
        let index = classes.iter().position(|class| class == bytes).unwrap_or_else(|| {
            classes.push(*bytes);
            classes.len() - 1
        });
        *bit = 1_u8.checked_shl(u32::try_from(index).ok()?)?;
    }
    let bits_of = |byte: u32| {
        let holding = classes.iter().enumerate().filter(|(_, class)| byte < 128 && *class >> byte & 1 == 1);
        holding.fold(0_u8, |bits, (index, _)| bits | 1 << index)
    };
    Some(((0..256).map(bits_of).collect(), runs))
}

/// The items of an expression without its anchors.
fn items(source: &str) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let bytes;
        (bytes, rest) = match first {
            '[' => class(after)?,
            '\\' => (single(escaped(after)?), &after[1..]),
            letter if is_plain(letter) => (single(letter), after),
            _ => return None,
        };
        let (least, most);
        (least, most, rest) = counts(rest)?;
        items.push(Item { bytes, least, most });
    }
    Some(items)
}

/// The quantifier that follows an item; a lazy one is left to the table.
fn counts(rest: &str) -> Option<(u32, u32, &str)> {
    let (least, most, rest) = match rest.as_bytes().first() {
        Some(b'*') => (0, u32::MAX, &rest[1..]),
        Some(b'+') => (1, u32::MAX, &rest[1..]),
        Some(b'?') => (0, 1, &rest[1..]),
        Some(b'{') => {
            let (inside, after) = rest[1..].split_once('}')?;
            let number = |digits: &str| -> Option<u32> {
                let sound = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
                sound.then(|| digits.parse().ok()).flatten()
            };
            match inside.split_once(',') {
                None => (number(inside)?, number(inside)?, after),
                Some((least, "")) => (number(least)?, u32::MAX, after),
                Some((least, most)) => (number(least)?, number(most)?, after),
            }
        }
        _ => return Some((1, 1, rest)),
    };
    (least <= most && !rest.starts_with(['*', '+', '?', '{'])).then_some((least, most, rest))
}

/// A class of ASCII characters and ranges, whose opening bracket was read; and what follows it.
fn class(source: &str) -> Option<(u128, &str)> {
    let (inside, after) = source.split_once(']')?;
    let mut letters = inside.chars().peekable();
    let mut bytes = 0;
    while let Some(letter) = letters.next() {
        let letter = match letter {
            '\\' => return None,
            '-' if bytes != 0 && letters.peek().is_some() => return None,
            '-' => '-',
            letter if letter.is_ascii_alphanumeric() || "_.:/ ,;@#+=%!".contains(letter) => letter,
            _ => return None,
        };
        let mut ahead = letters.clone();
        match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) => {
                let kinds = [char::is_ascii_digit, char::is_ascii_lowercase, char::is_ascii_uppercase];
                let is_range = letter <= last && kinds.iter().any(|is| is(&letter) && is(&last));
                is_range.then_some(())?;
                (letter..=last).for_each(|letter| bytes |= single(letter));
                letters = ahead;
            }
            _ => bytes |= single(letter),
        }
    }
    (bytes != 0).then_some((bytes, after))
}

/// What an escape stands for: a character that would have another meaning without it.
fn escaped(rest: &str) -> Option<char> {
    rest.chars().next().filter(|letter| ".-/+*?()[]{}|^$\\".contains(*letter))
}

/// Whether a character stands for itself outside a class.
fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_-:/ ,;@#=%!\"'<>&~`".contains(letter)
}

fn single(letter: char) -> u128 {
    1 << u32::from(letter)
}
