//! Scanning inside one token: strings many bytes at a time, numbers by their grammar.

use crate::json::lanes::{self, WIDTH};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The offset of the first byte at or after `from` that ends a plain run of a string: a quote, a
/// backslash or a control character; the length of `bytes` if there is none.
#[inline]
pub(crate) fn plain_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(lane) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let ends = lanes::string_ends(lane);
        if ends != 0 {
            return at + ends.trailing_zeros() as usize;
        }
        at += WIDTH;
    }
    plain_end_of_rest(bytes, at)
}

/// `plain_end`, where fewer bytes are left than are looked at together.
#[inline]
fn plain_end_of_rest(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let found = special_bytes(u64::from_le_bytes(*word));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if matches!(byte, b'"' | b'\\' | 0..0x20) {
            break;
        }
        at += 1;
    }
    at
}

/// Sets the high bit of each byte of `word` that is a quote, a backslash or a control character.
///
/// A borrow can set the bit of a plain byte too, but only above one that is set rightly: the
/// lowest one, which is all that the caller looks at, is always right.
#[inline]
const fn special_bytes(word: u64) -> u64 {
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    (quote.wrapping_sub(ONES) & !quote
        | backslash.wrapping_sub(ONES) & !backslash
        | word.wrapping_sub(ONES * 0x20) & !word)
        & HIGHS
}

/// The offset after the number that begins at `from`, by the grammar of RFC 8259.
///
/// # Errors
///
/// The offset where a digit was expected, or where a digit follows a leading zero.
#[inline]
pub(crate) fn number_end(bytes: &[u8], from: usize) -> Result<usize, usize> {
    let mut at = from;
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    let whole = at;
    at = digits_end(bytes, at)?;
    if bytes[whole] == b'0' && at > whole + 1 {
        return Err(whole + 1);
    }
    if bytes.get(at) == Some(&b'.') {
        at = digits_end(bytes, at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        if matches!(bytes.get(at), Some(b'+' | b'-')) {
            at += 1;
        }
        at = digits_end(bytes, at)?;
    }
    Ok(at)
}

/// The offset after one digit or more.
#[inline]
fn digits_end(bytes: &[u8], from: usize) -> Result<usize, usize> {
    let mut at = from;
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    if at > from { Ok(at) } else { Err(at) }
}

/// Whether `token` stands at `at`.
///
/// Names of members are short: comparing them a word at a time costs less than a call of `memcmp`.
#[inline]
pub(crate) fn is_at(bytes: &[u8], at: usize, token: &[u8]) -> bool {
    let Some(found) = bytes.get(at..).and_then(|rest| rest.get(..token.len())) else { return false };
    match (found.last_chunk(), token.last_chunk()) {
        // The last word may overlap the one before it: most names are no longer than two.
        (Some(last), Some(wanted)) if token.len() <= 16 => {
            (word(found) ^ word(token)) | (u64::from_le_bytes(*last) ^ u64::from_le_bytes(*wanted)) == 0
        }
        (Some(last), Some(wanted)) => {
            let words = found.chunks_exact(8).zip(token.chunks_exact(8));
            words.fold(true, |same, (found, wanted)| same & (word(found) == word(wanted)))
                && u64::from_le_bytes(*last) == u64::from_le_bytes(*wanted)
        }
        _ => is_short_token(found, token),
    }
}

/// `is_at`, for less than a word.
#[inline]
fn is_short_token(found: &[u8], token: &[u8]) -> bool {
    match (found.first_chunk::<4>(), found.last_chunk::<4>(), token.first_chunk(), token.last_chunk()) {
        (Some(found), Some(found_last), Some(wanted), Some(wanted_last)) => {
            found == wanted && found_last == wanted_last
        }
        _ => found.iter().zip(token).all(|(found, wanted)| found == wanted),
    }
}

/// The first eight bytes.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk))
}

/// The offset of the first byte at or after `from` that is not white space.
#[inline]
pub(crate) fn blank_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}
