//! Finding members of the outermost object by quotes and brackets alone: for texts that are read in full afterwards.
//!
//! The places of quotes and brackets are known for many bytes at once. Going from one to the next waits for no search, which
//! is what a reader spends most of its time on.
//!
//! Whatever is unusual (an escape, white space before a colon or the whole, a text shorter than a block, a text that is broken
//! before the member) is not found here; the caller then asks a [`Reader`](crate::json::Reader).

use crate::json::lanes::{self, Lane, WIDTH};
use crate::json::scan;

/// As many lanes as their masks fill a word.
const BLOCK: usize = 4 * WIDTH;

/// The name of a member that can be found here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name(&'static str);

impl Name {
    /// The same, where there may be no pointer.
    pub(crate) const fn of_any(pointer: Option<&'static str>) -> Option<Self> {
        match pointer {
            Some(pointer) => Self::of(pointer),
            None => None,
        }
    }

    /// The name of the member of the root that a pointer leads to. It is shorter than a block; and it begins with nothing that
    /// may stand behind a string, so that it is never taken for what stands between two of them.
    pub(crate) const fn of(pointer: &'static str) -> Option<Self> {
        let bytes = pointer.as_bytes();
        if bytes.len() < 2 || bytes.len() >= BLOCK || bytes[0] != b'/' || !is_first_of_name(bytes[1]) {
            return None;
        }
        let mut at = 1;
        while at < bytes.len() {
            if matches!(bytes[at], b'/' | b'~') {
                return None;
            }
            at += 1;
        }
        Some(Self(pointer.split_at(1).1))
    }
}

const fn is_first_of_name(byte: u8) -> bool {
    !matches!(byte, 0..=b' ' | b',' | b':' | b']' | b'}')
}

/// The offsets of the values of the first members of the outermost object that have these names; looks no further than the
/// last of them.
#[inline]
pub(crate) fn members<const N: usize>(bytes: &[u8], names: [Name; N]) -> [Option<usize>; N] {
    let mut found = [None; N];
    if bytes.first() != Some(&b'{') {
        return found;
    }
    let mut depth = 1;
    // The quotes of the block before; and those of all before, of which only the number matters: whether it is odd.
    let (mut quotes_before, mut all_before) = (0, 0);
    for start in (1..bytes.len()).step_by(BLOCK) {
        let Some(block) = Block::at(bytes, start) else { break };
        let quotes = block.mask(|lane| lanes::equal(lane, b'"'));
        let ends = names.map(|name| behind_as_many(quotes, quotes_before, name.0.len()));
        // Looks for names that end at some of these places; whether any is still to be found.
        let mut find = |places: u64| {
            if ends.iter().all(|ends| ends & places == 0) {
                return true;
            }
            for ((name, found), ends) in names.iter().zip(&mut found).zip(ends) {
                if found.is_none() {
                    *found = value_of(name.0, bytes, start, ends & places);
                }
            }
            found.iter().any(Option::is_none)
        };
        let mut outermost = if depth == 1 { u64::MAX } else { 0 };
        if lanes::has_brackets_or_escapes(block.lanes) {
            let marks = block.mask(lanes::brackets_or_escapes);
            // What stands before the first of them need not wait for what it means.
            let before = marks.wrapping_sub(1) & !marks;
            if !find(outermost & before) {
                break;
            }
            let Some(behind) = block.depths(marks, quotes, all_before, depth) else { break };
            (outermost, depth) = (behind.0 & !before, behind.1);
        }
        if !find(outermost) || depth == 0 {
            break;
        }
        quotes_before = quotes;
        all_before ^= quotes;
    }
    found
}

/// Bytes whose masks fill a word.
struct Block<'a> {
    lanes: &'a [Lane],
    /// How many of the first bytes belong to the block before: the last block ends where the text does.
    overlap: usize,
}

impl<'a> Block<'a> {
    /// The block that begins at `start`; `None` if the text is shorter than any block.
    #[inline]
    fn at(bytes: &'a [u8], start: usize) -> Option<Self> {
        let begin = start.min(bytes.len().checked_sub(BLOCK)?);
        let block: &[u8; BLOCK] = bytes[begin..].first_chunk()?;
        Some(Self { lanes: block.as_chunks().0, overlap: start - begin })
    }

    /// The masks of all lanes.
    #[inline]
    fn mask(&self, of_lane: impl Fn(&Lane) -> u32) -> u64 {
        self.lanes.iter().rev().fold(0, |mask, lane| mask << WIDTH | u64::from(of_lane(lane))) >> self.overlap
    }

    /// The bytes of a block at which the depth is one, and the depth behind it, from brackets that stand in no string;
    /// `None` if there is an escape.
    #[inline(never)]
    fn depths(&self, marks: u64, quotes: u64, all_before: u64, mut depth: u32) -> Option<(u64, u32)> {
        if self.mask(|lane| lanes::equal(lane, b'\\')) != 0 {
            return None;
        }
        let strings = strings(quotes, all_before.count_ones() % 2 == 1);
        let opening = self.mask(|lane| lanes::brackets(lane, b'{'));
        let mut brackets = marks & !strings;
        let mut outermost = 0;
        // Where the piece begins that ends with the next bracket.
        let mut rest = u64::MAX;
        while brackets != 0 {
            let bracket = brackets & brackets.wrapping_neg();
            outermost |= if depth == 1 { rest & (bracket - 1) } else { 0 };
            rest = !(bracket - 1);
            depth = if opening & bracket == 0 { depth.saturating_sub(1) } else { depth + 1 };
            brackets ^= bracket;
        }
        Some((outermost | if depth == 1 { rest } else { 0 }, depth))
    }
}

/// From each quote that opens a string to before the one that closes it, all bits.
fn strings(quotes: u64, begins_inside: bool) -> u64 {
    let mut bits = quotes;
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    if begins_inside { !bits } else { bits }
}

/// The quotes that have another one, of this block or the one before, so many bytes in front of them.
#[inline]
fn behind_as_many(quotes: u64, before: u64, length: usize) -> u64 {
    quotes & (quotes << (length + 1) | before >> (BLOCK - (length + 1)))
}

/// The offset of the value of the member `name`, if its name ends at one of these quotes of a block.
///
/// Only names have a colon behind them, so a value that is the same string is none.
#[inline(never)]
fn value_of(name: &str, bytes: &[u8], block: usize, mut ends: u64) -> Option<usize> {
    while ends != 0 {
        let end = block + ends.trailing_zeros() as usize;
        if bytes.get(end + 1) == Some(&b':') && scan::is_at(bytes, end.wrapping_sub(name.len()), name.as_bytes()) {
            return Some(scan::blank_end(bytes, end + 2));
        }
        ends &= ends - 1;
    }
    None
}

/// What stands between the quotes of the string that begins at `at`, if it is ASCII without escapes.
#[inline]
pub(crate) fn ascii_string(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let text = bytes.get(at..)?.strip_prefix(b"\"")?;
    let (lanes, rest) = text.as_chunks();
    let in_lanes = lanes.iter().map(lanes::ascii_ends).enumerate().find(|(_, ends)| *ends != 0);
    let end = match in_lanes {
        Some((lane, ends)) => lane * WIDTH + ends.trailing_zeros() as usize,
        None => lanes.len() * WIDTH + rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20 | 0x80..))?,
    };
    (text[end] == b'"').then(|| &text[..end])
}
