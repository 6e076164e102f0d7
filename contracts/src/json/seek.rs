//! Finding members of the outermost object by quotes and brackets alone: for texts that are read in full afterwards.
//!
//! The places of quotes and brackets are known for many bytes at once. Going from one to the next waits for no search, which
//! is what a reader spends most of its time on.
//!
//! Whatever is unusual (an escape, white space before a colon, a text that is broken before the member) is not found here;
//! the caller then asks a [`Reader`](crate::json::Reader).

use crate::json::lanes::{self, Lane, WIDTH};
use crate::json::scan;

/// As many lanes as their masks fill a word.
const BLOCK: usize = 4 * WIDTH;

/// The offsets of the values of the first members of the outermost object that have these names; looks no further than the
/// last of them.
#[inline]
pub(crate) fn members<const N: usize>(bytes: &[u8], names: [&str; N]) -> [Option<usize>; N] {
    let mut found = [None; N];
    let mut depth = 0_u32;
    // All bits if the block begins inside a string.
    let mut inside = 0;
    for start in (0..bytes.len()).step_by(BLOCK) {
        let rest = &bytes[start..];
        let padded;
        let block = match rest.first_chunk() {
            Some(block) => block,
            None => {
                padded = padded_block(rest);
                &padded
            }
        };
        if mask(block, |lane| lanes::equal(lane, b'\\')) != 0 {
            break;
        }
        let quotes = mask(block, |lane| lanes::equal(lane, b'"'));
        let strings = between(quotes) ^ inside;
        inside = (strings >> (BLOCK - 1)).wrapping_neg();
        let opening = mask(block, |lane| lanes::brackets(lane, b'{')) & !strings;
        let closing = mask(block, |lane| lanes::brackets(lane, b'}')) & !strings;
        // The bytes of the block that stand right inside the outermost object.
        let outermost = outermost(opening, closing, &mut depth);
        let opened = quotes & strings & outermost;
        for (name, found) in names.iter().zip(&mut found) {
            if found.is_none() {
                *found = named(bytes, start, opened & ends_after(name.len(), quotes), name);
            }
        }
        if depth == 0 || found.iter().all(Option::is_some) {
            break;
        }
    }
    found
}

/// The last bytes of a text, and white space after them.
#[cold]
fn padded_block(rest: &[u8]) -> [u8; BLOCK] {
    let mut block = [b' '; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    block
}

/// The masks of all lanes of a block.
#[inline]
fn mask(block: &[u8; BLOCK], of_lane: impl Fn(&Lane) -> u32) -> u64 {
    let lanes = block.as_chunks().0.iter().rev();
    lanes.fold(0, |mask, lane| mask << WIDTH | u64::from(of_lane(lane)))
}

/// From each odd bit that is set to before the next one that is, all bits: from opening quotes to closing ones.
#[inline]
fn between(quotes: u64) -> u64 {
    let mut bits = quotes;
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// The bytes of a block at which the depth is one; `depth` goes from what it is before the block to what it is after.
#[inline]
fn outermost(opening: u64, closing: u64, depth: &mut u32) -> u64 {
    let mut brackets = opening | closing;
    let mut bytes = 0;
    // Where the piece begins that ends with the next bracket.
    let mut rest = u64::MAX;
    while brackets != 0 {
        let bracket = brackets & brackets.wrapping_neg();
        bytes |= if *depth == 1 { rest & (bracket - 1) } else { 0 };
        rest = !(bracket - 1);
        *depth = if opening & bracket == 0 { depth.saturating_sub(1) } else { *depth + 1 };
        brackets ^= bracket;
    }
    bytes | if *depth == 1 { rest } else { 0 }
}

/// The places at which a string of this length may begin: a quote ends it, or it goes on behind the block.
#[inline]
fn ends_after(length: usize, quotes: u64) -> u64 {
    let distance = length + 1;
    if distance < BLOCK { quotes >> distance | !(u64::MAX >> distance) } else { u64::MAX }
}

/// The offset of the value of the member `name`, if one of these opening quotes of a block is that of its name.
///
/// Only names have a colon behind them, so a value that is the same string is none.
#[inline]
fn named(bytes: &[u8], block: usize, mut quotes: u64, name: &str) -> Option<usize> {
    while quotes != 0 {
        let begin = block + quotes.trailing_zeros() as usize + 1;
        let end = begin + name.len();
        if bytes.get(end..).is_some_and(|rest| rest.starts_with(b"\":")) && scan::is_at(bytes, begin, name.as_bytes()) {
            return Some(scan::blank_end(bytes, end + 2));
        }
        quotes &= quotes - 1;
    }
    None
}

/// The string or number that begins at `at`, as it is spelled.
#[inline]
pub(crate) fn scalar(bytes: &[u8], at: usize) -> Option<&str> {
    let end = match bytes.get(at)? {
        b'"' => {
            let end = scan::plain_end(bytes, at + 1);
            (bytes.get(end) == Some(&b'"')).then_some(end + 1)?
        }
        _ => scan::number_end(bytes, at).ok()?,
    };
    str::from_utf8(&bytes[at..end]).ok()
}
