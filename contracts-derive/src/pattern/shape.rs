//! Plain shapes: expressions that are a row of literals and counted classes, for which comparing beats a table.
//!
//! Only what ECMA-262 and the engine behind the table read alike is taken; everything else keeps to the table. A shape is
//! matched without going back, so each run must end in one place only.

use std::slice;

use proc_macro2::TokenStream;
use quote::quote;

/// As many shapes as an expression may be told apart into: beyond that, a table is faster.
const MOST_SHAPES: usize = 4;

/// The tokens of a slice of shapes: an expression matches where one of them does. None if it is no plain shape.
pub(super) fn tokens(source: &str) -> TokenStream {
    let shapes = shapes(source).unwrap_or_default().into_iter().map(|Shape { bits, runs, from_end, to_end }| {
        let runs = run_tokens(&runs);
        let from_end = from_end.map_or_else(|| quote!(None), |length| quote!(Some(#length)));
        quote!(ec::Shape { bits: &[#(#bits),*], runs: #runs, from_end: #from_end, to_end: #to_end })
    });
    quote!(&[#(#shapes),*])
}

fn shapes(source: &str) -> Option<Vec<Shape>> {
    let (from_start, rest) = source.strip_prefix('^').map_or((false, source), |rest| (true, rest));
    let (to_end, rest) = match rest.strip_suffix('$') {
        Some(rest) if !rest.ends_with('\\') => (true, rest),
        _ => (false, rest),
    };
    let (items, rest) = items(rest)?;
    if !rest.is_empty() {
        return None;
    }
    ways(&items)?.into_iter().map(|items| Shape::of(items, from_start, to_end)).collect()
}

/// The rows of items without alternatives that an expression stands for: `(0|[1-9]+)(/x)?` is `0(/x)?` or `[1-9]+(/x)?`.
/// A group that may be absent is an alternative, too, where its first byte does not tell whether it is.
fn ways(items: &[Item]) -> Option<Vec<Vec<Item>>> {
    let Some((first, rest)) = items.split_first() else { return Some(vec![Vec::new()]) };
    let tails = ways(rest)?;
    let is_told = |tail: &Vec<Item>| first_of_once(&[slice::from_ref(first), tail].concat(), 0).is_some();
    let heads: Vec<Vec<Item>> = match (&first.what, first.least, first.most) {
        (What::Either(alternatives), 1, 1) => {
            alternatives.iter().map(|items| ways(items)).collect::<Option<Vec<_>>>()?.concat()
        }
        (What::Either(_), ..) => return None,
        (What::Group(inside), 0, 1) if !tails.iter().all(is_told) => [vec![Vec::new()], ways(inside)?].concat(),
        (What::Group(_) | What::Byte(_), ..) => vec![vec![first.clone()]],
    };
    let all: Vec<Vec<Item>> =
        heads.iter().flat_map(|head| tails.iter().map(|tail| [&head[..], tail].concat())).collect();
    (all.len() <= MOST_SHAPES).then_some(all)
}

fn run_tokens(runs: &[Run]) -> TokenStream {
    let runs = runs.iter().map(|run| match run {
        Run::Text(text) => quote!(ec::Run::Text(#text)),
        Run::Class { bit, least, most } => quote!(ec::Run::Class { bit: #bit, least: #least, most: #most }),
        Run::Group { runs, least, most } => {
            let runs = run_tokens(runs);
            quote!(ec::Run::Group { runs: #runs, least: #least, most: #most })
        }
    });
    quote!(&[#(#runs),*])
}

struct Shape {
    bits: Vec<u8>,
    runs: Vec<Run>,
    from_end: Option<usize>,
    to_end: bool,
}

enum Run {
    Text(String),
    Class { bit: u8, least: u32, most: u32 },
    Group { runs: Vec<Run>, least: u32, most: u32 },
}

/// Something, so many times.
#[derive(Clone)]
struct Item {
    what: What,
    least: u32,
    most: u32,
}

#[derive(Clone)]
enum What {
    /// A byte out of a set.
    Byte(u128),
    /// A row of items.
    Group(Vec<Item>),
    /// One of several rows.
    Either(Vec<Vec<Item>>),
}

/// No pattern of a contract has longer ends.
const LONGEST_END: usize = 4096;

impl Shape {
    fn of(mut items: Vec<Item>, from_start: bool, to_end: bool) -> Option<Self> {
        let from_end = match (from_start, to_end) {
            (true, true) => {
                first_of_once(&items, 0)?;
                None
            }
            (true, false) => {
                // What follows the shortest match may be anything.
                let last = items.last_mut()?;
                last.most = last.least;
                length(&items)?;
                None
            }
            (false, true) => Some(length(&items).filter(|length| *length <= LONGEST_END)?),
            (false, false) => return None,
        };
        let mut classes = Vec::new();
        let runs = runs(&items, &mut classes)?;
        Some(Self { bits: bits(&classes), runs, from_end, to_end })
    }
}

/// How long a row of bytes is, if all of them are counted out.
fn length(items: &[Item]) -> Option<usize> {
    items.iter().try_fold(0_usize, |length, item| match item.what {
        What::Byte(_) if item.least == item.most => length.checked_add(item.least as usize),
        _ => None,
    })
}

/// The bytes that may come first, `follow` among them if all of this may be absent; `None` unless every run ends in one place
/// only: a byte that goes on with it starts nothing that may follow it.
fn first_of_once(items: &[Item], follow: u128) -> Option<u128> {
    items.iter().rev().try_fold(follow, |follow, item| {
        let first = match &item.what {
            What::Byte(bytes) => *bytes,
            What::Either(_) => return None,
            What::Group(inside) => {
                // What comes first in a group tells whether there is one more.
                let What::Byte(first) = inside.first().filter(|first| first.least > 0)?.what else { return None };
                first_of_once(inside, if item.most > 1 { first | follow } else { follow })?;
                first
            }
        };
        let is_fixed = item.least == item.most;
        (is_fixed || first & follow == 0).then_some(match item.least {
            0 if item.most == 0 => follow,
            0 => first | follow,
            _ => first,
        })
    })
}

/// Single bytes that follow one another become a text; each class gets a bit.
fn runs(items: &[Item], classes: &mut Vec<u128>) -> Option<Vec<Run>> {
    let mut runs: Vec<Run> = Vec::new();
    for Item { what, least, most } in items {
        let (least, most) = (*least, *most);
        match what {
            What::Either(_) => return None,
            What::Group(inside) => runs.push(Run::Group { runs: self::runs(inside, classes)?, least, most }),
            What::Byte(bytes) if bytes.count_ones() == 1 && (least, most) == (1, 1) => {
                let letter = bytes.trailing_zeros() as u8 as char;
                match runs.last_mut() {
                    Some(Run::Text(text)) => text.push(letter),
                    _ => runs.push(Run::Text(letter.to_string())),
                }
            }
            What::Byte(bytes) => {
                let index = classes.iter().position(|class| class == bytes).unwrap_or_else(|| {
                    classes.push(*bytes);
                    classes.len() - 1
                });
                let bit = 1_u8.checked_shl(u32::try_from(index).ok()?)?;
                runs.push(Run::Class { bit, least, most });
            }
        }
    }
    Some(runs)
}

/// The bits of each byte.
fn bits(classes: &[u128]) -> Vec<u8> {
    let bits_of = |byte: u32| {
        let holding = classes.iter().enumerate().filter(|(_, class)| byte < 128 && **class >> byte & 1 == 1);
        holding.fold(0_u8, |bits, (index, _)| bits | 1 << index)
    };
    (0..256).map(bits_of).collect()
}

/// The items of an expression without its anchors, up to the next alternative or the end of a group; and what is left.
fn items(source: &str) -> Option<(Vec<Item>, &str)> {
    let mut items = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next().filter(|first| !matches!(first, ')' | '|')) {
        let after = &rest[first.len_utf8()..];
        let what;
        (what, rest) = match first {
            '(' => group(after.strip_prefix("?:").unwrap_or(after))?,
            '[' => {
                let (bytes, after) = class(after)?;
                (What::Byte(bytes), after)
            }
            '\\' => (What::Byte(single(escaped(after)?)), &after[1..]),
            letter if is_plain(letter) => (What::Byte(single(letter)), after),
            _ => return None,
        };
        let (least, most);
        (least, most, rest) = counts(rest)?;
        items.push(Item { what, least, most });
    }
    Some((items, rest))
}

/// A group whose opening bracket was read; and what follows it.
fn group(source: &str) -> Option<(What, &str)> {
    let (first, mut rest) = items(source)?;
    let mut alternatives = vec![first];
    while let Some(after) = rest.strip_prefix('|') {
        let (next, after) = items(after)?;
        alternatives.push(next);
        rest = after;
    }
    let rest = rest.strip_prefix(')')?;
    Some(match <[Vec<Item>; 1]>::try_from(alternatives) {
        Ok([only]) => (What::Group(only), rest),
        Err(alternatives) => (What::Either(alternatives), rest),
    })
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
            '\\' => {
                bytes |= single(letters.next().and_then(|letter| escaped(letter.encode_utf8(&mut [0; 4])))?);
                continue;
            }
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
